import { execFile, spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { passphraseVariable, type SnippetCall, type SnippetKind } from '../../shared/handover/snippet.ts'
import { snippetKinds } from '../../shared/handover/snippet-kinds.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'

/**
 * Every snippet that can be run here is run as it stands, with the files that it names: the certificate has to arrive
 * with its intermediate, and a server that wants another one must not be talked to.
 */
const packages = process.env.HANDOVER_PACKAGES ?? ''
const passphrase = 'Correct-Horse-7'
const secrets = { ACCESS_KEY: 'sandbox-Ab1/+= x', CLIENT_ID: 'a b/ü' }
const encoded = { ...secrets, CLIENT_ID: encodeURIComponent(secrets.CLIENT_ID) }

type Program = {
  /** Says its version, for the report. */
  version: string[]
  run: string[]
  /** Of npm, beside the script. */
  modules?: boolean
  /** What it cannot do here, with the reason. */
  not?: Partial<Record<'locked' | 'open' | 'odd', string>>
  /** It reads a bundle with AES only in later versions than the one that is here. */
  olderBundle?: boolean
  /** It has no way to percent-encode, as its notes say. */
  encoded?: boolean
}
const node24 = join(packages, 'node_modules/node/bin/node')
const programs: Record<string, Program> = {
  curl: { version: ['curl', '--version'], run: ['sh', 'call.sh'], encoded: true },
  wget: { version: ['wget', '--version'], run: ['sh', 'call.sh'], encoded: true },
  httpie: {
    version: ['http', '--version'],
    run: ['sh', 'call.sh'],
    encoded: true,
    not: { locked: 'it asks for the passphrase on a terminal' },
  },
  openssl: { version: ['openssl', 'version'], run: ['sh', 'call.sh'], encoded: true },
  'node-https': { version: ['node', '--version'], run: ['node', 'call.mjs'] },
  'node-https 24': { version: [node24, '--version'], run: [node24, 'call.mjs'] },
  'node-fetch': { version: ['node', '--version'], run: ['node', 'call.mjs'], modules: true },
  'node-fetch 24': { version: [node24, '--version'], run: [node24, 'call.mjs'], modules: true },
  axios: { version: ['node', '--version'], run: ['node', 'call.mjs'], modules: true },
  'python-requests': {
    version: ['/usr/bin/python3', '-c', 'import requests; print("requests", requests.__version__)'],
    run: ['/usr/bin/python3', 'call.py'],
  },
  'python-httpx': {
    version: ['/usr/bin/python3', '-c', 'import httpx; print("httpx", httpx.__version__)'],
    run: ['/usr/bin/python3', 'call.py'],
  },
  go: { version: ['go', 'version'], run: ['go', 'run', 'main.go'], olderBundle: true },
  'java-httpclient': { version: ['java', '--version'], run: ['java', 'Call.java'] },
  php: { version: ['php', '--version'], run: ['php', 'call.php'] },
  ruby: { version: ['ruby', '--version'], run: ['ruby', 'call.rb'] },
  postman: {
    version: [join(packages, 'node_modules/.bin/newman'), '--version'],
    run: [join(packages, 'node_modules/.bin/newman'), 'run', 'call.postman_collection.json', '--verbose'],
    encoded: true,
  },
  bruno: {
    version: [join(packages, 'node_modules/.bin/bru'), '--version'],
    run: [join(packages, 'node_modules/.bin/bru'), 'run', 'call.bru'],
    encoded: true,
  },
}

let cast: Cast
let folder: string
const seen: { chain: string[]; method: string; url: string; headers: Record<string, unknown>; body: string }[] = []
const servers: ReturnType<typeof createServer>[] = []
const ran: string[] = []
let asking = 0
let elsewhere = 0

async function listen(clientCa: string, note: boolean): Promise<number> {
  const tls = { cert: cast.serverPem, key: cast.server.keyPem, ca: clientCa, requestCert: true }
  const server = createServer({ ...tls, rejectUnauthorized: true }, async (request, response) => {
    const chain: string[] = []
    for (let one = (request.socket as TLSSocket).getPeerCertificate(true); one?.raw; one = one.issuerCertificate) {
      if (chain.includes(one.fingerprint256)) break
      chain.push(one.fingerprint256)
    }
    let body = ''
    for await (const piece of request) body += piece
    if (note) seen.push({ chain, method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    response.end('welcome')
  })
  server.on('tlsClientError', () => {})
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return (server.address() as AddressInfo).port
}

beforeAll(async () => {
  cast = makeCast()
  folder = mkdtempSync(join(tmpdir(), 'handover-'))
  asking = await listen(cast.clientRoot.pem, true)
  elsewhere = await listen(cast.otherRoot.pem, false)
  const { certificate, chain } = cast.clients['good with intermediate']!
  const pkcs8 = pemBlocks(certificate.keyPem)[0]!.der
  const bundle = (readers: 'modern' | 'older', secret: string) =>
    writePkcs12({
      pkcs8,
      certificateDer: certificate.der,
      chain: chain.map(({ der }) => der),
      friendlyName: 'mine',
      passphrase: secret,
      readers,
    })
  const all = certificate.pem + chain.map(({ pem }) => pem).join('')
  const put = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(folder, name), content, { mode: 0o600 })
  put('it’s mine.crt', all)
  put('open.key', certificate.keyPem)
  put('locked.key', await sealPkcs8(pkcs8, passphrase))
  put('locked.p12', await bundle('modern', passphrase))
  put('older.p12', await bundle('older', passphrase))
  put('open.p12', await bundle('modern', ''))
  put('ca.pem', cast.serverRoot.pem)
})
afterAll(() => {
  const notRun = snippetKinds.filter(({ id }) => !cases.some(({ kind }) => kind.id === id)).map(({ name }) => name)
  process.stdout.write(`snippets that were run\n${ran.join('\n')}\n    not to be had here: ${notRun.join(', ')}\n`)
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true, force: true })
})

