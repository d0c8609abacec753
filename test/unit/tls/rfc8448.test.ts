import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../../electron/tls/node-crypto.ts'
import { suiteOf } from '../../../shared/tls/cipher-suites.ts'
import { extensionOf, protocolsIn } from '../../../shared/tls/extensions.ts'
import { RecordKeys } from '../../../shared/tls/key-schedule.ts'
import { webCrypto } from '../../../shared/tls/tls-crypto.ts'
import {
  certificateAsked,
  certificateRequest,
  certificatesSent,
  endingAlert,
  messagesOf,
  type Transcript,
} from '../../../shared/tls/transcript.ts'
import { decodeTranscript, WireReader } from '../../../shared/tls/wire-reader.ts'
import { bytes, rfc8448 } from './fixtures.ts'

const told = (transcript: Transcript) => transcript.messages.map((m) => `${m.from} ${m.name}`)
const aes128 = () => {
  const suite = suiteOf(0x1301)
  if (!suite || 'mac' in suite) throw new Error('suite missing')
  return suite
}

describe('the traffic keys of RFC 8446 section 7.3', () => {
  // Figures of RFC 8448 section 3.
  const vectors = [
    {
      of: 'client handshake',
      secret: 'b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21',
      key: 'dbfaa693d1762c5b666af5d950258d01',
      iv: '5bd3c71b836e0b76bb73265f',
    },
    {
      of: 'client application',
      secret: '9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5',
      key: '17422dda596ed5d9acd890e3c63f5051',
      iv: '5b78923dee08579033e523d9',
    },
  ]
  it.each(vectors)('come out as RFC 8448 prints them for $of data', async ({ secret, key, iv }) => {
    const keys = await new RecordKeys(webCrypto, aes128(), bytes(secret)).keys()
    expect(Buffer.from(keys.key).toString('hex')).toBe(key)
    expect(Buffer.from(keys.iv).toString('hex')).toBe(iv)
  })

  it('open the client’s Finished record and take off its type and padding', async () => {
    const record = bytes(
      '170303003575ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44d87f38f80338ac98fc46deb384bd1caeacab6867d726c40546',
    )
    const keys = new RecordKeys(webCrypto, aes128(), bytes(vectors[0]?.secret ?? ''))
    const opened = await keys.open({ type: 23, header: record.subarray(0, 5), fragment: record.subarray(5) })
    expect(opened?.type).toBe(22)
    expect(Buffer.from(opened?.content ?? []).toString('hex')).toMatch(/^14000020/)
  })
})

describe.each([
  ['WebCrypto', webCrypto],
  ['Node’s crypto', nodeCrypto],
])('the traces of RFC 8448, with %s', (_, use) => {
  it('section 3 is a simple handshake with a ticket and data both ways', async () => {
    const transcript = await decodeTranscript(rfc8448('simple'), use)
    expect(transcript).toMatchObject({ speaks: 'tls', version: 'TLSv1.3', suite: 'TLS_AES_128_GCM_SHA256' })
    expect(told(transcript)).toEqual([
      'client ClientHello',
      'server ServerHello',
      'server EncryptedExtensions',
      'server Certificate',
      'server CertificateVerify',
      'server Finished',
      'client Finished',
      'server NewSessionTicket',
      'client ApplicationData',
      'server ApplicationData',
      'client Alert',
      'server Alert',
    ])
    expect(transcript.messages.map((m) => m.encrypted)).toEqual([false, false, ...Array(10).fill(true)])
    expect(messagesOf(transcript, 'NewSessionTicket')).toMatchObject([{ lifetimeSeconds: 30, ticketBytes: 178 }])
    expect(messagesOf(transcript, 'ApplicationData')).toMatchObject([
      { from: 'client', records: 1, bytes: 50 },
      { from: 'server', records: 1, bytes: 50 },
    ])
    expect(certificateAsked(transcript)).toBe(false)
  })

  it('section 5 is asked for another hello before the ServerHello', async () => {
    const transcript = await decodeTranscript(rfc8448('hello-retry'), use)
    expect(told(transcript)).toEqual([
      'client ClientHello',
      'server HelloRetryRequest',
      'client ClientHello',
      'server ServerHello',
      'server EncryptedExtensions',
      'server Certificate',
      'server CertificateVerify',
      'server Finished',
      'client Finished',
      'client Alert',
      'server Alert',
    ])
    expect(transcript.version).toBe('TLSv1.3')
    const [retry] = messagesOf(transcript, 'HelloRetryRequest')
    expect(retry?.extensions.map(({ number }) => number)).toEqual([51, 44, 43])
  })

  it('section 7 puts ChangeCipherSpec in between, which changes nothing', async () => {
    const transcript = await decodeTranscript(rfc8448('compatibility'), use)
    expect(told(transcript)).toEqual([
      'client ClientHello',
      'server ServerHello',
      'server ChangeCipherSpec',
      'server EncryptedExtensions',
      'server Certificate',
      'server CertificateVerify',
      'server Finished',
      'client ChangeCipherSpec',
      'client Finished',
      'client Alert',
      'server Alert',
    ])
    expect(messagesOf(transcript, 'ClientHello')[0]?.sessionId).toHaveLength(32)
  })

  it('section 6 asks for a certificate and gets one', async () => {
    const transcript = await decodeTranscript(rfc8448('client-authentication'), use)
    expect(told(transcript)).toEqual([
      'client ClientHello',
      'server ServerHello',
      'server EncryptedExtensions',
      'server CertificateRequest',
      'server Certificate',
      'server CertificateVerify',
      'server Finished',
      'client Certificate',
      'client CertificateVerify',
      'client Finished',
      'client Alert',
      'server Alert',
    ])
    expect(certificateAsked(transcript)).toBe(true)
    expect(certificatesSent(transcript)?.map((der) => new X509Certificate(der).subject)).toEqual(['CN=client'])
    expect(messagesOf(transcript, 'Alert').map((a) => a.alert)).toEqual(['close_notify', 'close_notify'])
    expect(endingAlert(transcript)).toBeUndefined()
    const request = certificateRequest(transcript)
    expect(request?.authorities).toEqual([])
    expect(request?.signatureSchemes.slice(0, 5)).toEqual([
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ecdsa_sha1',
      'rsa_pss_rsae_sha256',
    ])
    expect(messagesOf(transcript, 'CertificateVerify')).toMatchObject([
      { from: 'server', scheme: 'ecdsa_secp256r1_sha256' },
      { from: 'client', scheme: 'rsa_pss_rsae_sha256' },
    ])
  })
})

