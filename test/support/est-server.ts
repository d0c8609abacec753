import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { makeAuthority } from '../../shared/authority/new-authority.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { writePkcs7 } from '../../shared/pki/pkcs7-writer.ts'
import { buildRequest, createAuthority, issueFromRequest } from '../../shared/pki/x509.ts'

/** How the server behaves; `usual` follows the examples of RFC 7030 appendix A. */
export type EstManner =
  | 'usual'
  /** RFC 8951: no transfer encoding named, and no line breaks. */
  | 'one line'
  | 'der'
  /** Two answers 202 with `Retry-After`, then the certificate. */
  | 'approves soon'
  | 'approves later'
  | 'refuses'
  | 'other key'
  | 'other issuer'
  | 'sign-in page'
  | 'endless'
  | 'silent'
  | 'moved'

export type EstSeen = {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
  client: boolean
}

export type EstServer = {
  url: string
  /** What its server certificate comes from. */
  serverCaPem: string
  caPem: string
  /** Client certificates of this one are taken in place of a password. */
  clientCa: Awaited<ReturnType<typeof createAuthority>>
  seen: EstSeen[]
  manner: EstManner
  close(): Promise<void>
}

export const estUser = 'estuser'
export const estPassword = 'estpwd'

/** A small EST server (RFC 7030): `/cacerts` and `/simpleenroll`, with and without the label `office`. */
export async function estServer(now: Date): Promise<EstServer> {
  const authority = (commonName: string) => createAuthority({ commonName, key: 'ec-p256', days: 90, now })
  const [stranger, servers, clientCa] = await Promise.all(['EST CA', 'Servers of EST', 'Clients of EST'].map(authority))
  const plan = { name: 'EST', commonName: 'EST Root', key: 'ec-p256' as const, years: 5, askEachTime: false }
  const made = await makeAuthority({ ...plan, issuing: { commonName: 'EST CA', years: 2 } }, now)
  const [ca, root] = [made?.issuing, made?.root]
  const own = await generateKey('ec-p256')
  const subject = [{ type: 'CN', value: 'localhost' }]
  const subjectAltNames = ['DNS:localhost', 'IP:127.0.0.1']
  const request = await buildRequest({ pkcs8: own.pkcs8, key: 'ec-p256', subject, subjectAltNames })
  const issueBy = async (
    by: typeof ca | typeof stranger,
    requestDer: Bytes,
    purposes: ('clientAuth' | 'serverAuth')[],
  ) => {
    const issued = await issueFromRequest({ authority: by!, requestDer, days: 30, now, purposes })
    if (!issued.ok) throw new Error(issued.problem.code)
    return issued.value.der
  }
  const serverDer = await issueBy(servers, request.der, ['serverAuth'])
  const strangersRequest = await buildRequest({ ...own, key: 'ec-p256', subject, subjectAltNames: [] })

  const server = createServer({
    cert: toPem('CERTIFICATE', serverDer),
    key: toPem('PRIVATE KEY', own.pkcs8),
    ca: toPem('CERTIFICATE', clientCa!.certificateDer),
    requestCert: true,
    rejectUnauthorized: false,
  })
  let rounds = 0

  const sendCerts = (reply: ServerResponse, ders: Bytes[]) => {
    const der = Buffer.from(writePkcs7(ders))
    if (state.manner === 'der') {
      reply.writeHead(200, { 'Content-Type': 'application/pkcs7-mime' }).end(der)
      return
    }
    const text = der.toString('base64')
    if (state.manner === 'one line') {
      reply.writeHead(200, { 'Content-Type': 'application/pkcs7-mime; smime-type=certs-only' }).end(text)
      return
    }
    const headers = {
      'Content-Type': 'application/pkcs7-mime; smime-type=certs-only',
      'Content-Transfer-Encoding': 'base64',
    }
    reply.writeHead(200, headers).end(`${text.match(/.{1,64}/g)?.join('\r\n')}\r\n`)
  }

  async function answer(asked: IncomingMessage, reply: ServerResponse, body: string) {
    const client = (asked.socket as TLSSocket).authorized
    const path = asked.url ?? ''
    state.seen.push({ method: asked.method ?? '', path, headers: asked.headers, body, client })
    const operation = /^\/\.well-known\/est(?:\/office)?\/(cacerts|simpleenroll)$/.exec(path)?.[1]
    if (!operation) return void reply.writeHead(404).end()
    if (state.manner === 'silent') return
    if (state.manner === 'moved') return void reply.writeHead(302, { Location: 'https://evil.example/' }).end()
    if (state.manner === 'endless') {
      reply.writeHead(200, { 'Content-Type': 'application/pkcs7-mime' })
      const more = () => {
        while (!reply.destroyed && reply.write('A'.repeat(65_536)));
        if (!reply.destroyed) reply.once('drain', more)
      }
      return more()
    }
    if (state.manner === 'sign-in page') {
      return void reply.writeHead(200, { 'Content-Type': 'text/html' }).end('<html><form>Sign in</form></html>')
    }
    if (operation === 'cacerts') {
      // The order means nothing.
      return sendCerts(reply, [root!.certificateDer, ca!.certificateDer])
    }
    const basic = Buffer.from(`${estUser}:${estPassword}`).toString('base64')
    if (!client && asked.headers.authorization !== `Basic ${basic}`) {
      return void reply.writeHead(401, { 'WWW-Authenticate': 'Basic realm="estrealm"' }).end()
    }
    if (asked.headers['content-type'] !== 'application/pkcs10') return void reply.writeHead(415).end()
    if (state.manner === 'refuses') {
      const text = { 'Content-Type': 'text/plain' }
      return void reply.writeHead(400, text).end('The common name is not in our directory\u202e\n')
    }
    if (state.manner === 'approves later') return void reply.writeHead(202, { 'Retry-After': '600' }).end()
    if (state.manner === 'approves soon' && rounds++ < 2) {
      return void reply.writeHead(202, { 'Retry-After': '0' }).end()
    }
    rounds = 0
    const requestDer = new Uint8Array(Buffer.from(body, 'base64'))
    const by = state.manner === 'other issuer' ? stranger : ca
    const wanted = state.manner === 'other key' ? strangersRequest.der : requestDer
    sendCerts(reply, [await issueBy(by, wanted, ['clientAuth'])])
  }

  server.on('request', (asked, reply) => {
    let body = ''
    asked.setEncoding('latin1').on('data', (part: string) => {
      body += part
    })
    asked.on('end', () => void answer(asked, reply, body).catch(() => reply.writeHead(400).end()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const state: EstServer = {
    url: `https://localhost:${port}`,
    serverCaPem: toPem('CERTIFICATE', servers!.certificateDer),
    caPem: toPem('CERTIFICATE', ca!.certificateDer),
    clientCa: clientCa!,
    seen: [],
    manner: 'usual',
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return state
}
