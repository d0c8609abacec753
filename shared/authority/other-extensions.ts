import { derOf, orNull } from '../pki/der.ts'
import { extensionLines } from '../pki/extension-values.ts'
import type { AskedExtension } from './asked.ts'
import type { ExtensionDecision } from './extension-decision.ts'
import { issue } from './plan-issues.ts'
import type { Choice, PlanChoice } from './plan-row.ts'

/**
 * Extensions that a requester never gets, each with what it would be able to do. What an authority says of itself, of
 * revocation or of logs is not the requester's to say.
 */
const never: Record<string, string> = {
  '2.5.29.18': 'It names the issuer in other words.',
  '2.5.29.30': 'It limits the names below an authority, and this is none.',
  '2.5.29.33': 'It is for authorities alone.',
  '2.5.29.36': 'It is for authorities alone.',
  '2.5.29.46': 'It sends whoever checks the certificate elsewhere for revocation lists.',
  '2.5.29.54': 'It is for authorities alone.',
  '2.5.29.56': 'It keeps the certificate from ever being found revoked.',
  '1.3.6.1.5.5.7.48.1.5': 'It keeps the certificate from ever being found revoked.',
  '1.3.6.1.5.5.7.1.14': 'It would let the certificate issue others in its name (RFC 3820).',
  '1.3.6.1.4.1.11129.2.4.2': 'It holds promises of public logs, which know nothing of this certificate.',
  '1.3.6.1.4.1.11129.2.4.3': 'It would make the certificate unusable.',
  '1.3.6.1.4.1.11129.2.4.5': 'It holds promises of public logs, which know nothing of this certificate.',
  '1.3.6.1.4.1.311.21.1': 'It is for authorities alone.',
  '1.3.6.1.4.1.311.21.10': 'Windows reads further uses from it, past the extended key usage.',
  '1.3.6.1.4.1.311.25.2': 'Windows domains take it for the identity of an account.',
  '2.16.840.1.113730.1.1': 'Old programs read further uses from it, past the extended key usage.',
}

/** A row has to show every octet of it. */
const longest = 1024

/** An extension that has no rule of its own: left out unless somebody takes it, octet for octet. */
export function otherDecision(asked: AskedExtension, wish: PlanChoice | undefined): ExtensionDecision {
  const { oid, raw, critical } = asked
  const reason = never[oid] ?? reasonAgainst(asked)
  const offers: Choice[] = reason === undefined ? ['take', 'drop'] : ['drop']
  const choice: Choice = reason === undefined && wish?.choice === 'take' ? 'take' : 'drop'
  const known = extensionLines(oid, raw).known
  const taken = choice === 'take'
  return {
    oid,
    asked,
    choice,
    offers,
    edit: 'none',
    set: [],
    ...(taken && { written: { oid, critical, value: raw } }),
    issues: [
      ...(reason === undefined ? [] : [issue('sign.extension-left-out', reason)]),
      ...(taken && !known ? [issue('sign.extension-unknown', asked.name)] : []),
      ...(taken && critical ? [issue('sign.extension-critical', asked.name)] : []),
    ],
  }
}

function reasonAgainst({ raw, twice, malformed }: AskedExtension): string | undefined {
  if (twice) return 'It is asked for more than once.'
  if (malformed || orNull(() => derOf(raw)) === null) return 'Its value cannot be read.'
  return raw.length > longest ? `It has ${raw.length} octets, too many to be shown whole.` : undefined
}
