// @ts-check
// One paper of Markdown as plain data. Only what the guide draws is let through: an unknown construct, raw HTML or a
// link to a file that is not there fails the build instead of vanishing from the window.

import { posix } from 'node:path'
import { lexer } from 'marked'

/** @typedef {import('marked').Token} Token */
/** @typedef {import('../../shared/guide/guide.ts').GuideBlock} GuideBlock */
/** @typedef {import('../../shared/guide/guide.ts').GuideSpan} GuideSpan */
/** @typedef {import('../../shared/guide/guide.ts').GuideSection} GuideSection */

/**
 * The anchor that code hosting sites give a heading.
 * @param {string} heading
 */
export const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

/**
 * @param {{ id: string, group: string, file: string, markdown: string }} paper `file` is relative to the repository
 * @param {ReadonlyMap<string, string>} pageOf ids of the guide's pages by file
 * @returns {import('../../shared/guide/guide.ts').GuidePage}
 */
export function readPage({ id, group, file, markdown }, pageOf) {
  /** @param {string} what @returns {never} */
  const fail = (what) => {
    throw new Error(`${file}: ${what}`)
  }

  /** @param {string} href @param {GuideSpan[]} spans @returns {GuideSpan[]} */
  function link(href, spans) {
    // An address that is written out is an example; a link has words of its own.
    if (/^[a-z]+:/.test(href) && plain(spans) === href) return spans
    if (href.startsWith('https://')) return [{ is: 'outside', url: href, spans }]
    const [path = '', anchor] = href.split('#')
    const target = path === '' ? file : posix.join(posix.dirname(file), path)
    const page = pageOf.get(target)
    // Papers beside the guide (the architecture, scripts) are named there, and found in the repository.
    if (page === undefined) return spans
    return [{ is: 'place', place: anchor ? `${page}#${anchor}` : page, spans }]
  }

  /** @param {readonly Token[]} tokens @returns {GuideSpan[]} */
  function spansOf(tokens) {
    /** @type {GuideSpan[]} */
    const spans = []
    /** @param {GuideSpan} span */
    const add = (span) => {
      const last = spans.at(-1)
      if (typeof span === 'string' && typeof last === 'string') spans[spans.length - 1] = last + span
      else if (span !== '') spans.push(span)
    }
    for (const token of tokens) {
      switch (token.type) {
        case 'text':
        case 'escape':
          if ('tokens' in token && token.tokens) spansOf(token.tokens).forEach(add)
          else add(token.text.replace(/\n/g, ' '))
          break
        case 'strong':
        case 'em':
          add({ is: token.type === 'strong' ? 'strong' : 'emphasis', spans: spansOf(token.tokens ?? []) })
          break
        case 'codespan':
          add({ is: 'code', text: token.text.replace(/\n/g, ' ') })
          break
        case 'link':
          link(token.href, spansOf(token.tokens ?? [])).forEach(add)
          break
        case 'image':
          // Whoever reads this in the app has the screen before them: pictures are for readers elsewhere.
          break
        case 'br':
          add(' ')
          break
        default:
          fail(`“${token.raw.trim()}” (${token.type}) is nothing that the guide shows`)
      }
    }
    return spans
  }

  /** @param {readonly Token[]} tokens @returns {GuideBlock[]} */
  const blocksOf = (tokens) => tokens.flatMap(blockOf)

  /** @param {Token} token @returns {GuideBlock[]} */
  function blockOf(token) {
    switch (token.type) {
      case 'space':
        return []
      case 'paragraph':
      case 'text': {
        const spans = spansOf(token.tokens ?? [token])
        return spans.length === 0 ? [] : [{ is: 'text', spans }]
      }
      case 'list':
        return [
          {
            is: 'list',
            ordered: token.ordered,
            items: token.items.map((/** @type {{ tokens: Token[] }} */ item) => blocksOf(item.tokens)),
          },
        ]
      case 'code':
        return [{ is: 'code', text: token.text }]
      case 'table': {
        const isCodes = token.header[0]?.text === 'code'
        return [
          {
            is: 'table',
            head: token.header.map((/** @type {{ tokens: Token[] }} */ cell) => spansOf(cell.tokens)),
            rows: token.rows.map((/** @type {{ tokens: Token[] }[]} */ row) => {
              const cells = row.map((cell) => spansOf(cell.tokens))
              const [first] = cells[0] ?? []
              const code = cells[0]?.length === 1 && typeof first === 'object' && first.is === 'code' ? first.text : ''
              return isCodes && /^[a-z0-9.-]+$/.test(code) ? { id: code, cells } : { cells }
            }),
          },
        ]
      }
      default:
        return fail(`“${token.raw.trim().slice(0, 60)}” (${token.type}) is nothing that the guide shows`)
    }
  }

  /** @type {GuideSection[]} */
  const sections = []
  const taken = new Set()
  for (const token of lexer(markdown)) {
    if (token.type === 'heading') {
      const title = plain(spansOf(token.tokens ?? []))
      const anchor = anchorOf(title)
      if (taken.has(anchor)) fail(`two headings are called “${title}”`)
      taken.add(anchor)
      sections.push({ id: anchor, title, level: token.depth, blocks: [] })
    } else {
      const blocks = blockOf(token)
      const section = sections.at(-1)
      if (section) section.blocks.push(...blocks)
      else if (blocks.length > 0) fail('it does not begin with its title')
    }
  }
  const [first] = sections
  if (first?.level !== 1) return fail('it does not begin with its title')
  return { id, group, title: first.title, sections }
}

/** @param {readonly GuideSpan[]} spans @returns {string} */
const plain = (spans) =>
  spans.map((span) => (typeof span === 'string' ? span : span.is === 'code' ? span.text : plain(span.spans))).join('')
