import type { ProblemCode } from '../problems.ts'
import type { GuidePlace } from './guide.ts'
import { problemPlaces } from './problem-places.ts'

/** Where a paragraph of the guide stands in the repository: `docs/guide/vault.md#lock-it`. */
export type Paper = string

const places: Readonly<Record<string, GuidePlace | undefined>> = problemPlaces

/** The paragraph that goes further than a problem’s own words. */
export const paperOfProblem = (code: ProblemCode): Paper => paperAt(problemPlaces[code])

/** The same for a code that may be no problem’s; then undefined. */
export function paperOfCode(code: string): Paper | undefined {
  const place = Object.hasOwn(places, code) ? places[code] : undefined
  return place === undefined ? undefined : paperAt(place)
}

/** All places of problems are in the pages by task, which are files of these names. */
function paperAt(place: GuidePlace): Paper {
  const [page = '', section] = place.split('#')
  return `docs/guide/${page}.md${section === undefined ? '' : `#${section}`}`
}
