import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tokenChild } from '../../electron/tokens/token-child.ts'
import { createTokens, type Tokens } from '../../electron/tokens/tokens.ts'
import { tokenCurlLine, tokenNginx, tokenSClientLine } from '../../shared/handover/token-lines.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { LibraryId, TokenInfo } from '../../shared/tokens/token.ts'
import { builtProgram } from '../support/built-reader.ts'
import { truvPlan } from '../support/plans.ts'
import { pkcs11Tool, softHsm } from '../support/softhsm.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { closeAll, firstMatch, keep } from '../support/test-servers.ts'
import { openssl } from '../support/tools.ts'

const hsm = softHsm(['Ops ’n’ token'])
let tokens: Tokens
let desk: TestDesk
let library: LibraryId
let token: TokenInfo
let identity: IdentityDetail
let practice: { apiUrl: string; serverCaPem: string }
let out: string

const named = () => ({ label: token.label, serial: token.serial })
const unlock = (pin = hsm.pin) => desk.call('unlockToken', { library, token: named(), pin })

beforeAll(async () => {
  const worker = await builtProgram('electron/tokens/token-worker.ts')
  tokens = createTokens(tokenChild(worker))
  desk = openTestDesk({ tokens: async () => tokens })
  desk.outside.now = new Date()
  out = join(desk.folder, 'out')
  mkdirSync(out)
  desk.outside.folder = out
  const libraries = value(await desk.call('listTokenLibraries', {})).libraries
  library = libraries.find(({ path }) => path === hsm.library)!.id
  token = value(await desk.call('listTokens', { library })).tokens.find(({ initialised }) => initialised)!
})
afterAll(async () => {
  tokens?.lockAll()
  await desk?.means.practice.stop()
  await closeAll()
  hsm.remove()
})

/** Runs a line of the export page in a terminal of its own, and types the PIN where it asks for it. */
function typed(line: string): Promise<{ code: number | null; says: string }> {
  const child = spawn('script', ['-qec', line, '/dev/null'], { cwd: out, timeout: 15_000 })
  let says = ''
  child.stdout.on('data', (part) => {
    says += part
    if (/PIN for .*:/.test(says) && !child.stdin.writableEnded) child.stdin.end(`${hsm.pin}\n`)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, says: says.replaceAll('\r\n', '\n') }))
  })
}

