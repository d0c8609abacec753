import type { Bytes } from '../der.ts'
import type { PathVerdict } from '../inspect-calls.ts'
import { poolOf, readCandidate } from './candidate.ts'
import { openLedger } from './ledger.ts'
import { readList } from './list.ts'
import { search } from './search.ts'
import { type Settings, usualSettings } from './settings.ts'
import { verdictOf } from './verdict.ts'

/** What is asked: would `leaf` be trusted? All certificates and lists are DER, in any order, doubles and strangers among them. */
export type TrustQuestion = {
  leaf: Bytes
  /** Certificates that may stand between. */
  pile: readonly Bytes[]
  /**
   * What is trusted, intermediates and the leaf itself included; OpenSSL's trust settings may follow a certificate. Pass
   * the same array again for the same roots: they are read once.
   */
  roots: readonly Bytes[]
  crls?: readonly Bytes[]
  at: Date
} & Partial<Omit<Settings, 'at'>>

/** More lists than this are not looked at; who has so many has not sorted them. */
const maxLists = 1000

/**
 * Would it be trusted? Builds paths from the leaf to what is trusted and judges them by RFC 5280 section 6, with the
 * names of RFC 9525 and the policies of RFC 9618. Answers `ok` with the path, or the most telling reason against the
 * path that comes nearest. Whatever the bytes, it neither throws nor works for long.
 */
export async function checkTrust(question: TrustQuestion): Promise<PathVerdict> {
  const { leaf: bytes, pile, roots, crls = [], ...wishes } = question
  const settings: Settings = { ...usualSettings, ...wishes }
  const leaf = readCandidate(bytes)
  if (!leaf) return verdictOf({ links: [], problems: [{ reason: 'path.not-a-certificate', at: 0 }] })
  const outcome = await search(leaf, {
    ground: { roots: poolOf(roots), pile: poolOf(pile) },
    settings,
    ledger: openLedger(),
    lists: crls.slice(0, maxLists).flatMap((der) => readList(der) ?? []),
  })
  const nothingTrusted = roots.length === 0 && outcome.problems.length > 0
  return verdictOf(nothingTrusted ? { ...outcome, problems: [{ reason: 'path.no-roots', at: 0 }] } : outcome)
}
