import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pemBlocks, toPem } from '../../../shared/pki/pem.ts'
import { createAuthority, issueFromRequest } from '../../../shared/pki/x509.ts'

/** A folder for the files that a provider would send. */
export const mailbox = () => mkdtempSync(join(tmpdir(), 'countersign-mail-'))

export function put(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** A provider's authority that signs whatever it is given, at whatever time it thinks it is. */
export async function makeAuthority(now = new Date(Date.now() - 86_400_000)) {
  const authority = await createAuthority({ commonName: 'Example Provider CA', key: 'ec-p256', days: 7300, now })
  const sign = async (
    requestPem: string,
    order: { days?: number; now?: Date; purposes?: ('clientAuth' | 'serverAuth')[] } = {},
  ) => {
    const issued = await issueFromRequest({
      authority,
      requestDer: pemBlocks(requestPem)[0]!.der!,
      days: order.days ?? 365,
      now: order.now ?? new Date(),
      purposes: order.purposes ?? ['clientAuth'],
    })
    if (!issued.ok) throw new Error(issued.problem.code)
    return issued.value
  }
  return { ...authority, caPem: toPem('CERTIFICATE', authority.certificateDer), sign }
}
