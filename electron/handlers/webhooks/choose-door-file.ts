import { randomUUID } from 'node:crypto'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { toPem } from '../../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { DoorDesk } from '../../door/door-desk.ts'
import { gather, type NamedBytes } from '../../gather.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

type Chosen = NonNullable<Extract<Awaited<ReturnType<Handlers['chooseDoorFile']>>, { ok: true }>['value']['chosen']>

const filters = {
  identity: [{ name: 'Certificate with its key', extensions: ['p12', 'pfx', 'pem', 'crt', 'cer', 'key', 'jks'] }],
  certificate: [{ name: 'Certificates', extensions: ['pem', 'crt', 'cer', 'der', 'p7b', 'p7c', 'txt'] }],
}
const titles = {
  identity: 'A certificate and its private key, in one file or in two',
  certificate: 'A certificate',
}
const mostCertificates = 100

/** Takes a certificate, or one with its key, out of files of any form. A key stays in the main process, in memory. */
export const chooseDoorFile =
  (means: Means, desk: DoorDesk): Handlers['chooseDoorFile'] =>
  async ({ what, again, passphrase }) => {
    if (!again) {
      const paths = await means.ask.files({ title: titles[what], filters: filters[what], many: what === 'identity' })
      if (paths.length === 0) return ok({ chosen: null })
      const { files, leftOut } = await gather(paths)
      if (files.length === 0) return refuse(leftOut[0]?.problem ?? { code: 'file.not-readable', name: 'the file' })
      desk.chosen = files
    }
    if (desk.chosen.length === 0) return refuse({ code: 'door.files-gone' })
    const passphrases = passphrase === undefined ? [] : [passphrase]
    const chosen =
      what === 'identity'
        ? await identityIn(means, desk, desk.chosen, passphrases)
        : await certificateIn(means, desk.chosen)
    return chosen.ok ? ok({ chosen: chosen.value }) : chosen
  }

async function identityIn(
  { reader }: Means,
  desk: DoorDesk,
  files: NamedBytes[],
  passphrases: string[],
): Promise<Result<Chosen>> {
  const name = files[0]?.file ?? ''
  const taken = await (await reader()).takeIn(files, passphrases)
  if (!taken.ok) return taken
  const { keys, locked, leftOut } = taken.value
  try {
    const found = keys.find(({ certificate }) => certificate !== undefined)
    if (found?.certificate) {
      const { certificate, chain, pkcs8 } = found
      const token = randomUUID()
      const chainPem = chain.filter((pem) => pem !== found.rootPem)
      desk.keepIdentity(token, { certificatePem: certificate.pem, chainPem, keyPem: toPem('PRIVATE KEY', pkcs8) })
      return ok({ name, ...publicOf(certificate.der), token })
    }
    if (locked[0] !== undefined) {
      const code = passphrases.length > 0 ? 'key.passphrase-wrong' : 'key.passphrase-needed'
      return refuse({ code, name: locked[0] })
    }
    return refuse(leftOut[0]?.problem ?? { code: 'key.none-in-file', name, found: 'no key with a certificate' })
  } finally {
    for (const { pkcs8 } of keys) pkcs8.fill(0)
  }
}

async function certificateIn({ reader }: Means, files: NamedBytes[]): Promise<Result<Chosen>> {
  const [file] = files
  if (!file) return refuse({ code: 'door.files-gone' })
  const found = await (await reader()).certificatesIn(file.file, file.bytes)
  if (!found.ok) return found
  const ders = found.value.certificates.slice(0, mostCertificates).map(({ der }) => der)
  const [first] = ders
  if (!first) return refuse({ code: 'door.no-issuer', name: file.file })
  const pem = ders.map((der) => toPem('CERTIFICATE', der)).join('')
  return ok({ name: file.file, ...publicOf(first), pem })
}

function publicOf(der: Uint8Array): Omit<Chosen, 'name' | 'pem' | 'token'> {
  const {
    subject = '',
    notAfter = '',
    isCa = false,
    sha256 = '',
    sha1 = '',
    serialHex = '',
  } = readCertificate(der)?.facts ?? {}
  return { subject, notAfter, isCa, sha256, sha1, serial: serialHex.toLowerCase().replace(/^0+(?=.)/, '') }
}
