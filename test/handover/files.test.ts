import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { request } from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiverFiles } from '../../shared/handover/receiver-files.ts'
import { receivers } from '../../shared/handover/receivers.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { type Cast, type Client, makeCast } from '../support/mtls-cast.ts'
import { freePort, listening } from '../support/test-servers.ts'
import { run, scratch } from '../support/tools.ts'
import { withServer } from './support/asking-server.ts'

/** Programs that load the exported files themselves, without a snippet: nginx on both sides, and GnuTLS. */
const files = scratch()
const passphrase = 'Correct-Horse-7'
const told: string[] = []
let cast: Cast
let client: Client
let nginxVersion = ''
afterAll(() => {
  process.stdout.write(`programs that loaded the files\n${told.join('\n')}\n`)
  files.remove()
})

/** What the export for OpenSSL, curl and nginx writes, under a name. */
async function exported(stem: string, { certificate, chain }: Client, secret: string | null, serverCaPem?: string) {
  const made = await receiverFiles(receivers.find(({ id }) => id === 'openssl')!, {
    name: stem,
    stem,
    pkcs8: pemBlocks(certificate.keyPem)[0]!.der,
    certificateDer: certificate.der,
    chain: chain.map(({ der }) => der),
    serverCaPem,
    passphrase: secret,
    now: new Date(),
  })
  return made.map(({ name, content }) => files.put(name, content)) as [certificate: string, key: string, ca: string]
}

beforeAll(async () => {
  cast = makeCast()
  client = cast.clients['good with intermediate']!
  nginxVersion = (await run('/usr/sbin/nginx', ['-v'])).stderr.trim()
  files.put('passphrase', `${passphrase}\n`)
  mkdirSync(files.path('tmp'))
})

const conf = (name: string, server: string) =>
  files.put(
    name,
    `daemon off;
pid ${files.path(`${name}.pid`)};
error_log ${files.path(`${name}.log`)} info;
events {}
http {
  access_log off;
  client_body_temp_path ${files.path('tmp')};
  proxy_temp_path ${files.path('tmp')};
  fastcgi_temp_path ${files.path('tmp')};
  uwsgi_temp_path ${files.path('tmp')};
  scgi_temp_path ${files.path('tmp')};
  server {
${server}
  }
}
`,
  )

const nginx = (path: string, ...more: string[]) => run('/usr/sbin/nginx', ['-e', 'stderr', '-c', path, ...more])

/** Starts nginx for as long as it is used. */
async function withNginx<T>(path: string, port: number, use: () => Promise<T>): Promise<T> {
  const checked = await nginx(path, '-t')
  expect(checked.code, checked.stderr).toBe(0)
  const child = execFile('/usr/sbin/nginx', ['-e', 'stderr', '-c', path])
  try {
    await listening(port)
    return await use()
  } finally {
    child.kill('SIGQUIT')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}

const proxied = (port: number, upstream: number, [certificate, key, ca]: readonly string[], locked: boolean) => `
    listen 127.0.0.1:${port};
    location / {
      proxy_pass https://localhost:${upstream};
      proxy_ssl_certificate ${certificate};
      proxy_ssl_certificate_key ${key};
      ${locked ? `proxy_ssl_password_file ${files.path('passphrase')};` : ''}
      proxy_ssl_trusted_certificate ${ca};
      proxy_ssl_verify on;
      proxy_ssl_verify_depth 3;
      proxy_ssl_name localhost;
      proxy_ssl_server_name on;
    }`

const statusAt = (port: number) =>
  new Promise<number>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/v1' }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    }).once('error', reject)
  })

const presented = () =>
  [client.certificate.der, client.chain[0]!.der].map((der) => new X509Certificate(der).fingerprint256)

