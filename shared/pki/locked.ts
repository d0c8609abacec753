import type { InspectedObject } from './facts.ts'

const lockedCodes = new Set(['key.passphrase-needed', 'key.passphrase-wrong'])

/**
 * Would a passphrase show more of this object? True for an encrypted key or bundle that has not been opened (such an
 * object has no problem as long as no passphrase was tried on it), and after a passphrase that did not fit.
 */
export function isLocked({ kind, facts, problem }: Pick<InspectedObject, 'kind' | 'facts' | 'problem'>): boolean {
  if (problem) return lockedCodes.has(problem.code)
  if (facts.encrypted !== true) return false
  if (kind === 'private-key') return facts.keyAlgorithm === undefined
  return kind === 'pkcs12' && facts.certificates === undefined
}
