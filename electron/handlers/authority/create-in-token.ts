import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import { certifyAuthority, nameParts } from '../../../shared/authority/new-authority.ts'
import type { AuthorityDetail } from '../../../shared/calls/authority.ts'
import { encodeName } from '../../../shared/pki/name-writer.ts'
import type { SigningKey } from '../../../shared/pki/signing-key.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { TokenChoice, TokenPlace } from '../../../shared/tokens/token.ts'
import { noteInBook } from '../../authority/book-entry.ts'
import type { Means } from '../../means.ts'
import { tokenKey, withToken } from '../../tokens/token-signing.ts'
import { recordOf, told, under } from './made-authority.ts'

type Work = { signal?: AbortSignal; commit(): boolean }
type InToken = { place: TokenPlace; signer: SigningKey; certificateDer: Uint8Array }
type Shape = { pathLength: number; years: number; above?: SigningKey & { certificateDer: Uint8Array } }

/**
 * An authority whose keys are in a token: the one that signs, and the root above it where there is one. Keys that were
 * made for one that does not come about are deleted there.
 */
export async function createInToken(
  means: Means,
  plan: AuthorityPlan,
  choice: TokenChoice,
  { signal, commit }: Work,
): Promise<Result<AuthorityDetail>> {
  // Of two keys only one can be there already: the one that signs. The root gets a new one.
  const { keyId: _, ...fresh } = choice
  const { issuing } = plan
  const made: TokenPlace[] = []
  const certified = async (from: TokenChoice, commonName: string, shape: Shape): Promise<Result<InToken>> => {
    if (signal?.aborted) return refuse({ code: 'app.cancelled' })
    const key = await tokenKey(means, from, plan.key, commonName)
    if (!key.ok) return key
    const { place, signer, spki } = key.value
    if (from.keyId === undefined) made.push(place)
    const subject = encodeName(nameParts(plan, commonName))
    const signed = await withToken(() => certifyAuthority({ ...signer, subject, spki, ...shape, now: means.now() }))
    return signed.ok ? ok({ place, signer, certificateDer: signed.value }) : signed
  }
  const keep = ({ certificateDer, place }: InToken, name: string) => ({
    ...recordOf(plan, { certificateDer, key: plan.key }, means.now(), name),
    keyPlace: place,
  })
  let stored = false
  try {
    const shape = { pathLength: issuing ? 1 : 0, years: plan.years }
    const root = await certified(issuing ? fresh : choice, plan.commonName, shape)
    if (!root.ok) return root
    const above = { ...root.value.signer, certificateDer: root.value.certificateDer }
    const below =
      issuing && (await certified(choice, issuing.commonName, { pathLength: 0, years: issuing.years, above }))
    if (below && !below.ok) return below
    if (!commit()) return refuse({ code: 'app.cancelled' })
    const first = keep(root.value, below ? `${plan.name} (root)`.slice(0, 120) : plan.name)
    const second = below && { ...keep(below.value, plan.name), ...under(first) }
    for (const record of second ? [first, second] : [first]) {
      const { handle, name, keyPlace } = record
      const added = await means.vault.authorities.add(handle, record, {})
      if (!added.ok) return added
      stored = true
      const detail = `in the token “${keyPlace.token}”`
      await means.vault.journal.note({ what: 'created', kind: 'authority', id: handle, name, detail })
    }
    if (second) await noteInBook(means, first, second)
    return await told(means, second || first)
  } finally {
    const tokens = await means.tokens()
    for (const place of stored ? [] : made) await tokens.unmake(place)
  }
}
