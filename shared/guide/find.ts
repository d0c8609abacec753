import MiniSearch from 'minisearch'
import type { GuidePage } from './guide.ts'
import { plainBlocks, plainSpans } from './plain-text.ts'

/** A paragraph in which the words were found. In `excerpt` the marked pieces are those that fit. */
export type GuideHit = { place: string; page: string; title: string; excerpt: { text: string; marked: boolean }[] }

type Entry = { id: string; page: string; title: string; text: string }

function entriesOf(pages: readonly GuidePage[]): Entry[] {
  return pages.flatMap((page) =>
    page.sections.flatMap((section) => {
      const rows = section.blocks.flatMap((block) => (block.is === 'table' ? block.rows.filter((row) => row.id) : []))
      const rest = section.blocks.map((block) =>
        block.is === 'table' ? { ...block, rows: block.rows.filter((row) => !row.id) } : block,
      )
      return [
        {
          id: `${page.id}#${section.id}`,
          page: page.title,
          title: section.title,
          text: plainBlocks(rest).join(' '),
        },
        ...rows.map((row) => ({
          id: `${page.id}#${row.id}`,
          page: page.title,
          title: row.id!,
          text: row.cells.slice(1).map(plainSpans).join(' '),
        })),
      ]
    }),
  )
}

/** The index is made once (a few hundred paragraphs); asking it takes a millisecond. */
export function guideFinder(pages: readonly GuidePage[]): (words: string, most?: number) => GuideHit[] {
  const entries = new Map(entriesOf(pages).map((entry) => [entry.id, entry]))
  const index = new MiniSearch<Entry>({ fields: ['title', 'page', 'text'], idField: 'id' })
  index.addAll([...entries.values()])
  return (words, most = 30) => {
    const how = { prefix: true, fuzzy: (term: string) => (term.length > 4 ? 0.2 : false), boost: { title: 4, page: 2 } }
    // What has all of the words comes alone; where nothing has, one of them will do.
    const all = index.search(words, { ...how, combineWith: 'AND' })
    const found = all.length > 0 ? all : index.search(words, how)
    return found.slice(0, most).map(({ id, terms }) => {
      const { page, title, text } = entries.get(id as string)!
      return { place: id as string, page, title, excerpt: excerptOf(text, terms) }
    })
  }
}

/** Before the first word that fits, and in all. */
const [before, length] = [60, 180]

function excerptOf(text: string, terms: readonly string[]): GuideHit['excerpt'] {
  const pattern = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const fits = pattern === '' ? null : new RegExp(`(${pattern})`, 'giu')
  const first = fits ? Math.max(text.search(fits), 0) : 0
  const from = first <= before ? 0 : text.indexOf(' ', first - before) + 1
  const cut = text.length > from + length ? text.lastIndexOf(' ', from + length) : text.length
  const shown = `${from > 0 ? '… ' : ''}${text.slice(from, cut)}${cut < text.length ? ' …' : ''}`
  // Splitting by a group leaves what fits at the odd places.
  const pieces = fits ? shown.split(fits) : [shown]
  return pieces.map((piece, at) => ({ text: piece, marked: at % 2 === 1 })).filter((piece) => piece.text !== '')
}
