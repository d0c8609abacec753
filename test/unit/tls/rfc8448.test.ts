import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { RecordKeys, webCrypto } from '../../../shared/tls/key-schedule.ts'
import { tls13Suites } from '../../../shared/tls/registry.ts'
import {
  certificateAsked,
  certificateRequest,
  certificatesSent,
  decodeTranscript,
  endingAlert,
} from '../../../shared/tls/transcript.ts'

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const trace = JSON.parse(
  readFileSync(new URL('../../fixtures/tls/rfc8448-client-authentication.json', import.meta.url), 'utf8'),
) as { sent: string[]; received: string[]; keylog: string[] }
const wire = { sent: bytes(trace.sent.join('')), received: bytes(trace.received.join('')), keylog: trace.keylog }

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
    const suite = tls13Suites[0x1301]
    if (!suite) throw new Error('suite missing')
    const keys = await RecordKeys.of(webCrypto, suite, bytes(secret))
    expect(Buffer.from(keys.key).toString('hex')).toBe(key)
    expect(Buffer.from(keys.iv).toString('hex')).toBe(iv)
  })

  it('open the client’s Finished record and take off its type and padding', async () => {
    const suite = tls13Suites[0x1301]
    if (!suite) throw new Error('suite missing')
    const record = bytes(
      '170303003575ec4dc238cce60b298044a71e219c56cc77b0517fe9b93c7a4bfc44d87f38f80338ac98fc46deb384bd1caeacab6867d726c40546',
    )
    const keys = await RecordKeys.of(webCrypto, suite, bytes(vectors[0]?.secret ?? ''))
    const opened = await keys.open(record.subarray(0, 5), record.subarray(5))
    expect(opened?.type).toBe(22)
    expect(Buffer.from(opened?.content ?? []).toString('hex')).toMatch(/^14000020/)
  })
})

describe('the client authentication trace of RFC 8448 section 6', () => {
  it('decodes to the handshake of RFC 8446 figure 1 with a certificate asked for and sent', async () => {
    const transcript = await decodeTranscript(wire)
    expect(transcript).toMatchObject({ speaks: 'tls', version: 'TLSv1.3', suite: 'TLS_AES_128_GCM_SHA256' })
    expect(transcript.closedRecords).toBe(0)
    expect(transcript.messages.map((m) => `${m.from} ${m.name}`)).toEqual([
      'client ClientHello',
      'client Certificate',
      'client CertificateVerify',
      'client Finished',
      'server ServerHello',
      'server EncryptedExtensions',
      'server CertificateRequest',
      'server Certificate',
      'server CertificateVerify',
      'server Finished',
    ])
    expect(certificateAsked(transcript)).toBe(true)
    expect(certificatesSent(transcript)?.map((der) => new X509Certificate(der).subject)).toEqual(['CN=client'])
    expect(transcript.alerts.map((a) => `${a.from} ${a.alert}`)).toEqual(['client close_notify', 'server close_notify'])
    expect(endingAlert(transcript)).toBeUndefined()
  })

  it('names what the client offered and what the server accepts', async () => {
    const transcript = await decodeTranscript(wire)
    const hello = transcript.messages.find((m) => m.name === 'ClientHello')
    expect(hello).toMatchObject({
      serverName: 'server',
      versions: ['TLSv1.3'],
      cipherSuites: ['TLS_AES_128_GCM_SHA256', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_256_GCM_SHA384'],
    })
    const request = certificateRequest(transcript)
    expect(request?.authorities).toEqual([])
    expect(request?.signatureSchemes.slice(0, 5)).toEqual([
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ecdsa_sha1',
      'rsa_pss_rsae_sha256',
    ])
    expect(transcript.messages.filter((m) => m.name === 'CertificateVerify')).toMatchObject([
      { from: 'client', scheme: 'rsa_pss_rsae_sha256' },
      { from: 'server', scheme: 'ecdsa_secp256r1_sha256' },
    ])
  })

  it('says that it does not know, rather than no, without the key log', async () => {
    const transcript = await decodeTranscript({ ...wire, keylog: [] })
    expect(certificateAsked(transcript)).toBeUndefined()
    expect(certificatesSent(transcript)).toBeUndefined()
    expect(transcript.closedRecords).toBe(4)
  })

  it('does not open a record that was changed on the way', async () => {
    const received = wire.received.slice()
    received[received.length - 40] = (received[received.length - 40] ?? 0) ^ 1
    const transcript = await decodeTranscript({ ...wire, received })
    expect(certificateAsked(transcript)).toBeUndefined()
  })
})

describe('a HelloRetryRequest (RFC 8448 section 5)', () => {
  it('is told apart from a ServerHello and leaves the version open', async () => {
    const received = bytes(
      '16030300b0020000ac0303cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c001301000084003300020017002c0074007271dcd04bb88bc3189119398a00000000eefafc76c146b823b096f8aacad365dd0030953f4edf625636e5f21bb2e23fcc654b1b5b40318d10d137abcbb87574e36e8a1f025f7dfa5d6e50781b5eda4aa15b0c8be778257d16aa3030e9e7841dd9e4c0342267e8ca0caf571fb2b7cff0f934b0002b00020304',
    )
    const transcript = await decodeTranscript({ sent: new Uint8Array(0), received, keylog: [] })
    expect(transcript.messages).toMatchObject([{ name: 'HelloRetryRequest', version: 'TLSv1.3', group: 'secp256r1' }])
    expect(transcript.version).toBeUndefined()
  })
})
