import { basename } from 'node:path'
import { ok, refuse } from '../../shared/result.ts'
import { writeForUser } from '../files.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { withEvent } from '../vault/identity-record.ts'
import { fileNameOf } from './file-name.ts'
import { changeIdentity, findIdentity } from './identity-detail.ts'

const publicMode = 0o644

/** Writes the signing request where the user says. */
export const saveRequest =
  (means: Means): Handlers['saveRequest'] =>
  async ({ identity }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { plan, requestPem } = found.value
    const path = await means.ask.saveAs({
      title: 'Save the signing request (CSR)',
      name: `${fileNameOf(plan.name)}.csr`,
      filters: [{ name: 'Signing request', extensions: ['csr', 'pem'] }],
    })
    if (path === null) return ok({ saved: null })
    const problem = await writeForUser(path, requestPem, publicMode)
    if (problem) return refuse(problem)
    await noteEvent(means, identity, 'saved-request', basename(path))
    return ok({ saved: path })
  }

/** The file is written whether or not the history can be: a locked vault is no reason to call it a failure. */
export async function noteEvent(means: Means, identity: string, what: 'saved-request' | 'exported', detail: string) {
  await changeIdentity(means, identity, (record) =>
    withEvent(record, { at: means.now().toISOString(), what, detail: detail.slice(0, 300) }),
  )
}
