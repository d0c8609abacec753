import { type CauseCode, catalogue } from '../failures.ts'
import type { Explanation } from '../kept-attempts.ts'
import { rows } from './catalogue.ts'
import { fileFaults } from './file-faults.ts'
import { type ExplainContext, fitOf } from './fits.ts'
import { programsIn } from './programs.ts'
import type { Program, Row } from './row.ts'
import { signsIn } from './signs.ts'
import { placeOf, wordsOf } from './words.ts'

export type { ExplainContext } from './fits.ts'

/** Any of these sets of signs, found whole, brings a row up. */
type Recipe = { signs: readonly string[]; program?: Program }

/** Signs are taken from the catalogue's own texts, so that whoever adds a text need not know them. */
function recipesOf({ alerts = [], signs = [], texts }: Row): Recipe[] {
  const ofText = (text: string, program?: Program): Recipe => ({ signs: [...signsIn(wordsOf(text)).keys()], program })
  return [
    ...(Object.entries(texts) as [Program, readonly string[]][]).flatMap(([program, lines]) =>
      lines.map((text) => ofText(text, program)),
    ),
    ...signs.map((text) => ofText(text)),
    ...alerts.map((number): Recipe => ({ signs: [`alert:${number}`] })),
  ].filter((recipe) => recipe.signs.length > 0)
}

let known: readonly { row: Row; recipes: readonly Recipe[] }[] | undefined

/** Made on first use: most starts never come here. */
function recipes() {
  known ??= rows.map((row) => ({ row, recipes: recipesOf(row) }))
  return known
}

type Match = { row: Row; order: number; score: number; program: string; matched: string }

/**
 * What a pasted text of any program may mean: one row a cause, those first that the identity, its files and its last
 * test can explain; causes that they rule out stand at the end, each with the reason. Empty for a text that holds
 * nothing known. Linear in the text, of which the last 1,000,000 characters are looked at.
 */
export function explainText(text: string, context: ExplainContext): Explanation[] {
  const words = wordsOf(text)
  const signs = signsIn(words)
  if (signs.size === 0) return []
  const programs = programsIn(words)
  const quote = (sign: string): string => {
    const place = placeOf(words, signs.get(sign) ?? '')
    return place ? text.slice(place.start, place.end).replace(/\s+/g, ' ').slice(0, 160) : ''
  }
  const matches = recipes().flatMap(({ recipes: ways, row }, order): Match[] => {
    const found = ways.filter((recipe) => recipe.signs.every((sign) => signs.has(sign)))
    if (found.length === 0) return []
    // The recipe that explains most of the text; of equals, the one in the words of a program that left its marks.
    const weigh = (recipe: Recipe) =>
      recipe.signs.length * 2 +
      (recipe.program && programs.includes(recipe.program) ? 3 - programs.indexOf(recipe.program) / 10 : 0)
    const best = found.reduce((a, b) => (weigh(b) > weigh(a) ? b : a))
    const seen = new Set(found.flatMap((recipe) => recipe.signs))
    const program = best.program && programs.includes(best.program) ? best.program : (programs[0] ?? best.program ?? '')
    return [
      {
        row,
        order,
        score: weigh(best),
        program,
        matched: [...seen].map(quote).filter(Boolean).slice(0, 3).join(' … '),
      },
    ]
  })
  const byCode = new Map<CauseCode, Match>()
  for (const match of matches) {
    const rival = byCode.get(match.row.code)
    if (!rival || match.score > rival.score) byCode.set(match.row.code, match)
  }
  addFaults(byCode, context)
  return [...byCode.values()]
    .map((match) => ({ match, explanation: explanationOf(match, context) }))
    .sort(
      (a, b) =>
        rank[a.explanation.fits] - rank[b.explanation.fits] ||
        b.match.score - a.match.score ||
        a.match.order - b.match.order,
    )
    .map(({ explanation }) => explanation)
}

/**
 * A text about files may stand for more mistakes than programs were tried with: what is seen in the files given is told
 * too, in the words that the text was recognised by.
 */
function addFaults(byCode: Map<CauseCode, Match>, { files }: ExplainContext): void {
  const [about] = [...byCode.values()].filter(({ row }) => row.code.startsWith('file.'))
  if (!about || !files) return
  for (const [code, says] of fileFaults(files)) {
    if (!code.startsWith('file.') || byCode.has(code)) continue
    byCode.set(code, { ...about, row: { id: '', code, cause: says, texts: {} } })
  }
}

const rank = { likely: 0, possible: 1, 'ruled-out': 2 } as const

function explanationOf({ matched, program, row }: Match, context: ExplainContext): Explanation {
  const { next, title } = catalogue[row.code]
  return {
    code: row.code,
    title,
    matched,
    runtime: program,
    cause: row.cause,
    next: row.next ?? next,
    ...fitOf(row.code, context),
  }
}
