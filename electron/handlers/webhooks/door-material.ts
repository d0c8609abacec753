import type { DoorQuestion } from '../../../shared/calls/door.ts'
import type { DoorIdentity, DoorMaterial } from '../../../shared/door/throw-aways.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { DoorDesk } from '../../door/door-desk.ts'
import { doorAuthorityOf, revokedOf } from '../../door/vault-authority.ts'
import type { Means } from '../../means.ts'
import { openIdentity } from '../open-identity.ts'

/** What a check presents, gathered from the vault and from chosen files, or why something of it cannot be had. */
export async function doorMaterial(
  means: Means,
  desk: DoorDesk,
  question: DoorQuestion,
): Promise<Result<DoorMaterial>> {
  const right = await shown(means, desk, question.right)
  if (!right.ok) return right
  const given = await shown(means, desk, question.revoked)
  if (!given.ok) return given
  const issuer = issuerIn(question.issuerPem)
  if (!issuer.ok) return issuer
  const like = question.like === undefined ? undefined : await means.vault.issued.find(question.like)
  const likeDer = pemBlocks(like?.certificatePem ?? '')[0]?.der
  const material: DoorMaterial = {
    pinned: question.pinned,
    ...(right.value && { right: right.value }),
    ...(issuer.value && { issuerDer: issuer.value }),
    ...(likeDer && { likeDer }),
    ...(given.value && { revoked: given.value }),
  }
  if (question.authority === undefined) return ok(material)
  const record = await means.vault.authorities.find(question.authority)
  if (!record) return refuse({ code: 'authority.no-such' })
  const authority = await doorAuthorityOf(means, record)
  if (!authority.ok) return authority
  const revoked = given.value ?? (await revokedOf(means, record))
  return ok({ ...material, authority: authority.value, ...(revoked && { revoked }) })
}

async function shown(
  means: Means,
  desk: DoorDesk,
  which: DoorQuestion['right'],
): Promise<Result<DoorIdentity | undefined>> {
  if (!which) return ok(undefined)
  if (which.by === 'files') {
    const found = desk.identity(which.token)
    return found ? ok(found) : refuse({ code: 'door.files-gone' })
  }
  const record = await means.vault.identities.find(which.identity)
  if (!record) return refuse({ code: 'vault.no-such-identity' })
  const opened = await openIdentity(means, record)
  return opened.ok ? ok(opened.value ?? undefined) : opened
}

/** The first authority in a text that may hold a whole chain. */
function issuerIn(pem: string | undefined): Result<Uint8Array | undefined> {
  if (pem === undefined) return ok(undefined)
  const found = pemBlocks(pem).find(({ der }) => readCertificate(der)?.facts.isCa)
  return found ? ok(found.der) : refuse({ code: 'door.no-issuer', name: 'What was chosen' })
}
