import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import { makeAuthority, type NewAuthority } from '../../../shared/authority/new-authority.ts'
import type { AuthorityDetail } from '../../../shared/calls/authority.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { keyLabel } from '../../../shared/pki/key-plan.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { usualDefaults } from '../../authority/usual-defaults.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord } from '../../vault/authority-record.ts'
import { newHandle } from '../../vault/records.ts'
import { tellProgress } from '../tell-progress.ts'
import { authorityDetailOf } from './authority-detail.ts'

/** Makes an authority and seals its keys; answers the one that signs. Nothing is stored before the end. */
export const createAuthority =
  (means: Means): Handlers['createAuthority'] =>
  async ({ work, plan }) => {
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    return means.works.run(work, async (signal, commit) => {
      const says = `Making ${plan.issuing ? 'two' : 'the'} ${keyLabel[plan.key]} ${plan.issuing ? 'keys' : 'key'}`
      const stopNews = tellProgress(means, work, says)
      signal.addEventListener('abort', stopNews)
      try {
        return await createInVault(means, plan, { signal, commit })
      } finally {
        stopNews()
      }
    })
  }

type Work = { signal?: AbortSignal; commit(): boolean }

/** The same without a window, for the command line. */
export async function createInVault(
  means: Pick<Means, 'vault' | 'now' | 'news'>,
  plan: AuthorityPlan,
  { signal, commit }: Work,
): Promise<Result<AuthorityDetail>> {
  const made = await makeAuthority(plan, means.now(), signal)
  if (!made) return refuse({ code: 'app.cancelled' })
  const { root, issuing } = made
  try {
    if (!commit()) return refuse({ code: 'app.cancelled' })
    const above = recordOf(plan, root, means.now(), issuing ? `${plan.name} (root)`.slice(0, 120) : plan.name)
    const added = await means.vault.authorities.add(above.handle, above, { privateKey: root.pkcs8 })
    if (!added.ok) return added
    await means.vault.journal.note({ what: 'created', kind: 'authority', id: above.handle, name: above.name })
    if (!issuing) return await told(means, above)
    const below = { ...recordOf(plan, issuing, means.now(), plan.name), ...under(above) }
    const both = await means.vault.authorities.add(below.handle, below, { privateKey: issuing.pkcs8 })
    if (!both.ok) return both
    await means.vault.journal.note({ what: 'created', kind: 'authority', id: below.handle, name: below.name })
    return await told(means, below)
  } finally {
    root.pkcs8.fill(0)
    issuing?.pkcs8.fill(0)
  }
}

const under = (above: AuthorityRecord) => ({
  kind: 'issuing' as const,
  parent: above.handle,
  chainPem: [above.certificatePem],
})

async function told(means: Pick<Means, 'vault' | 'news'>, record: AuthorityRecord): Promise<Result<AuthorityDetail>> {
  means.news({ kind: 'authorities-changed' })
  return ok(await authorityDetailOf(means, record))
}

function recordOf(
  plan: AuthorityPlan,
  { certificateDer, key }: NewAuthority,
  now: Date,
  name: string,
): AuthorityRecord {
  const { facts } = readCertificate(certificateDer)!
  const createdAt = now.toISOString()
  return {
    handle: newHandle(),
    name,
    kind: 'root',
    keyPlace: { at: 'vault' },
    key,
    certificatePem: toPem('CERTIFICATE', certificateDer),
    chainPem: [],
    createdAt,
    notBefore: facts.notBefore!,
    notAfter: facts.notAfter!,
    askEachTime: plan.askEachTime,
    defaults: usualDefaults,
    history: [{ at: createdAt, what: 'created', detail: keyLabel[key] }],
  }
}
