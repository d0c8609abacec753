import { encodeBase64 } from '../pki/base64.ts'
import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import { writeJks } from '../pki/jks-writer.ts'
import { partOf } from '../pki/names.ts'
import { pemBlocks, toPem } from '../pki/pem.ts'
import { sealPkcs8 } from '../pki/pkcs8.ts'
import { writePkcs12, writeTrustStore } from '../pki/pkcs12-writer.ts'
import { serverCaFileOf } from './file-name.ts'
import { presented } from './presented.ts'
import type { HandoverFile, Receiver } from './receivers.ts'

/** What is handed over. `chain` is nearest issuer first. */
export type HandoverMaterial = {
  /** Friendly name and alias. */
  name: string
  /** What the files are called. */
  stem: string
  /** Absent where no key is to leave the vault. */
  pkcs8?: Bytes
  certificateDer: Bytes
  chain: readonly Bytes[]
  serverCaPem?: string
  passphrase: string | null
  now: Date
}

/** `secret`: holds a private key, protected or not; for its owner alone to read. `bundle`: protected by a passphrase in any case. */
export type HandedFile = { name: string; content: Uint8Array | string; secret: boolean; bundle?: true }

/** The files for one receiver. Those with the provider's authorities are left out where none are kept. */
export async function receiverFiles(receiver: Receiver, material: HandoverMaterial): Promise<HandedFile[]> {
  const files: HandedFile[] = []
  for (const file of receiver.files) {
    const made = await fileOf(file, material)
    if (made) files.push(made)
  }
  return files
}

async function fileOf(file: HandoverFile, material: HandoverMaterial): Promise<HandedFile | null> {
  const { stem, certificateDer, chain, serverCaPem, passphrase } = material
  const open = (name: string, content: string | null): HandedFile | null =>
    content === null ? null : { name, content, secret: false }
  switch (file.form) {
    case 'certificate':
      return open(`${stem}.crt`, presented(material.certificateDer, material.chain))
    case 'leaf':
      return open(`${stem}.leaf.pem`, certificatePem(certificateDer))
    case 'chain':
      return open(`${stem}.chain.pem`, chain.length > 0 ? chain.map(certificatePem).join('') : null)
    case 'server-ca':
      return open(serverCaFileOf(stem), serverCaPem ?? null)
    case 'key':
      return { name: `${stem}.key`, content: await keyPem(material), secret: true }
    case 'bundle': {
      const content = await writePkcs12({
        pkcs8: keyOf(material),
        certificateDer,
        chain: [...chain],
        friendlyName: material.name,
        passphrase: passphrase ?? '',
        readers: file.readers,
      })
      return { name: `${stem}.${file.extension}`, content, secret: true, bundle: true }
    }
    case 'keystore': {
      const key = { alias: material.name, pkcs8: keyOf(material), certificateDer, chain }
      const content = writeJks({ key, trusted: [], password: passphrase ?? '', now: material.now })
      return { name: `${stem}.jks`, content, secret: true }
    }
    case 'trust-bundle': {
      const certificates = trusted(material)
      if (certificates.length === 0) return null
      const content = await writeTrustStore({ certificates, passphrase: passphrase ?? '', readers: 'modern' })
      return { name: `${stem}.truststore.p12`, content, secret: false }
    }
    case 'trust-keystore': {
      const certificates = trusted(material)
      if (certificates.length === 0) return null
      const content = writeJks({ trusted: certificates, password: passphrase ?? '', now: material.now })
      return { name: `${stem}.truststore.jks`, content, secret: false }
    }
    case 'kubernetes':
      return { name: `${stem}.secret.yaml`, content: await kubernetes(material), secret: true }
    case 'compose':
      return open(`${stem}.compose.yaml`, compose(material))
    case 'systemd':
      return open(`${stem}.conf`, systemd(material))
    case 'secret-json':
      return { name: `${stem}.secret.json`, content: await secretJson(material), secret: true }
    case 'nuapay':
      return open(`${stem}.nuapay.json`, json({ mtlsCert: certificatePem(certificateDer) }))
  }
}

const certificatePem = (der: Bytes) => toPem('CERTIFICATE', der)
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`
const base64 = (text: string) => encodeBase64(new TextEncoder().encode(text))

function keyOf({ pkcs8 }: HandoverMaterial): Bytes {
  if (!pkcs8) throw new Error('a form with a key, and no key')
  return pkcs8
}

const keyPem = async (material: HandoverMaterial): Promise<string> =>
  material.passphrase === null ? toPem('PRIVATE KEY', keyOf(material)) : sealPkcs8(keyOf(material), material.passphrase)

function trusted({ serverCaPem }: HandoverMaterial): { der: Bytes; alias: string }[] {
  return pemBlocks(serverCaPem ?? '').map(({ der }, i) => {
    const name = partOf(readCertificate(der)?.facts.subjectParts, 'CN') ?? 'authority'
    return { der, alias: `${i + 1} ${name}`.toLowerCase().slice(0, 100) }
  })
}

/** Names of Kubernetes objects: RFC 1123 labels. */
const label = (stem: string) =>
  stem
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63) || 'identity'

async function kubernetes(material: HandoverMaterial): Promise<string> {
  const lines = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${label(material.stem)}`,
    'type: kubernetes.io/tls',
    'data:',
    `  tls.crt: ${base64(presented(material.certificateDer, material.chain))}`,
    `  tls.key: ${base64(toPem('PRIVATE KEY', keyOf(material)))}`,
    ...(material.serverCaPem === undefined ? [] : [`  ca.crt: ${base64(material.serverCaPem)}`]),
  ]
  return `${lines.join('\n')}\n`
}

const pemNames = ({ stem, serverCaPem }: HandoverMaterial) => [
  `${stem}.crt`,
  `${stem}.key`,
  ...(serverCaPem === undefined ? [] : [serverCaFileOf(stem)]),
]

function compose(material: HandoverMaterial): string {
  const names = pemNames(material)
  const key = (name: string) => name.replace(/[^a-zA-Z0-9_.-]/g, '-')
  const lines = [
    'services:',
    '  app:',
    '    secrets:',
    ...names.map((name) => `      - ${key(name)}`),
    'secrets:',
    ...names.flatMap((name) => [`  ${key(name)}:`, `    file: ${JSON.stringify(`./${name}`)}`]),
  ]
  return `# Seen in the container as /run/secrets/NAME.\n${lines.join('\n')}\n`
}

function systemd(material: HandoverMaterial): string {
  const lines = pemNames(material).map((name) => `LoadCredential=${name}:/etc/credstore/${name}`)
  return `# Seen by the service as $CREDENTIALS_DIRECTORY/NAME.\n[Service]\n${lines.join('\n')}\n`
}

async function secretJson(material: HandoverMaterial): Promise<string> {
  return json({
    certificate: certificatePem(material.certificateDer),
    certificateChain: material.chain.map(certificatePem).join(''),
    privateKey: await keyPem(material),
    ...(material.serverCaPem !== undefined && { serverCa: material.serverCaPem }),
  })
}
