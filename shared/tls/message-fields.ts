import { hex } from '../pki/der.ts'
import { authorityName, certificateBrief } from './certificate-brief.ts'
import { suiteName } from './cipher-suites.ts'
import { extensionField, type Field, type Place } from './extension-fields.ts'
import { isGrease } from './extensions.ts'
import type { Certificates, ClientHello, Extension, ServerHello } from './handshake-messages.ts'
import { versionName } from './registry.ts'
import type { Spoken } from './transcript.ts'

/** SHA-256 of a certificate, in lower-case hex: from outside, because it has to be quick and WebCrypto's is not. */
export type Fingerprint = (der: Uint8Array) => string

/** A message's decoded fields, in the order of the encoding. Never throws. */
export function fieldsOf(message: Spoken, fingerprint: Fingerprint): Field[] {
  switch (message.name) {
    case 'ClientHello':
      return clientHello(message)
    case 'ServerHello':
    case 'HelloRetryRequest':
      return serverHello(message, message.name === 'ServerHello' ? 'server-hello' : 'retry')
    case 'EncryptedExtensions':
      return inPlace(message.extensions, 'encrypted')
    case 'CertificateRequest':
      return certificateRequest(message)
    case 'Certificate':
      return certificates(message, fingerprint)
    case 'CompressedCertificate':
      return [field('Size when unpacked', `${message.plainBytes} bytes`)]
    case 'CertificateStatus':
      return [field('OCSP answer', `${message.responseBytes} bytes`)]
    case 'CertificateVerify':
      return [field('Signature scheme', message.scheme), field('Signature', `${message.signatureBytes} bytes`)]
    case 'ServerKeyExchange':
      return [
        field('Key exchange', message.exchange),
        field('Group', message.group),
        field('Key share', `${message.keyBytes} bytes`),
        field('Signature scheme', message.scheme ?? 'not signed'),
      ]
    case 'ClientKeyExchange':
      return [
        field('Key exchange', message.exchange),
        field(message.exchange === 'RSA' ? 'Sealed secret' : 'Key share', `${message.keyBytes} bytes`),
      ]
    case 'NewSessionTicket':
      return [
        field('Good for', `${message.lifetimeSeconds} s`),
        field('Ticket', `${message.ticketBytes} bytes`),
        ...inPlace(message.extensions, 'ticket'),
      ]
    case 'KeyUpdate':
      return [field('Asks for the same', message.wantsOurs ? 'yes' : 'no')]
    case 'Finished':
      return [field('Check value', hex(message.verifyData.subarray(0, 64)))]
    case 'Alert':
      return [field('Level', message.level), field('Alert', `${message.alert} (${message.number})`)]
    case 'ApplicationData':
    case 'Closed':
      return [
        field('Records', String(message.records)),
        ...(message.untilMs === undefined
          ? []
          : [field('Last one after', `${Math.round(message.untilMs * 10) / 10} ms`)]),
      ]
    case 'Other':
    case 'Malformed':
      return [field('Message type', String(message.type)), ...content(message.body)]
    case 'OtherRecord':
      return [field('Record type', String(message.type))]
    default:
      return []
  }
}

const field = (name: string, ...value: string[]): Field => ({ name, value })
const inPlace = (extensions: readonly Extension[], place: Place) =>
  extensions.map((extension) => extensionField(extension, place))

const content = (body: Uint8Array) =>
  body.length === 0 ? [] : [field('Content', `${hex(body.subarray(0, 64))}${body.length > 64 ? '…' : ''}`)]

function clientHello({ legacyVersion, random, sessionId, suites, compressions, extensions }: ClientHello): Field[] {
  return [
    field('Version of the form', versionName(legacyVersion)),
    field('Random', random),
    ...(sessionId.length > 0 ? [field('Session id', hex(sessionId))] : []),
    field('Cipher suites', ...suites.filter((suite) => !isGrease(suite)).map(suiteName)),
    ...(compressions.some((method) => method !== 0) ? [field('Compression', compressions.join(', '))] : []),
    ...inPlace(extensions, 'client-hello'),
  ]
}

function serverHello({ random, version, cipherSuite, sessionId, extensions }: ServerHello, place: Place): Field[] {
  return [
    field('Version', version),
    ...(place === 'retry' ? [] : [field('Random', random)]),
    ...(sessionId.length > 0 ? [field('Session id', hex(sessionId))] : []),
    field('Cipher suite', cipherSuite),
    ...inPlace(extensions, place),
  ]
}

function certificateRequest(request: Extract<Spoken, { name: 'CertificateRequest' }>): Field[] {
  const { context, certificateTypes, signatureSchemes, authorities, extensions } = request
  if (certificateTypes.length === 0 && extensions.length > 0) {
    return [
      ...(context.length > 0 ? [field('Context', hex(context))] : []),
      ...(authorities.length === 0 ? [field('Authorities accepted', 'none is named, so any')] : []),
      ...inPlace(extensions, 'request'),
    ]
  }
  const names = authorities.map((name) => authorityName(name) ?? hex(name))
  return [
    field('Certificate types', ...certificateTypes),
    field('Signatures accepted (signature_algorithms)', ...signatureSchemes),
    field('Authorities accepted (certificate_authorities)', ...(names.length > 0 ? names : ['none is named, so any'])),
  ]
}

function certificates({ certificates, extensions }: Certificates, fingerprint: Fingerprint): Field[] {
  if (certificates.length === 0) return [field('Certificates', 'none')]
  return certificates.flatMap((der, i) => {
    const brief = certificateBrief(der)
    const lines = brief
      ? [
          `subject ${brief.subject}`,
          `issuer ${brief.issuer}`,
          `valid ${day(brief.notBefore)} to ${day(brief.notAfter)}`,
        ]
      : [`${der.length} bytes that are no certificate`]
    const title = i === 0 ? 'Certificate' : `Certificate ${i + 1}`
    return [field(title, ...lines, `SHA-256 ${fingerprint(der)}`), ...inPlace(extensions[i] ?? [], 'certificate')]
  })
}

const day = (time: string) => time.slice(0, 10)
