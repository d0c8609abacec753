import { join } from 'node:path'
import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import type { Means } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { type OutFile, publicMode, unlessKept } from './out-files.ts'

/**
 * What is public of an identity, for programs that use its key where it is, in a token: the certificate with its chain
 * in one file, as they want it, and what the provider's servers are to be trusted by.
 */
export async function asCertificate(
  { ask }: Means,
  { plan, chainPem, serverCaPem }: IdentityRecord,
  certificatePem: string,
): Promise<OutFile[] | null> {
  const folder = await ask.folder({ title: 'Folder for the certificate', button: 'Save here' })
  if (folder === null) return null
  const name = fileNameOf(plan.name)
  const files: OutFile[] = [
    { path: join(folder, `${name}.crt`), content: [certificatePem, ...chainPem].join(''), mode: publicMode },
  ]
  if (serverCaPem !== undefined) {
    files.push({ path: join(folder, serverCaFileOf(name)), content: serverCaPem, mode: publicMode })
  }
  return unlessKept(ask, files)
}