describe('an identity whose key is in a token', () => {
  it('is not begun while the token is locked, and leaves nothing behind', async () => {
    const choice = { library, token: named() }
    expect(codeOf(await desk.call('createIdentity', { work: 'w', plan: truvPlan, token: choice }))).toBe(
      'token.pin-needed',
    )
    expect(value(await desk.call('listIdentities', {})).identities).toEqual([])
  })

  it('has a request that OpenSSL verifies, and no secret in the vault', async () => {
    value(await unlock())
    const choice = { library, token: named() }
    identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan, token: choice }))
    expect(identity.keyPlace).toMatchObject({ at: 'token', token: token.label, serial: token.serial })
    expect((await openssl(['req', '-verify', '-noout', '-subject'], identity.requestPem)).toString()).toContain('acme')
    const objects = pkcs11Tool(['--list-objects', '--type', 'pubkey', '--token-label', token.label])
    expect(objects.toLowerCase()).toContain(identity.keyPlace?.keyId)
    expect(value(await desk.means.vault.identities.secret(identity.handle, 'privateKey'))).toBeUndefined()
    const { keys } = value(await desk.call('listTokenKeys', { library, token: named() }))
    expect(keys).toMatchObject([{ label: truvPlan.name, key: 'ec-p256', neverLeft: true, usedBy: [truvPlan.name] }])
    const journal = readFileSync(join(desk.folder, 'vault', 'journal.jsonl'), 'utf8')
    expect(journal).toContain('"unlocked"')
    expect(journal).toContain('in the token')
    expect(journal + JSON.stringify(keys)).not.toContain(hsm.pin)
  })

  it('deletes the key that it made when it is cancelled at the last moment', async () => {
    const choice = { library, token: named() }
    const plan = { ...truvPlan, key: 'rsa-4096' as const, name: 'Given up' }
    const made = desk.call('createIdentity', { work: 'given-up', plan, token: choice })
    const begun = () => desk.outside.news.some((news) => news.kind === 'work' && news.work === 'given-up')
    await expect.poll(begun, { interval: 5 }).toBe(true)
    await desk.call('cancelWork', { work: 'given-up' })
    expect(codeOf(await made)).toBe('app.cancelled')
    const keys = async () => value(await desk.call('listTokenKeys', { library, token: named() })).keys
    const labels = async () => (await keys()).map(({ label }) => label)
    await expect.poll(labels, { timeout: 20_000 }).toEqual([truvPlan.name])
  })

  it('takes the certificate that the practice provider signs', async () => {
    practice = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' })).running!
    const { certificatePem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
    const text = certificatePem + practice.serverCaPem
    const attached = value(await desk.call('attachCertificate', { source: { from: 'text', text }, despite: [] }))
    expect(attached).toMatchObject({ outcome: 'attached', identity: { state: 'ready', handle: identity.handle } })
    if (attached.outcome === 'attached') identity = attached.identity
  })

  it('refuses to export the key and to test with it, and says what to do instead', async () => {
    const as = { format: 'pkcs12', readers: 'modern', passphrase: 'x' } as const
    expect(codeOf(await desk.call('exportIdentity', { identity: identity.handle, as }))).toBe('token.key-stays')
    const test = await desk.call('testConnection', {
      work: 't',
      identity: identity.handle,
      url: practice.apiUrl,
      method: 'GET',
      headers: [],
      blanks: {},
      remember: false,
      trust: { by: 'practice' },
    })
    expect(codeOf(test)).toBe('token.tls-elsewhere')
  })

  it('writes the certificate with its chain, without a key', async () => {
    const as = { format: 'certificate' } as const
    const { saved } = value(await desk.call('exportIdentity', { identity: identity.handle, as }))
    expect(saved.map((path) => path.slice(out.length + 1))).toEqual(['acme-sandbox.crt', 'acme-sandbox.server-ca.pem'])
    expect(readFileSync(saved[0]!, 'utf8')).not.toContain('PRIVATE')
  })

  const headers = ['X-Access-Client-Id', 'X-Access-Secret'].map((name) => ({ name, value: 'any' }))
  const files = { certificate: 'acme-sandbox.crt', ca: 'acme-sandbox.server-ca.pem' }

  it('calls with the curl line, which asks for the PIN and knows none', async () => {
    const url = `${practice.apiUrl}/v1/orders/`
    const line = tokenCurlLine({ url, method: 'GET', headers }, identity.keyPlace!, files)
    expect(line).not.toContain(hsm.pin)
    const { code, says } = await typed(`${line} --silent --show-error --include`)
    expect(says).toContain('Enter PKCS#11 token PIN')
    expect(says).toMatch(/^HTTP\/1\.1 \d{3} /m)
    expect(says).toContain('"clientCertificate"')
    expect(code).toBe(0)
  })

  it('shakes hands with the OpenSSL line', async () => {
    const { hostname, port } = new URL(practice.apiUrl)
    const { says } = await typed(`${tokenSClientLine(hostname, Number(port), identity.keyPlace!, files)} </dev/null`)
    expect(says).toMatch(/Verif(?:y return code: 0|ication: OK)/)
    expect(says).toContain('New, TLSv1.3')
  })

  it('calls through nginx with the lines for it', async () => {
    const pinFile = join(out, 'pin')
    writeFileSync(pinFile, hsm.pin, { mode: 0o600 })
    const { top, location } = tokenNginx(identity.keyPlace!, files, pinFile)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${out};`)
    const port = 20_000 + (process.pid % 20_000)
    const configuration = [
      top,
      // SoftHSM finds its tokens by the environment; workers run as whoever reads the files of this test.
      `env SOFTHSM2_CONF;\ndaemon off;\npid ${out}/nginx.pid;\nerror_log stderr notice;`,
      process.getuid?.() === 0 ? 'user root;' : '',
      `events {}\nhttp { access_log off; ${temporary.join(' ')}\nserver { listen 127.0.0.1:${port}; location / {`,
      `proxy_pass ${practice.apiUrl.replace('127.0.0.1', 'localhost')};`,
      location,
      '} } }',
    ].join('\n')
    const path = join(out, 'nginx.conf')
    writeFileSync(path, configuration)
    const environment = { ...process.env, PKCS11_MODULE_PATH: hsm.library }
    const nginx = keep(spawn('nginx', ['-c', path, '-p', out], { env: environment }))
    await firstMatch(nginx, /start worker process (\d+)/)
    const answer = await fetch(`http://127.0.0.1:${port}/v1/orders/`, {
      headers: headers.map(({ name, value }): [string, string] => [name, value]),
    })
    expect(await answer.text()).toContain('"clientCertificate"')
    expect(existsSync(pinFile)).toBe(true)
  })

  it('is signed no more once the vault is locked', async () => {
    const place = identity.keyPlace!
    value(await tokens.sign(place, 'ec-p256', Uint8Array.of(1)))
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
    await desk.call('lockVault', {})
    await expect.poll(() => desk.outside.news.some(({ kind }) => kind === 'tokens-changed')).toBe(true)
    expect(codeOf(await tokens.sign(place, 'ec-p256', Uint8Array.of(1)))).toBe('token.pin-needed')
  })
})
