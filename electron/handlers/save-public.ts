import { basename } from 'node:path'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { writeForUser } from '../files.ts'
import type { Handlers } from '../ipc.ts'
import type { Means, TestingMeans } from '../means.ts'
import { withEvent } from '../vault/identity-record.ts'
import { changeIdentity, findIdentity } from './identity-detail.ts'

const publicMode = 0o644

/** Writes the signing request where the user says. */
export const saveRequest =
  (means: Means): Handlers['saveRequest'] =>
  async ({ identity }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    return savePublic(means, identity, {
      title: 'Save the signing request (CSR)',
      name: `${fileNameOf(found.value.plan.name)}.csr`,
      filters: [{ name: 'Signing request', extensions: ['csr', 'pem'] }],
      pem: found.value.requestPem,
      what: 'saved-request',
    })
  }

/** Writes the certificate alone where the user says: its key has no part in it. */
export const saveCertificate =
  (means: Means): Handlers['saveCertificate'] =>
  async ({ identity }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    if (!found.value.certificatePem) return refuse({ code: 'export.no-certificate' })
    return savePublic(means, identity, {
      title: 'Save the certificate',
      name: `${fileNameOf(found.value.plan.name)}.crt`,
      filters: [{ name: 'Certificate', extensions: ['crt', 'pem', 'cer'] }],
      pem: found.value.certificatePem,
      what: 'saved-certificate',
    })
  }

type PublicFile = Parameters<Means['ask']['saveAs']>[0] & { pem: string; what: 'saved-request' | 'saved-certificate' }

async function savePublic(
  means: Means,
  identity: string,
  { pem, what, ...dialog }: PublicFile,
): Promise<Result<{ saved: string | null }>> {
  const path = await means.ask.saveAs(dialog)
  if (path === null) return ok({ saved: null })
  const problem = await writeForUser(path, pem, publicMode)
  if (problem) return refuse(problem)
  await noteEvent(means, identity, what, basename(path))
  return ok({ saved: path })
}

/** The file is written whether or not the history can be: a locked vault is no reason to call it a failure. */
export async function noteEvent(
  means: TestingMeans,
  identity: string,
  what: PublicFile['what'] | 'exported',
  detail: string,
): Promise<void> {
  await changeIdentity(means, identity, (record) =>
    withEvent(record, { at: means.now().toISOString(), what, detail: detail.slice(0, 300) }),
  )
}
