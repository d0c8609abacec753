import { certificateBrief } from './certificate-brief.ts'
import { extensionOf, numbersIn, protocolsIn, serverNameIn } from './extensions.ts'
import type { ClientHello, ServerHello } from './handshake-messages.ts'
import { groupName, versionName } from './registry.ts'
import type { Side, Spoken } from './transcript.ts'

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** What is known besides the message itself. */
export type Around = { from: Side; version?: string; afterHandshake: boolean }

/** One line in plain words, whose subject is the side that sent the message. No application data is ever in it. */
export function saysOf(message: Spoken, { from, version, afterHandshake }: Around): string {
  switch (message.name) {
    case 'HelloRequest':
      return 'asks for another handshake'
    case 'ClientHello':
      return helloWords(message)
    case 'HelloRetryRequest':
      return retryWords(message)
    case 'ServerHello':
      return chosenWords(message)
    case 'EncryptedExtensions': {
      const [protocol] = protocolsIn(extensionOf(message.extensions, 16))
      return protocol ? `agrees on ${protocol}` : 'names no application protocol'
    }
    case 'CertificateRequest': {
      const named = message.authorities.length
      const accepts = named === 0 ? 'names no authority' : `accepts ${count(named, 'authority', 'authorities')}`
      return `asks for a certificate${afterHandshake ? ' after the handshake' : ''}; ${accepts}`
    }
    case 'Certificate':
      return certificateWords(message.certificates, from)
    case 'CompressedCertificate':
      return `shows a compressed certificate of ${count(message.plainBytes, 'byte')}`
    case 'CertificateStatus':
      return `adds an OCSP answer of ${count(message.responseBytes, 'byte')}`
    case 'CertificateVerify':
      return `proves that it holds the key, with ${message.scheme}`
    case 'ServerKeyExchange':
      return `gives its key share, ${message.group}${message.scheme ? `, signed with ${message.scheme}` : ', unsigned'}`
    case 'ClientKeyExchange':
      return message.exchange === 'RSA' ? 'sends a secret sealed for the server’s key' : 'gives its key share'
    case 'ServerHelloDone':
      return 'has said all of its part'
    case 'EndOfEarlyData':
      return 'ends its early data'
    case 'ChangeCipherSpec':
      return version === 'TLSv1.3' ? 'looks like TLS 1.2 to old middleboxes' : 'encrypts from here on'
    case 'Finished':
      return 'confirms the whole handshake'
    case 'NewSessionTicket':
      return `gives a ticket to resume the session, good for ${duration(message.lifetimeSeconds)}`
    case 'KeyUpdate':
      return message.wantsOurs ? 'changes its key and asks for the same' : 'changes its key'
    case 'Alert':
      return alertWords(message)
    case 'ApplicationData':
      return `sends ${count(message.records, 'record')} of application data`
    case 'Closed':
      return `sends ${count(message.records, 'record')} that stay closed here: no key opens them`
    case 'OtherRecord':
      return `sends a record of type ${message.type}`
    case 'Other':
      return `sends a message of type ${message.type}`
    case 'Malformed':
      return `sends a message of type ${message.type} that cannot be read`
    case 'End':
      return message.how === 'reset' ? 'breaks the connection off (TCP reset)' : 'closes the connection'
  }
}

function helloWords({ extensions, legacyVersion }: ClientHello): string {
  const offered = numbersIn(extensionOf(extensions, 43), 1).map(versionName)
  const versions = offered.length > 0 ? offered.join(' and ') : versionName(legacyVersion)
  const name = serverNameIn(extensionOf(extensions, 0))
  const resumes = extensionOf(extensions, 41) || (extensionOf(extensions, 35)?.length ?? 0) > 0
  return `offers ${versions} ${name ? `to ${name}` : 'and names no server'}${resumes ? ', with a session to resume' : ''}`
}

const shareGroup = (extensions: ServerHello['extensions']) => {
  const share = extensionOf(extensions, 51)
  return share && share.length >= 2 ? groupName(((share[0] ?? 0) << 8) | (share[1] ?? 0)) : undefined
}

function retryWords({ extensions }: ServerHello): string {
  const group = shareGroup(extensions)
  return group ? `asks for another hello, with a key share for ${group}` : 'asks for another hello, with its cookie'
}

function chosenWords({ version, cipherSuite, extensions }: ServerHello): string {
  const group = shareGroup(extensions)
  const resumed = extensionOf(extensions, 41) ? ', resumes the session' : ''
  return `chooses ${version}, ${cipherSuite}${group ? `, ${group}` : ''}${resumed}`
}

function certificateWords(certificates: readonly Uint8Array[], from: Side): string {
  const [own, ...above] = certificates
  if (!own) return from === 'client' ? 'answers with no certificate' : 'shows no certificate'
  const subject = certificateBrief(own)?.subject ?? 'something that is no certificate'
  const more = above.length > 0 ? `, with ${above.length} above it` : ''
  return `${from === 'client' ? 'answers with' : 'shows'} ${subject || 'a certificate without a name'}${more}`
}

function alertWords({ level, number, alert }: Extract<Spoken, { name: 'Alert' }>): string {
  if (number === 0) return 'says that it is done (close_notify)'
  return level === 'fatal' ? `refuses: ${alert} (alert ${number})` : `warns: ${alert} (alert ${number})`
}

function duration(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return count(seconds / 86_400, 'day')
  if (seconds >= 3600 && seconds % 3600 === 0) return count(seconds / 3600, 'hour')
  return seconds >= 60 && seconds % 60 === 0 ? count(seconds / 60, 'minute') : count(seconds, 'second')
}
