import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Cast } from '../../support/mtls-cast.ts'

/** One request as it arrived, with the fingerprints of what the caller presented. */
export type Arrived = {
  chain: string[]
  method: string
  url: string
  headers: Record<string, unknown>
  body: string
}

/** A server that demands a certificate of the authority given, for one call. It says what arrived. */
export async function withServer<T>(
  cast: Cast,
  clientCa: string,
  use: (port: number, seen: readonly Arrived[]) => Promise<T>,
): Promise<T> {
  const seen: Arrived[] = []
  const tls = { cert: cast.serverPem, key: cast.server.keyPem, ca: clientCa, requestCert: true }
  const server = createServer({ ...tls, rejectUnauthorized: true }, async (request, response) => {
    const chain: string[] = []
    for (let one = (request.socket as TLSSocket).getPeerCertificate(true); one?.raw; one = one.issuerCertificate) {
      if (chain.includes(one.fingerprint256)) break
      chain.push(one.fingerprint256)
    }
    let body = ''
    for await (const piece of request) body += piece
    seen.push({ chain, method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    response.end('welcome')
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  try {
    return await use((server.address() as AddressInfo).port, seen)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