describe.each([{ state: 'locked' }, { state: 'open' }] as const)('with a key that is $state', ({ state }) => {
  const secret = state === 'locked' ? passphrase : null

  it('nginx calls on as a client', async () => {
    const own = await exported(`proxy-${state}`, client, secret, cast.serverRoot.pem)
    await withServer(cast, cast.clientRoot.pem, async (upstream, seen) => {
      const port = await freePort()
      const path = conf(`proxy-${state}.conf`, proxied(port, upstream, own, state === 'locked'))
      expect(await withNginx(path, port, () => statusAt(port))).toBe(200)
      expect(seen[0]?.chain.slice(0, 2)).toEqual(presented())
      told.push(`    nginx as a client, key ${state}: sends (${nginxVersion})`)
    })
  })

  it('nginx serves, and a client trusts it by the exported chain', async () => {
    const server: Client = { certificate: cast.server, chain: [cast.serverCa] }
    const [certificate, key] = await exported(`server-${state}`, server, secret)
    const port = await freePort()
    const password = state === 'locked' ? `ssl_password_file ${files.path('passphrase')};` : ''
    const path = conf(
      `server-${state}.conf`,
      `listen 127.0.0.1:${port} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key}; ${password} location / { return 200 welcome; }`,
    )
    const status = await withNginx(path, port, () => {
      return new Promise((resolve, reject) => {
        const call = request({ port, host: 'localhost', ca: cast.serverRoot.pem, agent: false }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
        call.once('error', reject).end()
      })
    })
    expect(status).toBe(200)
    told.push(`    nginx as a server, key ${state}: serves (${nginxVersion})`)
  })

  it('GnuTLS sends the certificate with its intermediate', async () => {
    const [certificate, key, ca] = await exported(`gnutls-${state}`, client, secret, cast.serverRoot.pem)
    await withServer(cast, cast.clientRoot.pem, async (port, seen) => {
      const own = ['--x509certfile', certificate, '--x509keyfile', key]
      const outcome = await gnutls(port, ca, own, state === 'locked')
      expect(seen[0]?.chain.slice(0, 2), outcome.out).toEqual(presented())
      expect(outcome.out).toContain('welcome')
      told.push(`    gnutls-cli, key ${state}: sends (${await gnutlsVersion()})`)
    })
  })
})

const gnutlsVersion = async () => (await run('gnutls-cli', ['--version'])).stdout.toString().split('\n')[0]

/** The key's passphrase comes from the environment. */
function gnutls(port: number, ca: string, own: string[], locked: boolean): Promise<{ code: number; out: string }> {
  const given = ['--port', `${port}`, '--x509cafile', ca, ...own, 'localhost']
  const env = { PATH: process.env.PATH, ...(locked ? { GNUTLS_PIN: passphrase } : {}) }
  return new Promise((resolve) => {
    const child = execFile('gnutls-cli', given, { env, timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out: stdout + stderr }),
    )
    child.stdin?.on('error', () => {})
    child.stdin?.end('GET /v1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  })
}

describe('without the certificate', () => {
  it('nginx does not start, and names the file', async () => {
    const port = await freePort()
    const own = [files.path('gone.crt'), files.path('gone.key'), files.put('ca.pem', cast.serverRoot.pem)]
    const { code, stderr } = await nginx(conf('gone.conf', proxied(port, 1, own, false)), '-t')
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/gone\.crt.*No such file/)
    told.push(`    nginx, its files are missing: exit ${code}: ${/cannot load[^:]*/.exec(stderr)?.[0]}`)
  })

  it('nginx answers 502, and writes down what the server said', async () => {
    const own = await exported('bare', client, null, cast.serverRoot.pem)
    await withServer(cast, cast.clientRoot.pem, async (upstream, seen) => {
      const port = await freePort()
      const bare = proxied(port, upstream, own, false).replace(/proxy_ssl_certificate(_key)? .*;/g, '')
      const path = conf('bare.conf', bare)
      expect(await withNginx(path, port, () => statusAt(port))).toBe(502)
      expect(seen).toEqual([])
      const log = files.path('bare.conf.log')
      expect(existsSync(log) && readFileSync(log, 'utf8')).toMatch(/alert (certificate required|handshake failure)/)
      told.push('    nginx, none is presented: 502, and the server’s alert in its log')
    })
  })

  it('GnuTLS fails', async () => {
    const ca = files.put('ca.pem', cast.serverRoot.pem)
    await withServer(cast, cast.clientRoot.pem, async (port, seen) => {
      const bare = await gnutls(port, ca, [], false)
      const gone = ['--x509certfile', files.path('gone.crt'), '--x509keyfile', files.path('gone.key')]
      const missing = await gnutls(port, ca, gone, false)
      expect(seen).toEqual([])
      expect([bare.code, missing.code]).not.toContain(0)
      expect(bare.out).toMatch(/alert.*certificate|Certificate is required|terminated/i)
      expect(missing.out).toMatch(/Error loading cert file/)
      told.push(`    gnutls-cli, none is presented: exit ${bare.code}; its files are missing: exit ${missing.code}`)
    })
  })
})
