import { readCertificate } from '../../shared/pki/certificate.ts'
import { encodeGeneralName } from '../../shared/pki/name-writer.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { makeList } from '../authority/make-list.ts'
import { revoke } from '../authority/revoke.ts'
import type { SigningMeans } from '../authority/signers.ts'
import type { IssuedRecord } from '../vault/authority-record.ts'
import { issueByAuthority, type OwnWish } from '../webhooks/issue-own.ts'

/** What the book calls them: by this name they are found again. */
const name = 'Door check: revoked on purpose'
const days = 90
const subject = 'countersign-door-check-revoked'

/**
 * A client certificate that is revoked at once, with its key sealed beside it: only with a key here can a revoked
 * certificate be shown to a server. The new list has to reach the server before the check means anything.
 */
export async function makeRevoked(
  means: SigningMeans,
  authority: string,
  like?: string,
): Promise<Result<IssuedRecord>> {
  const record = await means.vault.authorities.find(authority)
  if (!record) return refuse({ code: 'authority.no-such' })
  const made = await issueByAuthority(means, record, {
    ...(await namesLike(means, like)),
    purpose: 'clientAuth',
    days,
    name,
  })
  if (!made.ok) return made
  const { pkcs8, certificatePem } = made.value
  const { records } = await means.vault.issued.list()
  const issued = records.find((one) => one.certificatePem === certificatePem)
  if (!issued) return refuse({ code: 'issued.no-such' })
  const sealed = await means.vault.issued.change(issued.handle, (before) => before, { privateKey: pkcs8 })
  pkcs8.fill(0)
  if (!sealed?.ok) return sealed ?? refuse({ code: 'issued.no-such' })
  const revoked = await revoke(means, issued.handle, { reason: 'cessationOfOperation' })
  if (!revoked.ok) return revoked
  const listed = await makeList(means, authority)
  return listed.ok ? ok(revoked.value) : listed
}

/** A door that pins a name would refuse another one for that, and not for the list. */
async function namesLike(
  { vault }: SigningMeans,
  like: string | undefined,
): Promise<Pick<OwnWish, 'subject' | 'subjectAltNames'>> {
  const pem = like === undefined ? undefined : (await vault.issued.find(like))?.certificatePem
  const { subjectParts, subjectAltNames = [] } =
    readCertificate(pemBlocks(pem ?? '')[0]?.der ?? new Uint8Array())?.facts ?? {}
  return {
    subject: subjectParts ?? [{ type: 'CN', value: subject }],
    subjectAltNames: subjectAltNames.filter((one) => encodeGeneralName(one) !== null),
  }
}

/** Those that are still in their validity: an expired one would be refused for that. The latest first. */
export async function keptRevoked({ vault, now }: Pick<SigningMeans, 'vault' | 'now'>): Promise<IssuedRecord[]> {
  const { records } = await vault.issued.list()
  const good = (one: IssuedRecord) => one.name === name && one.revoked && Date.parse(one.notAfter) > now().getTime()
  return records.filter(good).sort((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1))
}
