/**
 * The guide as the build makes it from the Markdown in docs/: plain data without markup, so that the window draws it
 * and the command line prints it without a parser, and nothing in it can be more than text, a link or a table.
 */
export type GuidePage = {
  /** `receive`, `findings`, `nuapay`: unique among all pages. */
  id: string
  /** What the contents list it under. */
  group: string
  title: string
  /** The first has the page’s own title and holds what stands before the first heading. */
  sections: GuideSection[]
}

export type GuideSection = {
  /** As the headings’ anchors on code hosting sites: lower case, hyphens for spaces. */
  id: string
  title: string
  level: number
  blocks: GuideBlock[]
}

export type GuideBlock =
  | { is: 'text'; spans: GuideSpan[] }
  | { is: 'list'; ordered: boolean; items: GuideBlock[][] }
  | { is: 'code'; text: string }
  | { is: 'table'; head: GuideSpan[][]; rows: GuideRow[] }

/** `id` is the code in the first cell, where the column is called so: a finding’s, a verdict’s. */
export type GuideRow = { id?: string; cells: GuideSpan[][] }

export type GuideSpan =
  | string
  | { is: 'strong' | 'emphasis'; spans: GuideSpan[] }
  | { is: 'code'; text: string }
  /** To another paragraph of the guide. */
  | { is: 'place'; place: GuidePlace; spans: GuideSpan[] }
  /** To a page of a provider; opened by its name, never by this address. */
  | { is: 'outside'; url: string; spans: GuideSpan[] }

/** A paragraph of the guide: `page`, or `page#section`. */
export type GuidePlace = string
