import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { type Client, identityOf } from './mtls-cast.ts'
import { scratchFolder } from './test-servers.ts'

/** What curl, `openssl s_client` and bare Node print for the same call: the texts that people have today. */
export type RawTexts = { curl: string; s_client: string; Node: string }

type Call = { url: string; caPem: string; client?: Client | undefined; timeoutMs?: number }

export async function rawTexts({ caPem, client, timeoutMs = 3000, url }: Call): Promise<RawTexts> {
  const folder = scratchFolder()
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const identity = client && identityOf(client)
  const ca = put('ca.crt', caPem)
  const cert = identity && put('client.crt', [identity.certificatePem, ...identity.chainPem].join(''))
  const key = identity && put('client.key', identity.keyPem)
  const { hostname, port } = new URL(url)
  const ours = cert && key ? ['--cert', cert, '--key', key] : []
  const seconds = `${timeoutMs / 1000}`
  const theirs = cert && key ? ['-cert', cert, '-key', key, '-cert_chain', cert] : []
  const [curl, sClient, Node] = await Promise.all([
    printed('curl', ['-sS', '-m', seconds, '--cacert', ca, ...ours, url], timeoutMs),
    printed(
      'openssl',
      [
        's_client',
        '-connect',
        `${hostname}:${port}`,
        '-servername',
        hostname,
        '-CAfile',
        ca,
        '-verify_return_error',
        '-verify_hostname',
        hostname,
        '-ign_eof',
        ...theirs,
      ],
      timeoutMs,
      `GET / HTTP/1.0\r\nhost: ${hostname}\r\n\r\n`,
    ),
    asNode(url, caPem, identity, timeoutMs),
  ])
  return { curl, s_client: sClient, Node }
}

function printed(program: string, args: readonly string[], timeoutMs: number, input = ''): Promise<string> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: timeoutMs + 500, encoding: 'latin1' }, (_, out, err) =>
      resolve(`${err}\n${out}`),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

type Identity = ReturnType<typeof identityOf>

function asNode(url: string, ca: string, identity: Identity | undefined, timeoutMs: number): Promise<string> {
  return new Promise((resolve) => {
    const told = (error: NodeJS.ErrnoException) => resolve(`${error.code ?? ''} ${error.message}`)
    try {
      const cert = identity && [identity.certificatePem, ...identity.chainPem].join('\n')
      const call = request(url, { ca, cert, key: identity?.keyPem, agent: false, timeout: timeoutMs }, (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += chunk
        })
        answer.on('error', told)
        answer.on('end', () => resolve(`HTTP ${answer.statusCode} ${answer.statusMessage}\n${body}`))
      })
      call.on('timeout', () => call.destroy(new Error('timeout')))
      call.on('error', told)
      call.end()
    } catch (error) {
      told(error as NodeJS.ErrnoException)
    }
  })
}

/**
 * When a text names a cause: it holds words that stand for this cause rather than for several. `unknown ca` stands for
 * four mistakes and is counted for the one it says, an authority that is not known; `bad certificate`, `certificate
 * unknown`, `access denied`, `handshake failure` and a closed connection stand for anything, and name nothing.
 */
const naming: Record<string, RegExp> = {
  'client.none-sent': /certificate.required|no required ssl certificate was sent|did not return a certificate/i,
  'client.untrusted-issuer': /unknown.?ca/i,
  'client.self-signed': /client.{0,40}self.?signed/i,
  'client.same-name-other-key': /signature failure|invalid signature/i,
  'client.missing-intermediate': /intermediate|incomplete chain/i,
  'client.wrong-purpose': /purpose|unsupported.?certificate/i,
  'client.key-usage': /key.?usage/i,
  'client.expired': /(?:certificate|alert).{0,20}expired/i,
  'client.not-yet-valid': /not yet valid/i,
  'client.too-weak': /too.(?:small|weak)/i,
  'client.key-mismatch': /mismatch|does not match|do not match/i,
  'client.revoked': /revoked/i,
  'client.no-common-signature': /no.common.signature|signature algorithm|unknown.certificate.type/i,
  'server.self-signed': /self.signed certificate(?! in)/i,
  'server.incomplete-chain': /verify the first certificate|intermediate/i,
  'server.untrusted': /local issuer|in certificate chain|get issuer certificate/i,
  'server.expired': /certificate has expired/i,
  'server.not-yet-valid': /not yet valid/i,
  'server.wrong-name': /altname|alternative|hostname.mismatch|ip address mismatch/i,
  'server.asks-later': /post.handshake/i,
  'server.never-asked': /does not ask|never asked|no client certificate ca names sent/i,
  'tls.version': /protocol.version|legacy sigalg|unsupported protocol/i,
  'net.not-tls': /wrong.version.number|http request|packet length/i,
  'net.refused': /refused|couldn't connect/i,
  'net.unresolved': /could not resolve|enotfound|name or service not known|not known/i,
  'net.timeout': /timed? ?out/i,
  'net.reset': /reset/i,
}

export const names = (cause: string, text: string): boolean => naming[cause]?.test(text) ?? false
