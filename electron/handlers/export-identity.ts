import { basename, join } from 'node:path'
import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import { presented } from '../../shared/handover/presented.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { asCertificate } from './export-certificate.ts'
import { derOfPem, findIdentity } from './identity-detail.ts'
import { type OutFile, publicMode, secretMode, unlessKept, writeAll } from './out-files.ts'
import { noteEvent } from './save-public.ts'

type Ready = { record: IdentityRecord; certificatePem: string }

/** Writes key and certificate where the user says. The page gets the names, never the content. */
export const exportIdentity =
  (means: Means): Handlers['exportIdentity'] =>
  async ({ identity, as }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const { certificatePem, keyPlace, plan } = found.value
    if (certificatePem === undefined) return refuse({ code: 'export.no-certificate' })
    if (as.format === 'certificate') {
      const files = await asCertificate(means, found.value, certificatePem)
      const written = await writeAll(files ?? [])
      if (!written.ok) return written
      const names = (files ?? []).map(({ path }) => basename(path)).join(', ')
      if (files) await noteEvent(means, identity, 'saved-certificate', names)
      return ok({ saved: (files ?? []).map(({ path }) => path) })
    }
    if (keyPlace) return refuse({ code: 'token.key-stays', token: keyPlace.token })
    const ready = { record: found.value, certificatePem }

    const pkcs8 = await means.vault.identities.secret(identity, 'privateKey')
    if (!pkcs8.ok) return pkcs8
    if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
    try {
      const files =
        as.format === 'pkcs12'
          ? await asBundle(means, ready, pkcs8.value, as)
          : await asPem(means, ready, pkcs8.value, as)
      if (files === null) return ok({ saved: [] })
      const written = await writeAll(files)
      if (!written.ok) return written
      const { name } = found.value.plan
      const detail = `${as.format === 'pkcs12' ? 'PKCS#12' : as.passphrase === null ? 'PEM, key in the clear' : 'PEM'}: ${files.map(({ path }) => basename(path)).join(', ')}`
      await means.vault.journal.note({
        what: 'exported',
        kind: 'identity',
        id: identity,
        name,
        detail: detail.slice(0, 300),
      })
      await noteEvent(means, identity, 'exported', files.map(({ path }) => basename(path)).join(', '))
      return ok({ saved: files.map(({ path }) => path) })
    } finally {
      pkcs8.value.fill(0)
    }
  }

async function asBundle(
  { ask }: Means,
  { record, certificatePem }: Ready,
  pkcs8: Uint8Array,
  as: { readers: 'modern' | 'older'; passphrase: string },
): Promise<OutFile[] | null> {
  const path = await ask.saveAs({
    title: 'Save the bundle (PKCS#12)',
    name: `${fileNameOf(record.plan.name)}.p12`,
    filters: [{ name: 'Bundle (PKCS#12)', extensions: ['p12', 'pfx'] }],
  })
  if (path === null) return null
  const { writePkcs12 } = await import('../../shared/pki/pkcs12-writer.ts')
  const content = await writePkcs12({
    pkcs8,
    certificateDer: derOfPem(certificatePem),
    chain: record.chainPem.map(derOfPem),
    friendlyName: record.plan.name,
    passphrase: as.passphrase,
    readers: as.readers,
  })
  return [{ path, content, mode: secretMode }]
}

async function asPem(
  { ask }: Means,
  { record, certificatePem }: Ready,
  pkcs8: Uint8Array,
  as: { passphrase: string | null },
): Promise<OutFile[] | null> {
  const folder = await ask.folder({ title: 'Folder for certificate and key', button: 'Save here' })
  if (folder === null) return null
  const { sealPkcs8 } = await import('../../shared/pki/pkcs8.ts')
  const key = as.passphrase === null ? toPem('PRIVATE KEY', pkcs8) : await sealPkcs8(pkcs8, as.passphrase)
  const name = fileNameOf(record.plan.name)
  const files: OutFile[] = [
    // What programs present is one file, the certificate first.
    {
      path: join(folder, `${name}.crt`),
      content: presented(derOfPem(certificatePem), record.chainPem.map(derOfPem)),
      mode: publicMode,
    },
    { path: join(folder, `${name}.key`), content: key, mode: secretMode },
  ]
  if (record.chainPem.length > 0) {
    files.push({ path: join(folder, `${name}.chain.pem`), content: record.chainPem.join(''), mode: publicMode })
  }
  // What the provider's servers are to be trusted by: the curl line of the same identity names this file.
  if (record.serverCaPem !== undefined) {
    files.push({ path: join(folder, serverCaFileOf(name)), content: record.serverCaPem, mode: publicMode })
  }
  return unlessKept(ask, files)
}
