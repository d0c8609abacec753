import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type CrlServer = { url: string; close(): Promise<void> }

/**
 * Serves a revocation list over plain http, as RFC 5280 section 4.2.1.13 has it: the list is signed, and a server that
 * needs it to check certificates cannot be asked for one. Loopback only.
 */
export async function serveList(list: () => Promise<Uint8Array | undefined>): Promise<CrlServer> {
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (message, response) => {
    message.resume()
    void (async () => {
      const der = message.url === '/list.crl' ? await list() : undefined
      const good = der !== undefined && (message.method === 'GET' || message.method === 'HEAD')
      const body = good ? Buffer.from(der) : Buffer.from('There is no list here.\n')
      response.writeHead(good ? 200 : 404, {
        'content-type': good ? 'application/pkix-crl' : 'text/plain; charset=utf-8',
        'content-length': body.length,
        'cache-control': 'no-store',
      })
      response.end(message.method === 'HEAD' ? undefined : body)
    })().catch(() => response.destroy())
  })
  server.maxConnections = 32
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.crl`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
