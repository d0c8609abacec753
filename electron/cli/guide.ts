import pages from 'virtual:guide'
import { guideFinder } from '../../shared/guide/find.ts'
import type { GuideSection } from '../../shared/guide/guide.ts'
import { placeIn, placeOfCode, plainBlocks } from '../../shared/guide/plain-text.ts'
import { problemPlaces } from '../../shared/guide/problem-places.ts'
import { wrapped } from './help.ts'
import type { Paint } from './print.ts'

const places: Readonly<Record<string, string | undefined>> = problemPlaces

const lines = ({ title, blocks }: GuideSection, paint: Paint): string[] => [
  paint(title, 'strong'),
  '',
  ...blocks.flatMap((block) => [
    ...(block.is === 'code'
      ? block.text.split('\n').map((line) => `    ${line}`)
      : plainBlocks([block]).map((line) => wrapped(line, 0))),
    '',
  ]),
]

/**
 * What the guide says of a topic: a page, `page#paragraph`, the code of a problem, finding or verdict, or words, for
 * which it names the paragraphs that hold them. `null` where none does.
 */
export function guideOn(topic: string, paint: Paint): string | null {
  const known = Object.hasOwn(places, topic) ? places[topic] : undefined
  const found = placeIn(pages, known ?? placeOfCode(pages, topic) ?? topic)
  if (found) {
    const { page, section, row } = found
    const rows = section?.blocks.flatMap((block) =>
      block.is === 'table' ? block.rows.filter(({ id }) => id === row) : [],
    )
    if (row !== undefined && rows?.[0]) {
      return plainBlocks([{ is: 'table', head: [], rows: [rows[0]] }])
        .map((line) => wrapped(line, 0))
        .join('\n')
    }
    const shown = section ? [section] : page.sections
    const from = section && section !== page.sections[0] ? [paint(`From the guide, “${page.title}”`, 'quiet')] : []
    return [...shown.flatMap((one) => lines(one, paint)), ...from].join('\n').trimEnd()
  }
  const hits = guideFinder(pages)(topic, 8)
  if (hits.length === 0) return null
  return [
    `The guide speaks of “${topic}” in:`,
    '',
    ...hits.map(
      ({ place, title, page }) => `  countersign help '${place}'\n      ${title}${page === title ? '' : `, ${page}`}`,
    ),
  ].join('\n')
}
