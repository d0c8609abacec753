import type { GuideBlock, GuidePage, GuideSection, GuideSpan } from './guide.ts'

/** Spans as one line, without what distinguishes them. */
export const plainSpans = (spans: readonly GuideSpan[]): string =>
  spans
    .map((span) => (typeof span === 'string' ? span : span.is === 'code' ? span.text : plainSpans(span.spans)))
    .join('')

/** Blocks as lines: list items with their marks, tables with a bar between cells, code as it is. */
export function plainBlocks(blocks: readonly GuideBlock[]): string[] {
  return blocks.flatMap((block) => {
    switch (block.is) {
      case 'text':
        return [plainSpans(block.spans)]
      case 'code':
        return block.text.split('\n')
      case 'list':
        return block.items.flatMap((item, at) => {
          const [first = '', ...more] = plainBlocks(item)
          return [`${block.ordered ? `${at + 1}.` : '-'} ${first}`, ...more.map((line) => `  ${line}`)]
        })
      default:
        return block.rows.map(({ cells }) => cells.map(plainSpans).filter(Boolean).join(' | '))
    }
  })
}

/** What a place names: a page, one of its sections, or a row that has a code. `null` where there is none. */
export function placeIn(
  pages: readonly GuidePage[],
  place: string,
): { page: GuidePage; section?: GuideSection; row?: string } | null {
  const [id, anchor] = place.split('#')
  const page = pages.find((one) => one.id === id)
  if (!page) return null
  if (anchor === undefined) return { page }
  for (const section of page.sections) {
    if (section.id === anchor) return { page, section }
    const row = section.blocks.some((block) => block.is === 'table' && block.rows.some((one) => one.id === anchor))
    if (row) return { page, section, row: anchor }
  }
  return null
}

/** Where a code (a finding’s, a verdict’s) has its row. */
export function placeOfCode(pages: readonly GuidePage[], code: string): string | null {
  const page = pages.find(({ id }) => placeIn(pages, `${id}#${code}`)?.row !== undefined)
  return page ? `${page.id}#${code}` : null
}
