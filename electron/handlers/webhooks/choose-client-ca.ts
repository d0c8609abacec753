import { readCertificate } from '../../../shared/pki/certificate.ts'
import { readCrl } from '../../../shared/pki/crl.ts'
import { pemBlocks, toPem } from '../../../shared/pki/pem.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { gather } from '../../gather.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

const filters = [{ name: 'Certificates', extensions: ['pem', 'crt', 'cer', 'der', 'p7b', 'p7c', 'crl', 'txt'] }]
const mostCertificates = 500

/** A provider’s CA out of a file of any form, read where foreign files are read; revocation lists beside it count. */
export const chooseClientCa =
  ({ ask, reader }: Means): Handlers['chooseClientCa'] =>
  async () => {
    const [path] = await ask.files({ title: 'The CA of the provider, or its certificate', filters, many: false })
    if (path === undefined) return ok({ chosen: null })
    const { files, leftOut } = await gather([path])
    const [file] = files
    if (!file) return refuse(leftOut[0]?.problem ?? { code: 'file.not-readable', name: 'the file' })
    const found = await (await reader()).certificatesIn(file.file, file.bytes)
    const lists = listsIn(file.bytes)
    if (!found.ok) return found
    const certificates = found.value.certificates.slice(0, mostCertificates)
    if (certificates.length === 0) return refuse({ code: 'listener.demand-empty', name: file.file })
    return ok({
      chosen: {
        name: file.file,
        pem: [...certificates.map(({ der }) => toPem('CERTIFICATE', der)), ...lists].join(''),
        certificates: certificates.flatMap(({ der }) => {
          const { subject = '', sha256 = '', notAfter = '', isCa = false } = readCertificate(der)?.facts ?? {}
          return sha256 === '' ? [] : [{ subject, sha256, notAfter, isCa }]
        }),
        lists: lists.length,
      },
    })
  }

/** PEM alone: a list in DER comes in a file of its own, without the certificate that is asked for here. */
function listsIn(bytes: Uint8Array): string[] {
  const blocks = pemBlocks(new TextDecoder().decode(bytes)).filter(({ der }) => readCrl(der) !== null)
  return blocks.map(({ der }) => toPem('X509 CRL', der))
}
