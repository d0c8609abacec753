import type { DoorAuthority, DoorIdentity } from '../../shared/door/throw-aways.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { withAuthorityEvent } from '../authority/authority-history.ts'
import { mayUse } from '../authority/may-use.ts'
import { type SigningMeans, signerFor } from '../authority/signers.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { keptRevoked } from './revoked-on-purpose.ts'

/**
 * An authority of the vault as the check uses it. It is asked for once, not for each of the four or five certificates.
 * They are not in its book: their one key is kept nowhere, and what is valid of them ends within the hour. That it signed
 * them stands in its history. A service decides itself what it signs, so none is asked for what is expired.
 */
export async function doorAuthorityOf(means: SigningMeans, record: AuthorityRecord): Promise<Result<DoorAuthority>> {
  const certificateDer = pemBlocks(record.certificatePem)[0]?.der
  const signer = signerFor(means, { ...record, askEachTime: false })
  if (!certificateDer || signer.decides !== 'us') return refuse({ code: 'authority.key-elsewhere', name: record.name })
  const allowed = await mayUse(means, record, 'sign throw-away certificates for the check of a door')
  if (!allowed.ok) return allowed
  const event = { at: means.now().toISOString(), what: 'door-check', detail: 'throw-away certificates, keys not kept' }
  await means.vault.authorities.change(record.handle, (before) => withAuthorityEvent(before, event))
  const { handle: id, name } = record
  await means.vault.journal.note({ what: 'signed', kind: 'authority', id, name, detail: event.detail })
  return ok({
    certificateDer,
    chainPem: sentAbove(record),
    async sign(content) {
      const order = { requestDer: new Uint8Array(), content, whose: 'the check of a door' }
      const signed = await signer.sign(order)
      return signed.ok ? ok(signed.value.certificateDer) : signed
    },
  })
}

/** Roots are not sent: whoever trusts one has it. */
export const sentAbove = ({ kind, certificatePem, chainPem }: AuthorityRecord): string[] =>
  kind === 'root' ? [] : [certificatePem, ...chainPem].slice(0, Math.max(1, chainPem.length))

/** The revoked certificate that was prepared for checks of this authority, if there is one. */
export async function revokedOf(means: SigningMeans, record: AuthorityRecord): Promise<DoorIdentity | undefined> {
  const [kept] = (await keptRevoked(means)).filter((one) => one.authority === record.handle)
  if (kept?.certificatePem === undefined) return undefined
  const pkcs8 = await means.vault.issued.secret(kept.handle, 'privateKey')
  if (!pkcs8.ok || !pkcs8.value) return undefined
  const keyPem = toPem('PRIVATE KEY', pkcs8.value)
  pkcs8.value.fill(0)
  return { certificatePem: kept.certificatePem, chainPem: sentAbove(record), keyPem }
}
