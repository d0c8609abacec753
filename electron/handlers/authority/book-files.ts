import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { indexOf } from '../../authority/export-index.ts'
import { listFile } from '../../authority/list-file.ts'
import { issuedBy } from '../../authority/make-list.ts'
import { trustBundleOf } from '../../authority/trust-bundle.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { findAuthority } from './authority-detail.ts'
import { findIssued } from './issued-detail.ts'

const publicMode = 0o644

type PublicFile = Parameters<Means['ask']['saveAs']>[0] & { content: Uint8Array | string }

async function save({ ask }: Means, { content, ...dialog }: PublicFile): Promise<Result<{ saved: string | null }>> {
  const path = await ask.saveAs(dialog)
  if (path === null) return ok({ saved: null })
  const problem = await writeForUser(path, content, publicMode)
  return problem ? refuse(problem) : ok({ saved: path })
}

/**
 * Writes what a server needs as one PEM file: the lists of this authority and of those around it; or its own list alone as
 * DER, which is the form that an address in a certificate serves (RFC 5280 section 4.2.1.13).
 */
export const saveList =
  (means: Means): Handlers['saveList'] =>
  async ({ authority, format }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    const file = await listFile(means, authority)
    if (!file.ok) return file
    means.news({ kind: 'authorities-changed' })
    const { pem, of, missing } = file.value
    const own = pemBlocks(pem)[0]?.der ?? new Uint8Array()
    const saved = await save(means, {
      title: 'Save the revocation list (CRL)',
      name: `${fileNameOf(found.value.name)}${format === 'pem' ? '.crl.pem' : '.crl'}`,
      filters: [{ name: 'Revocation list', extensions: ['crl', 'pem'] }],
      content: format === 'pem' ? pem : own,
    })
    return saved.ok ? ok({ ...saved.value, of: format === 'pem' ? of : of.slice(0, 1), missing }) : saved
  }

/** Writes the book as `openssl ca` keeps it. */
export const saveIndex =
  (means: Means): Handlers['saveIndex'] =>
  async ({ authority }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    return save(means, {
      title: 'Save the index in OpenSSL’s form',
      name: 'index.txt',
      filters: [{ name: 'Index of openssl ca', extensions: ['txt'] }],
      content: indexOf(await issuedBy(means, authority), means.now()),
    })
  }

/** Writes what a server has to trust while authorities follow each other. */
export const saveTrustBundle =
  (means: Means): Handlers['saveTrustBundle'] =>
  async ({ authority }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    const { records } = await means.vault.authorities.list()
    const content = trustBundleOf(records, authority, means.now())
    const { name, notAfter } = found.value
    if (content === '') return refuse({ code: 'list.authority-over', name, notAfter })
    return save(means, {
      title: 'Save the certificates to trust',
      name: `${fileNameOf(name)}-trust.pem`,
      filters: [{ name: 'Certificates', extensions: ['pem', 'crt'] }],
      content,
    })
  }

export const saveIssued =
  (means: Means): Handlers['saveIssued'] =>
  async ({ issued }) => {
    const found = await findIssued(means, issued)
    if (!found.ok) return found
    const { certificatePem, name } = found.value
    if (!certificatePem) return refuse({ code: 'hand-back.no-certificate' })
    return save(means, {
      title: 'Save the certificate',
      name: `${fileNameOf(name)}.crt`,
      filters: [{ name: 'Certificate', extensions: ['crt', 'pem', 'cer'] }],
      content: certificatePem,
    })
  }
