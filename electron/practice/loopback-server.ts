import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** What a practice page answers. A text body is sent as it is, anything else as JSON. */
export type Answer = { status: number; headers?: Record<string, string>; body: string | object }

export type Asked = {
  method: string
  /** Path without query, still percent-encoded. */
  path: string
  headers: IncomingMessage['headers']
  body: string
  /** The TLS connection it came over. */
  message: IncomingMessage
}

/** Largest request body that is read; a request or certificate has a few KiB. */
export const maxBodyBytes = 64 * 1024
/** Anything else is not loopback: the practice provider signs whatever fits its rules, which is nobody else's business. */
const loopback = ['127.0.0.1', '::1']

export type LoopbackServer = { port: number; close(): Promise<void> }

/**
 * An HTTPS server on this computer only. Headers, bodies, connections and times are bounded; a handler that throws is
 * answered with 500 and nothing of the error. `close` ends every connection, also those in the middle of a handshake.
 */
export async function listenOnLoopback(
  tls: ServerOptions,
  handle: (asked: Asked) => Promise<Answer> | Answer,
  { host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {},
): Promise<LoopbackServer> {
  if (!loopback.includes(host)) throw new Error('the practice provider listens on loopback addresses only')
  const server = createServer({ ...tls, handshakeTimeout: 10_000, maxHeaderSize: 16 * 1024 }, (message, response) => {
    void serve(message, response, handle)
  })
  server.headersTimeout = 10_000
  server.requestTimeout = 15_000
  server.keepAliveTimeout = 2_000
  server.maxConnections = 64
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    // A ticket tells a TLS 1.3 client at once that its certificate was taken. None is ever good for a second connection,
    // so that each shakes hands in full: a resumed one would show no certificate request to learn from.
    server.setTicketKeys(randomBytes(48))
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  // A client that breaks off its handshake is the everyday case here, not a fault of the server.
  server.on('tlsClientError', (_, socket) => socket.destroy())
  server.on('clientError', (_, socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        for (const socket of sockets) socket.destroy()
      }),
  }
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  handle: (asked: Asked) => Promise<Answer> | Answer,
): Promise<void> {
  message.on('error', () => undefined)
  response.on('error', () => undefined)
  const body = await readBody(message)
  if (body === 'aborted') return
  if (body === 'too-large')
    return send(message, response, {
      status: 413,
      headers: { connection: 'close' },
      body: { practice: true, error: `The body is larger than ${maxBodyBytes / 1024} KiB.` },
    })
  const path = (message.url ?? '/').split('?', 1)[0]!
  try {
    send(
      message,
      response,
      await handle({ method: message.method ?? 'GET', path, headers: message.headers, body: body.text, message }),
    )
  } catch {
    send(message, response, { status: 500, body: { practice: true, error: 'The practice provider failed.' } })
  }
}

function send(message: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (response.headersSent || response.destroyed) return
  const isText = typeof answer.body === 'string'
  const bytes = Buffer.from(isText ? (answer.body as string) : `${JSON.stringify(answer.body, null, 2)}\n`)
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
    'x-practice': 'true',
    ...answer.headers,
    'content-length': bytes.length,
  })
  response.end(message.method === 'HEAD' ? undefined : bytes)
}

async function readBody(message: IncomingMessage): Promise<{ text: string } | 'too-large' | 'aborted'> {
  const parts: Buffer[] = []
  let size = 0
  try {
    for await (const part of message) {
      size += (part as Buffer).length
      // The rest stays unread: the answer says so and the connection closes.
      if (size > maxBodyBytes) return 'too-large'
      parts.push(part as Buffer)
    }
  } catch {
    return 'aborted'
  }
  return { text: Buffer.concat(parts).toString('utf8') }
}
