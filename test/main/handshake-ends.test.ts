import { connect, createServer, type Socket } from 'node:net'
import { createSecureContext, connect as tlsConnect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HandshakeEnd, shakeHandsAsServer } from '../../electron/webhooks/handshake.ts'
import { issue } from '../support/throwaway-pki.ts'

const own = issue({ subject: ['CN=localhost'], purposes: ['serverAuth'], sans: ['IP:127.0.0.1'] })
const secureContext = createSecureContext({ cert: own.pem, key: own.keyPem })
const ends: HandshakeEnd[] = []
const told: ((end: HandshakeEnd) => void)[] = []
const server = createServer((socket: Socket) => {
  socket.on('error', () => undefined)
  void shakeHandsAsServer(socket, { secureContext, minVersion: 'TLSv1.2', refuseWithout: true, deadlineMs: 400 }).then(
    (end) => {
      const tell = told.shift()
      if (tell) tell(end)
      else ends.push(end)
    },
  )
})
let port: number
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  port = (server.address() as { port: number }).port
})
afterAll(() => server.close())

const next = () =>
  new Promise<HandshakeEnd>((resolve) => {
    const first = ends.shift()
    if (first) resolve(first)
    else told.push(resolve)
  })
const why = async () => {
  const end = await next()
  return end.stands ? 'stands' : end.why.code
}

/** A ClientHello as OpenSSL writes it, from a client that goes no further. */
async function hello(): Promise<Buffer> {
  const wire = await new Promise<Buffer>((resolve) => {
    const listening = createServer((socket) => socket.once('data', (chunk) => resolve(chunk)))
    listening.listen(0, '127.0.0.1', () => {
      const { port: to } = listening.address() as { port: number }
      const client = tlsConnect({ port: to, host: '127.0.0.1' }).on('error', () => undefined)
      listening.once('connection', () => setTimeout(() => client.destroy(), 50))
      listening.once('connection', () => setTimeout(() => listening.close(), 60))
    })
  })
  return wire
}

describe('a handshake that takes too long', () => {
  it('is told from one that never began', async () => {
    const silent = connect(port, '127.0.0.1')
    expect(await why()).toBe('arrival.silent')
    silent.destroy()
  })

  it('is told where the first message does not come whole', async () => {
    const first = await hello()
    const half = connect(port, '127.0.0.1')
    half.on('error', () => undefined).write(first.subarray(0, 60))
    expect(await why()).toBe('arrival.no-hello')
    half.destroy()
  })

  it('is told where nothing follows the first message', async () => {
    const first = await hello()
    const slow = connect(port, '127.0.0.1')
    slow.on('error', () => undefined).write(first)
    expect(await why()).toBe('arrival.slow')
    slow.destroy()
  })

  it('is told from one that the caller broke off', async () => {
    const first = await hello()
    const gone = connect(port, '127.0.0.1')
    gone.on('error', () => undefined).write(first, () => setTimeout(() => gone.destroy(), 30))
    expect(await why()).toBe('arrival.broke-off')
  })
})