describe('a trace', () => {
  it('decodes alike in single bytes, in one read or in many', async () => {
    const wire = rfc8448('compatibility')
    const whole = await decodeTranscript(wire)
    const untimed = ({ messages, ...rest }: Transcript) => ({ ...rest, messages: messages.map(({ atMs, ...m }) => m) })
    const pieces = (wire.pieces ?? []).flatMap(({ from, bytes, atMs }) =>
      Array.from({ length: bytes }, () => ({ from, bytes: 1, atMs })),
    )
    expect(untimed(await decodeTranscript({ ...wire, pieces }))).toEqual(untimed(whole))
    const reader = new WireReader()
    for (let i = 0; i < pieces.length; i += 50) await reader.read({ ...wire, pieces: pieces.slice(0, i) })
    expect(untimed(await reader.read({ ...wire, pieces }))).toEqual(untimed(whole))
  })

  it('decodes without times too: the server’s part then stands before the client’s answer', async () => {
    const { sent, received, keylog } = rfc8448('client-authentication')
    const transcript = await decodeTranscript({ sent, received, keylog })
    expect(told(transcript).slice(0, 3)).toEqual([
      'client ClientHello',
      'server ServerHello',
      'server EncryptedExtensions',
    ])
    expect(transcript.messages.every((message) => message.atMs === undefined)).toBe(true)
    expect(certificatesSent(transcript)).toHaveLength(1)
  })

  it('dates each message by the piece that completed it', async () => {
    const transcript = await decodeTranscript(rfc8448('client-authentication'))
    expect(transcript.messages.map((m) => m.atMs)).toEqual([1, 2, 3, 3, 3, 3, 3, 4, 4, 4, 5, 6])
  })

  it('says that it does not know, rather than no, without the key log', async () => {
    const transcript = await decodeTranscript({ ...rfc8448('client-authentication'), keylog: [] })
    expect(certificateAsked(transcript)).toBeUndefined()
    expect(certificatesSent(transcript)).toBeUndefined()
    expect(messagesOf(transcript, 'Closed').map(({ from, records }) => [from, records])).toEqual([
      ['server', 1],
      ['client', 2],
      ['server', 1],
    ])
  })

  it('does not open a record that was changed on the way', async () => {
    const wire = rfc8448('client-authentication')
    const received = wire.received.slice()
    received[received.length - 40] = (received[received.length - 40] ?? 0) ^ 1
    expect(certificateAsked(await decodeTranscript({ ...wire, received }))).toBeUndefined()
  })

  it('offers what the RFC’s client offered', async () => {
    const [hello] = messagesOf(await decodeTranscript(rfc8448('simple')), 'ClientHello')
    expect(hello?.suites).toEqual([0x1301, 0x1303, 0x1302])
    expect(extensionOf(hello?.extensions ?? [], 35)).toHaveLength(0)
    expect(protocolsIn(extensionOf(hello?.extensions ?? [], 16))).toEqual([])
  })
})
