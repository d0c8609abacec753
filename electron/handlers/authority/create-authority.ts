import type { AuthorityPlan } from '../../../shared/authority/authority-plan.ts'
import { makeAuthority } from '../../../shared/authority/new-authority.ts'
import type { AuthorityDetail } from '../../../shared/calls/authority.ts'
import { keyLabel } from '../../../shared/pki/key-labels.ts'
import { type Result, refuse } from '../../../shared/result.ts'
import { noteInBook } from '../../authority/book-entry.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { tellProgress } from '../tell-progress.ts'
import { createInToken } from './create-in-token.ts'
import { recordOf, told, under } from './made-authority.ts'

/** Makes an authority and seals its keys; answers the one that signs. Nothing is stored before the end. */
export const createAuthority =
  (means: Means): Handlers['createAuthority'] =>
  async ({ work, plan, token }) => {
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    return means.works.run(work, async (signal, commit) => {
      const where = token ? ` in the token “${token.token.label}”` : ''
      const says = `Making ${plan.issuing ? 'two' : 'the'} ${keyLabel[plan.key]} ${plan.issuing ? 'keys' : 'key'}${where}`
      const stopNews = tellProgress(means, work, says)
      signal.addEventListener('abort', stopNews)
      try {
        if (token) return await createInToken(means, plan, token, { signal, commit })
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
    await noteInBook(means, above, below)
    await means.vault.journal.note({ what: 'created', kind: 'authority', id: below.handle, name: below.name })
    return await told(means, below)
  } finally {
    root.pkcs8.fill(0)
    issuing?.pkcs8.fill(0)
  }
}
