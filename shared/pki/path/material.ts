import type { Bytes } from '../der.ts'
import type { InspectHow } from '../drafts.ts'
import type { Found } from '../found.ts'
import { signedDer } from '../found.ts'
import { findObjects } from '../inspect.ts'

/** What a file brings to a question of trust: its certificates, those of trust settings with them, and its lists. */
export type Material = { found: Found[]; certificates: Bytes[]; crls: Bytes[] }

/** Takes certificates and revocation lists out of a file of any kind, in its order. Never throws. */
export async function materialIn(file: string, bytes: Bytes, how: InspectHow): Promise<Material> {
  const found = await findObjects(file, bytes, how)
  const certificates = found.flatMap((one) => certificateOf(one) ?? [])
  return { found, certificates, crls: found.flatMap((one) => (one.draft.crl ? (signedDer(one) ?? []) : [])) }
}

function certificateOf({ piece, draft }: Found): Bytes | undefined {
  if (!draft.certificate) return undefined
  const hasSettings = piece?.form === 'der' && piece.label === 'TRUSTED CERTIFICATE'
  return hasSettings ? piece.der : draft.certificate.der
}