const callTo = (port: number, locked: boolean, older: boolean): SnippetCall => ({
  url: `https://localhost:${port}/v1/{clientId}?a=b%20c&d='e'`,
  method: 'POST',
  headers: [
    { name: 'Content-Type', value: 'application/json' },
    { name: 'X-Access-Secret', value: 'key {accessKey}' },
    { name: 'X-Odd', value: `it's "100%" \\ $HOME` },
  ],
  body: `{"message": "it's 100% \\"ready\\" $HOME", "lines": 2}`,
  blanks: ['clientId', 'accessKey'],
  files: {
    certificate: '../it’s mine.crt',
    key: locked ? '../locked.key' : '../open.key',
    bundle: locked ? (older ? '../older.p12' : '../locked.p12') : '../open.p12',
    serverCa: '../ca.pem',
  },
  locked,
})

type Outcome = { code: number; out: string }

function run(kind: SnippetKind, program: Program, call: SnippetCall, name: string): Promise<Outcome> {
  const here = join(folder, name.replaceAll(' ', '-'))
  mkdirSync(here, { recursive: true })
  writeFileSync(join(here, kind.file), kind.write(call))
  for (const { file, text } of kind.beside?.(call) ?? []) writeFileSync(join(here, file), text)
  if (program.modules) {
    rmSync(join(here, 'node_modules'), { force: true })
    symlinkSync(join(packages, 'node_modules'), join(here, 'node_modules'))
  }
  const env = {
    PATH: [join(process.execPath, '..'), process.env.PATH].join(delimiter),
    HOME: here,
    LANG: 'C.UTF-8',
    GO111MODULE: 'off',
    GOPATH: `${join(folder, 'gopath')}:/usr/share/gocode`,
    GOCACHE: join(folder, 'gocache'),
    GOFLAGS: '-buildvcs=false',
    NODE_NO_WARNINGS: '1',
    ...(call.locked ? { [passphraseVariable]: passphrase } : {}),
    ...(program.encoded ? encoded : secrets),
  }
  const [command = '', ...given] = program.run
  return new Promise((resolve) => {
    execFile(
      command,
      [...given, ...(extra[kind.id]?.(call) ?? [])],
      { cwd: here, env, timeout: 60_000 },
      (error, out, err) => resolve({ code: error ? 1 : 0, out: out + err }),
    ).stdin?.end()
  })
}

/** What these take on their command line, as their notes say. */
const extra: Record<string, (call: SnippetCall) => string[]> = {
  postman: ({ files, locked }) => [
    ...['--ssl-client-cert', files.certificate, '--ssl-client-key', files.key],
    ...(locked ? ['--ssl-client-passphrase', passphrase] : []),
    ...['--ssl-extra-ca-certs', files.serverCa ?? ''],
    ...Object.entries(encoded).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]),
  ],
  bruno: ({ files }) => ['--cacert', files.serverCa ?? ''],
}

const cases = Object.entries(programs).flatMap(([name, program]) =>
  (['locked', 'open'] as const)
    .filter((state) => !program.not?.[state])
    .map((state) => ({ name, state, program, kind: snippetKinds.find(({ id }) => id === name.split(' ')[0])! })),
)

describe.each(cases)('$name with a key that is $state', ({ name, state, program, kind }) => {
  const locked = state === 'locked'

  it('sends certificate, headers and body as they are meant', { timeout: 90_000 }, async () => {
    const { stdout } = spawnSync(program.version[0]!, program.version.slice(1), { encoding: 'utf8' })
    const version = stdout?.split('\n')[0]
    expect(version, `${name} is not installed`).toBeTruthy()
    seen.length = 0
    const call = callTo(asking, locked, program.olderBundle === true)
    const { out } = await run(kind, program, call, `${name} ${state}`)
    expect(seen, out).toHaveLength(1)
    const [arrived] = seen
    const { certificate, chain } = cast.clients['good with intermediate']!
    const fingerprint = (der: Uint8Array) => new X509Certificate(der).fingerprint256
    expect(arrived?.chain.slice(0, 2)).toEqual([certificate.der, chain[0]!.der].map(fingerprint))
    expect(arrived).toMatchObject({ method: 'POST', body: call.body })
    expect(arrived?.url).toMatch(/^\/v1\/a%20b%2F%C3%BC\?a=b%20c&d=('|%27)e('|%27)$/i)
    expect(arrived?.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'x-access-secret': `key ${secrets.ACCESS_KEY}`,
      'x-odd': `it's "100%" \\ $HOME`,
    })
    ran.push(`    ${kind.name.padEnd(24)} ${state.padEnd(6)} ${version}`)
  })

  it('fails where the server wants another certificate', { timeout: 90_000 }, async () => {
    const { code, out } = await run(
      kind,
      program,
      callTo(elsewhere, locked, program.olderBundle === true),
      `${name} ${state} elsewhere`,
    )
    expect(out).not.toContain('welcome')
    if (name !== 'openssl') expect(code, out).not.toBe(0)
  })
})
