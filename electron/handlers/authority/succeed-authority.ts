import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import { certifyAuthority } from '../../../shared/authority/new-authority.ts'
import type { AuthorityDetail } from '../../../shared/calls/authority.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { keyLabel } from '../../../shared/pki/key-labels.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { encodeName } from '../../../shared/pki/name-writer.ts'
import { pemBlocks, toPem } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { withAuthorityEvent } from '../../authority/authority-history.ts'
import { noteInBook } from '../../authority/book-entry.ts'
import { mayUse } from '../../authority/may-use.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { libraryId } from '../../tokens/known-libraries.ts'
import type { AuthorityRecord } from '../../vault/authority-record.ts'
import { newHandle } from '../../vault/records.ts'
import { tellProgress } from '../tell-progress.ts'
import { authorityDetailOf, findAuthority } from './authority-detail.ts'
import { createInVault } from './create-authority.ts'
import { createInToken } from './create-in-token.ts'

/**
 * Makes the authority that takes over from this one: with a new key, and the same defaults. The old one stays, so that its
 * certificates can be revoked until it ends. Where the root above an issuing authority is here, that root signs again, and
 * servers that trust the root need nothing new.
 */
export const succeedAuthority =
  (means: Means): Handlers['succeedAuthority'] =>
  async ({ work, authority, plan, underParent }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    const old = found.value
    const following = old.successor && (await means.vault.authorities.find(old.successor))
    if (following) return refuse({ code: 'authority.followed-already', name: old.name, by: following.name })
    return means.works.run(work, async (signal, commit) => {
      const stopNews = tellProgress(means, work, `Making the ${keyLabel[plan.key]} key`)
      signal.addEventListener('abort', stopNews)
      try {
        const made = underParent
          ? await createUnder(means, old, plan, { signal, commit })
          : await createBeside(means, old, plan, { signal, commit })
        return made.ok ? await follow(means, old, made.value.handle) : made
      } finally {
        stopNews()
      }
    })
  }

type Work = { signal: AbortSignal; commit(): boolean }

/** A root of its own, whose key goes where the old one's is: into its token, or into the vault. */
function createBeside(
  means: Means,
  { keyPlace }: AuthorityRecord,
  plan: AuthorityPlan,
  work: Work,
): Promise<Result<AuthorityDetail>> {
  if (keyPlace.at !== 'token') return createInVault(means, plan, work)
  const token = { label: keyPlace.token, serial: keyPlace.serial ?? '' }
  return createInToken(means, plan, { library: libraryId(keyPlace.library), token }, work)
}

/** Ties the two together. */
async function follow(means: Means, old: AuthorityRecord, successor: string): Promise<Result<AuthorityDetail>> {
  const { vault, news, now } = means
  const at = now().toISOString()
  const taken = await vault.authorities.change(successor, (record) =>
    withAuthorityEvent({ ...record, defaults: old.defaults }, { at, what: 'takes-over', detail: old.name }),
  )
  if (!taken) return refuse({ code: 'authority.no-such' })
  if (!taken.ok) return taken
  const tied = await vault.authorities.change(old.handle, (record) =>
    withAuthorityEvent({ ...record, successor }, { at, what: 'followed', detail: taken.value.name }),
  )
  if (tied && !tied.ok) return tied
  news({ kind: 'authorities-changed' })
  return ok(await authorityDetailOf(means, taken.value))
}

/** The new key, certified by the root that certified the old one. */
async function createUnder(
  means: Means,
  old: AuthorityRecord,
  plan: AuthorityPlan,
  { signal, commit }: Work,
): Promise<Result<{ handle: string }>> {
  const { vault, now } = means
  const parent = old.parent ? await vault.authorities.find(old.parent) : undefined
  if (!parent?.key || parent.keyPlace.at !== 'vault') {
    return refuse({ code: 'authority.key-elsewhere', name: parent ? parent.name : 'The authority above' })
  }
  if (now() >= new Date(parent.notAfter)) {
    return refuse({ code: 'list.authority-over', name: parent.name, notAfter: parent.notAfter })
  }
  const allowed = await mayUse(means, parent, `certify the authority “${plan.name}”`)
  if (!allowed.ok) return allowed
  const { pkcs8, spki } = await generateKey(plan.key)
  const above = await vault.authorities.secret(parent.handle, 'privateKey')
  try {
    if (!above.ok) return above
    if (!above.value) return refuse({ code: 'vault.record-damaged', name: parent.name })
    const certificateDer = await certifyAuthority({
      subject: encodeName(subjectOf(plan)),
      key: plan.key,
      pkcs8,
      spki,
      pathLength: 0,
      years: plan.years,
      now: now(),
      above: { pkcs8: above.value, key: parent.key, certificateDer: pemBlocks(parent.certificatePem)[0]!.der },
    })
    if (signal.aborted || !commit()) return refuse({ code: 'app.cancelled' })
    const { facts } = readCertificate(certificateDer)!
    const createdAt = now().toISOString()
    const record: AuthorityRecord = {
      handle: newHandle(),
      name: plan.name,
      kind: 'issuing',
      keyPlace: { at: 'vault' },
      key: plan.key,
      certificatePem: toPem('CERTIFICATE', certificateDer),
      chainPem: [parent.certificatePem, ...parent.chainPem],
      parent: parent.handle,
      createdAt,
      notBefore: facts.notBefore!,
      notAfter: facts.notAfter!,
      askEachTime: plan.askEachTime,
      defaults: old.defaults,
      history: [{ at: createdAt, what: 'created', detail: keyLabel[plan.key] }],
    }
    const added = await vault.authorities.add(record.handle, record, { privateKey: pkcs8 })
    if (!added.ok) return added
    await noteInBook({ vault, now }, parent, record)
    await vault.journal.note({ what: 'created', kind: 'authority', id: record.handle, name: record.name })
    return added
  } finally {
    pkcs8.fill(0)
    if (above.ok) above.value?.fill(0)
  }
}

const subjectOf = ({ country, organization, commonName }: AuthorityPlan) => [
  ...(country ? [{ type: 'C', value: country }] : []),
  ...(organization ? [{ type: 'O', value: organization }] : []),
  { type: 'CN', value: commonName },
]
