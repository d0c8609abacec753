// A TLS server on plain Node for tests: run as a process of its own, so that it stays OpenSSL when the tests run in
// Electron. Reads its wishes as JSON from the file in the first argument, prints its port.
import { constants } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createPlain } from 'node:http'
import { createServer } from 'node:https'
import { createServer as createTcp } from 'node:net'

const wish = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const answer = (request, response) => {
  const { authorized } = request.socket
  if (request.url === '/status/401') response.statusCode = 401
  if (request.url === '/status/403') response.statusCode = 403
  if (request.url === '/status/503') response.statusCode = 503
  if (request.url === '/redirect') response.writeHead(302, { location: 'https://elsewhere.invalid/' })
  if (request.url === '/silent') return
  if (request.url === '/asks-later') {
    // Only TLS 1.2 knows this: the same connection shakes hands again, now asking for a certificate.
    return void request.socket.renegotiate({ requestCert: true, rejectUnauthorized: false }, (error) => {
      const { subject } = request.socket.getPeerCertificate()
      response.end(error ? `no: ${error.code}` : `hello ${subject?.CN ?? 'nobody'}`)
    })
  }
  if (request.url === '/endless') return void endless(response)
  if (request.url === '/half') return void response.write('half', () => request.socket.destroy())
  if (request.url === '/not-http') return void request.socket.end('hello there\r\n\r\n')
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const { method, url, rawHeaders } = request
    response.end(JSON.stringify({ method, url, rawHeaders, body: Buffer.concat(chunks).toString(), authorized }))
  })
}
const endless = (response) => {
  const more = () => {
    while (response.write('x'.repeat(16384)));
    response.once('drain', more)
  }
  response.on('close', () => response.removeListener('drain', more))
  more()
}
const kinds = {
  // Without tickets, so that shaking hands again means shaking them in full.
  'asks later': () =>
    createServer({ ...wish.options, requestCert: false, secureOptions: constants.SSL_OP_NO_TICKET }, answer),
  tls: () => createServer(wish.options, answer),
  http: () => createPlain(answer),
  silent: () => createTcp((socket) => socket.on('error', () => {})),
  reset: () => createTcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
  close: () => createTcp((socket) => socket.once('data', () => socket.destroy())),
  ssh: () => createTcp((socket) => socket.on('error', () => {}).end('SSH-2.0-OpenSSH_9.2p1\r\n')),
  garbage: () => createTcp((socket) => socket.on('error', () => {}).end(Buffer.alloc(4000, 0x5a))),
}
const server = kinds[wish.kind]()
server.on('tlsClientError', () => {})
if (wish.kind === 'tls') server.on('clientError', (_, socket) => socket.destroy())
server.listen(0, wish.host ?? '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
process.stdin.on('end', () => process.exit()).resume()
