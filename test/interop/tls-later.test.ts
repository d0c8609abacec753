import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprint } from '../../electron/tls/chain-links.ts'
import { nodeCrypto } from '../../electron/tls/node-crypto.ts'
import { probe } from '../../electron/tls/probe.ts'
import { handshakeSteps } from '../../shared/tls/handshake-steps.ts'
import { certificateAsked, certificateAskedLater, messagesOf } from '../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../shared/tls/wire-reader.ts'
import { type Cast, type Client, identityOf, makeCast } from '../support/mtls-cast.ts'
import { tap } from '../support/tls-tap.ts'
import { scratch } from '../support/tools.ts'

/** What servers do after the handshake: ask for a certificate, handshake again, change keys. OpenSSL does it on call. */
const files = scratch()
const running: ChildProcess[] = []
let cast: Cast
beforeAll(() => {
  cast = makeCast()
  files.put('server.pem', `${cast.server.pem}${cast.server.keyPem}`)
  files.put('ca.pem', cast.clientRoot.pem)
  files.put('client.pem', `${cast.clients.good?.certificate.pem}${cast.clients.good?.certificate.keyPem}`)
})
afterAll(() => {
  for (const child of running) child.kill()
  files.remove()
})

const saidBy = (child: ChildProcess, pattern: RegExp) =>
  new Promise<RegExpExecArray>((resolve, reject) => {
    let text = ''
    const look = (chunk: Buffer) => {
      text += chunk
      const found = pattern.exec(text)
      if (found) resolve(found)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', () => reject(new Error(`ended: ${text}`)))
  })

/** A connection on which the server is told one command after the other, a line of text between them. */
async function withCommands(version: string, commands: readonly string[], ...client: string[]) {
  const args = [
    's_server',
    '-accept',
    '127.0.0.1:0',
    version,
    '-cert',
    files.path('server.pem'),
    '-no_resumption_on_reneg',
  ]
  const server = spawn('openssl', [...args, '-CAfile', files.path('ca.pem')], { stdio: 'pipe' })
  running.push(server)
  const [, port] = await saidBy(server, /ACCEPT 127\.0\.0\.1:(\d+)/)
  return tap(
    Number(port),
    (relay, keylog) => {
      const own = ['-cert', files.path('client.pem'), '-keylogfile', keylog, ...client]
      return ['openssl', 's_client', '-connect', `127.0.0.1:${relay}`, ...own]
    },
    async (child) => {
      await saidBy(server, /CIPHER is/)
      for (const [i, command] of commands.entries()) {
        server.stdin?.write(`${command}\n`)
        const arrived = saidBy(child, new RegExp(`here is line ${i}`))
        // OpenSSL waits for the client's answer to a command before it sends more.
        await new Promise((resolve) => setTimeout(resolve, 150))
        server.stdin?.write(`here is line ${i}\n`)
        await arrived
      }
      server.stdin?.write('Q\n')
    },
  )
}

describe('a server of OpenSSL', () => {
  it('that asks in a second handshake, once it has read the path, is told of in the attempt', async () => {
    const args = ['s_server', '-accept', '127.0.0.1:0', '-tls1_2', '-cert', files.path('server.pem')]
    const server = spawn('openssl', [...args, '-CAfile', files.path('ca.pem'), '-no_resumption_on_reneg'])
    running.push(server)
    const [, port] = await saidBy(server, /ACCEPT 127\.0\.0\.1:(\d+)/)
    const asked = saidBy(server, /GET \/orders/)
    const attempted = probe({
      url: `https://localhost:${port}/orders`,
      method: 'GET',
      headers: [],
      identity: identityOf(cast.clients.good as Client),
      trust: { caPem: cast.server.pem },
      timeoutMs: 5000,
    })
    await asked
    server.stdin.write('R\n')
    await new Promise((resolve) => setTimeout(resolve, 200))
    server.stdin.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')
    const attempt = await attempted
    expect(attempt).toMatchObject({
      certificateAsked: true,
      certificateAskedLater: true,
      certificateSent: true,
      acceptableAuthorities: ['CN=Acme Client Root,O=Acme Pay,C=GB'],
      http: { status: 200, body: 'hi' },
    })
    const says = Object.fromEntries(attempt.steps.map((step) => [step.name, step.says]))
    expect(says['client-asked']).toMatch(/^Only after the handshake: 1 authority named/)
    expect(says['client-sent']).toBe('Yes, with no certificates above it')
  })

  it('that asks for a certificate after the handshake of TLS 1.3 is seen to ask later', async () => {
    const wire = await withCommands('-tls1_3', ['c'], '-enable_pha')
    const transcript = await decodeTranscript(wire, nodeCrypto)
    expect(messagesOf(transcript, 'Closed')).toEqual([])
    expect([certificateAsked(transcript), certificateAskedLater(transcript)]).toEqual([false, true])
    expect(messagesOf(transcript, 'Certificate', 'client')).toMatchObject([{ certificates: [expect.anything()] }])
    const steps = handshakeSteps(transcript, fingerprint)
    const asks = steps.find(({ name }) => name === 'CertificateRequest')
    expect(asks?.says).toBe('asks for a certificate after the handshake; accepts 1 authority')
    expect(asks?.fields.map(({ name }) => name)).toContain('Context')
    expect(steps[0]?.fields.map(({ name }) => name)).toContain('Certificate on demand (post_handshake_auth)')
  })

  it('that handshakes again in TLS 1.2 and then asks is followed behind both encryptions', async () => {
    const wire = await withCommands('-tls1_2', ['R', 'r'], '-no_ticket')
    const transcript = await decodeTranscript(wire, nodeCrypto)
    expect(messagesOf(transcript, 'Closed')).toEqual([])
    expect(messagesOf(transcript, 'HelloRequest')).toHaveLength(2)
    expect(messagesOf(transcript, 'ClientHello').map(({ encrypted }) => encrypted)).toEqual([false, true, true])
    expect(messagesOf(transcript, 'Finished')).toHaveLength(6)
    expect([certificateAsked(transcript), certificateAskedLater(transcript)]).toEqual([false, true])
    expect(messagesOf(transcript, 'ApplicationData', 'server').reduce((sum, { bytes }) => sum + bytes, 0)).toBe(30)
  })

  it('that changes its keys in TLS 1.3 is followed, and the client that has to do the same', async () => {
    const wire = await withCommands('-tls1_3', ['k', 'K', 'k'])
    const transcript = await decodeTranscript(wire, nodeCrypto)
    expect(messagesOf(transcript, 'Closed')).toEqual([])
    expect(messagesOf(transcript, 'KeyUpdate').map(({ from, wantsOurs }) => [from, wantsOurs])).toEqual(
      expect.arrayContaining([
        ['server', false],
        ['server', true],
        ['client', false],
      ]),
    )
    expect(messagesOf(transcript, 'ApplicationData', 'server').reduce((sum, { bytes }) => sum + bytes, 0)).toBe(45)
  })
})
