import { readDer } from './der.ts'
import { shapeOf } from './detect.ts'
import type { InspectedObject } from './facts.ts'
import { kindOfLabel } from './pem-labels.ts'
import type { Piece } from './triage.ts'

const lockedCodes = new Set(['key.passphrase-needed', 'key.passphrase-wrong'])

/**
 * Would a passphrase show more of this object? True for an encrypted key or bundle that has not been opened (such an
 * object has no problem as long as no passphrase was tried on it), and after a passphrase that did not fit.
 */
export function isLocked({
  kind,
  facts,
  problem,
}: Pick<InspectedObject, 'kind' | 'problem'> & {
  facts: Pick<InspectedObject['facts'], 'encrypted' | 'keyAlgorithm' | 'certificates' | 'keysLocked'>
}): boolean {
  if (problem) return lockedCodes.has(problem.code)
  if (facts.encrypted !== true) return false
  if (kind === 'private-key') return facts.keyAlgorithm === undefined
  if (kind === 'keystore') return (facts.keysLocked ?? 0) > 0
  return kind === 'pkcs12' && facts.certificates === undefined
}

/** Might reading this piece try passphrases (the empty one included), which takes as long as its rounds ask for? */
export function mayNeedPassphrase(piece: Piece): boolean {
  if (piece.form === 'key-pem' || piece.form === 'pvk' || piece.form === 'putty' || piece.form === 'keystore')
    return true
  if (piece.form !== 'der') return false
  const labelled = kindOfLabel(piece.label)
  if (labelled !== 'unknown' && labelled !== 'pkcs12') return false
  const node = readDer(piece.der)
  const kind = node && shapeOf(node).kind
  return kind === 'pkcs12' || kind === 'private-key'
}
