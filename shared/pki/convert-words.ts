import type { Problem } from '../problems.ts'
import { refuse } from '../result.ts'
import type { Target } from './convert-how.ts'
import type { Item } from './convert-items.ts'

export const nothingFor = (to: Target, items: readonly Item[]): { ok: false; problem: Problem } =>
  refuse({ code: 'convert.nothing-for', to, found: foundWords(items) })

const kindWords: Record<Item['kind'], string> = {
  certificate: 'certificate',
  request: 'signing request',
  crl: 'revocation list',
  'public-key': 'public key',
  'private-key': 'private key',
  parameters: 'set of parameters',
}

/** `2 certificates, a private key`. */
export function foundWords(items: readonly Pick<Item, 'kind'>[]): string {
  const kinds = [...new Set(items.map(({ kind }) => kind))]
  const words = kinds.map((kind) => {
    const count = items.filter((item) => item.kind === kind).length
    return count === 1 ? `a ${kindWords[kind]}` : `${count} ${kindWords[kind]}s`
  })
  return words.join(', ') || 'nothing'
}

/** What could not go along, and why. */
export const leftOut = (items: readonly Item[], kept: readonly Item[], why: string): string[] => {
  const rest = items.filter((item) => !kept.includes(item))
  return rest.length > 0 ? [`Left out, because ${why}: ${foundWords(rest)}.`] : []
}
