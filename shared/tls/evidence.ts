import type { Verdict } from './attempt.ts'
import { type CauseCode, catalogue } from './failures.ts'

export type Cause = Verdict['causes'][number]

/**
 * One thing that was seen and what it says about one cause: for it above zero, against it below. The scale: 100 and more
 * was shown outright, 60 makes it likely, 30 leaves it possible. `proves` is kept for what was observed itself, or what
 * a further connection that differs in one point has shown.
 */
export type Evidence = { code: CauseCode; weight: number; says: string; next?: string; proves?: true }

/** From this weight on, a cause that nothing proves is called likely. */
const likelyFrom = 60

/** Weighs the evidence: causes with more for than against them, the heaviest first, each with its sentences. */
export function weigh(evidence: readonly Evidence[]): Cause[] {
  const byCode = new Map<CauseCode, Evidence[]>()
  for (const one of evidence) byCode.set(one.code, [...(byCode.get(one.code) ?? []), one])
  return [...byCode]
    .map(([code, all]) => ({ code, all, score: all.reduce((sum, { weight }) => sum + weight, 0) }))
    .filter(({ all, score }) => score > 0 && all.some(({ weight }) => weight > 0))
    .sort((a, b) => b.score - a.score)
    .map(({ code, all, score }) => causeOf(code, all, score))
}

function causeOf(code: CauseCode, all: readonly Evidence[], score: number): Cause {
  const heaviest = [...all].sort((a, b) => b.weight - a.weight)
  const pro = heaviest.filter(({ weight }) => weight > 0)
  const contra = heaviest.filter(({ weight }) => weight < 0).reverse()
  const proven = pro.some(({ proves }) => proves)
  const next = heaviest.find((one) => one.next)?.next ?? catalogue[code].next
  return {
    code,
    because: pro[0]?.says ?? '',
    for: unique(pro.map(({ says }) => says)),
    against: unique(contra.map(({ says }) => says)),
    certainty: proven ? 'proven' : score >= likelyFrom ? 'likely' : 'possible',
    ...(next ? { next } : {}),
  }
}

const unique = (sentences: readonly string[]) => [...new Set(sentences)]

/** A cause that was seen itself and has no rival. */
export const seen = (code: CauseCode, says: string, next?: string): Evidence => ({
  code,
  weight: 100,
  says,
  proves: true,
  ...(next ? { next } : {}),
})
