import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callService } from '../../electron/authority/service-call.ts'
import { governProxies } from '../../electron/policy/govern.ts'
import { enforce, policyInForce } from '../../electron/policy/in-force.ts'
import { type LoadedPolicy, loadPolicy, ungoverned } from '../../electron/policy/load-policy.ts'
import { policyPlace } from '../../electron/policy/policy-place.ts'
import { probe } from '../../electron/tls/probe.ts'
import { createProxies } from '../../electron/tls/proxies.ts'
import { systemRoots } from '../../electron/tls/system-roots.ts'
import { builtInProfiles } from '../../shared/providers/registry.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeHere, listenHere, proxyServer } from '../support/proxy-servers.ts'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'
import { closeAll, nodeServer, scratchFolder } from '../support/test-servers.ts'

let folder: string
let cast: Cast
const own = process.getuid?.() ?? 0

/** A policy file as an administrator would leave it, of whoever runs the tests. */
function policyOf(content: unknown, mode = 0o644): LoadedPolicy {
  const file = join(mkdtempSync(join(folder, 'policy-')), 'policy.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  chmodSync(file, mode)
  return loadPolicy({ file, alsoOwnedBy: own })
}
const rootsFile = (name: string, pem: string) => {
  writeFileSync(join(folder, name), pem, { mode: 0o644 })
  return join(folder, name)
}

beforeAll(() => {
  folder = scratchFolder()
  cast = makeCast()
})
afterEach(() => void enforce(ungoverned()))
afterAll(closeAll)

describe('the file', () => {
  it('lies where only administrators write, and is moved by the environment in a checkout alone', () => {
    const at = (platform: NodeJS.Platform, packed: boolean, env: NodeJS.ProcessEnv = {}) =>
      policyPlace({ platform, packed, env: { COUNTERSIGN_POLICY: '/tmp/mine.json', ...env } }).file
    expect(at('linux', true)).toBe('/etc/countersign/policy.json')
    expect(at('darwin', true)).toBe('/Library/Application Support/Countersign/policy.json')
    expect(at('win32', true, { ProgramData: 'C:\\Users\\me', SystemDrive: 'D:' })).toBe(
      'D:\\ProgramData\\Countersign\\policy.json',
    )
    expect(at('linux', false)).toBe('/tmp/mine.json')
  })

  it('that is absent is no policy; one that others may write to, or that is no file, is a broken one', () => {
    expect(loadPolicy({ file: join(folder, 'none.json') })).toMatchObject({ state: 'none', faults: [] })
    expect(policyOf({ proxy: { by: 'none' } }).state).toBe('good')
    const open = policyOf({ proxy: { by: 'none' } }, 0o666)
    expect(open).toMatchObject({ state: 'broken', policy: {} })
    expect(open.faults[0]?.why).toContain('others than its owner may write to it')
    expect(open.faults[0]?.governs).toHaveLength(6)
    mkdirSync(join(folder, 'folder.json'))
    expect(loadPolicy({ file: join(folder, 'folder.json'), alsoOwnedBy: own }).faults[0]?.why).toBe('is no file')
    const there = policyOf({ updates: { enabled: false } })
    chmodSync(join(there.file, '..'), 0o777)
    expect(loadPolicy({ file: there.file, alsoOwnedBy: own }).faults[0]?.why).toContain('its folder')
  })

  it('of somebody else than root is not trusted', () => {
    const { file } = policyOf({ updates: { enabled: false } })
    const asOthers = loadPolicy({ file, alsoOwnedBy: 4242 })
    // Run as root the file is root's; otherwise it is the tester's, which is not 4242.
    if (own === 0) expect(asOthers.state).toBe('good')
    else expect(asOthers.faults[0]?.why).toContain('does not belong to root')
  })

  it('names the line of a root file or provider file that cannot be used', () => {
    const text = `{\n "trust": { "roots": "only", "files": [\n  "${rootsFile('ok.pem', cast.serverRoot.pem)}",\n  "${rootsFile('empty.pem', 'x')}" ] },\n "updates": { "enabled": false }\n}`
    const loaded = policyOf(text)
    expect(loaded.faults).toMatchObject([{ line: 4, column: 3, field: 'trust.files[1]', governs: ['trust'] }])
    expect(loaded.faults[0]?.why).toContain('holds no certificate')
    expect(loaded.policy).toEqual({ updates: { enabled: false } })
    expect(loaded.roots).toEqual([])
    const providers = mkdtempSync(join(folder, 'providers-'))
    writeFileSync(join(providers, 'bank.json'), '{}', { mode: 0o644 })
    expect(policyOf({ providers: { folder: providers } }).faults[0]?.why).toContain('holds bank.json')
  })
})

describe('trust', () => {
  const tryServer = async (port: number) => {
    const trust = { system: true } as const
    const base = { url: `https://localhost:${port}/`, method: 'GET', headers: [], identity: null, timeoutMs: 5000 }
    const attempt = await probe({ ...base, trust })
    return attempt.steps.find(({ name }) => name === 'server-trust')?.state === 'done'
  }

  it('follows the policy in every connection: its roots beside the others, alone, or nobody while it is broken', async () => {
    const { port } = await nodeServer('tls', { cert: cast.serverPem, key: cast.server.keyPem })
    const file = rootsFile('root.pem', cast.serverRoot.pem)
    const other = rootsFile('other.pem', cast.otherRoot.pem)
    const usual = systemRoots().ders.length
    expect(await tryServer(port)).toBe(false)
    enforce(policyOf({ trust: { roots: 'add', files: [file] } }))
    expect(await tryServer(port)).toBe(true)
    expect(systemRoots().ders).toHaveLength(usual + 1)
    enforce(policyOf({ trust: { roots: 'only', files: [file] } }))
    expect(await tryServer(port)).toBe(true)
    expect(systemRoots()).toMatchObject({ ders: [expect.anything()], says: expect.stringContaining('policy') })
    enforce(policyOf({ trust: { roots: 'only', files: [other] } }))
    expect(await tryServer(port)).toBe(false)
    enforce(policyOf({ trust: { roots: 'add', files: [file, '/nowhere.pem'] } }))
    expect(await tryServer(port)).toBe(false)
    expect(systemRoots().ders).toEqual([])
  })

  it('of one’s own is refused where only the policy’s counts', async () => {
    const policy = enforce(policyOf({ trust: { roots: 'only', files: [rootsFile('r.pem', cast.serverRoot.pem)] } }))
    const desk = openTestDesk({ policy })
    const test = { work: 'test', identity: null, url: 'https://localhost:9/', method: 'GET' as const, headers: [] }
    const more = { body: '', blanks: {}, remember: false, probe: 'none' as const }
    const once = { by: 'once', sha256: '0'.repeat(64) } as const
    expect(codeOf(await desk.call('testConnection', { ...test, ...more, trust: once }))).toBe('policy.trust-fixed')
    const pem = { by: 'pem', pem: cast.serverRoot.pem } as const
    expect(codeOf(await desk.call('testConnection', { ...test, ...more, trust: pem }))).toBe('policy.trust-fixed')
    const { trustFor } = await import('../../electron/handlers/test-trust.ts')
    expect(codeOf(trustFor(desk.means, pem, undefined))).toBe('policy.trust-fixed')
  })
})

describe('the proxy', () => {
  const proxies = createProxies(async () => 'http://system:1')

  it('is the policy’s, whatever was chosen; this computer is called directly', async () => {
    const decided = governProxies(proxies, policyOf({ proxy: { by: 'address', url: 'http://acme:3128' } }))
    expect((await decided.wayTo('https://bank.example/', { by: 'none' }))?.address).toBe('http://acme:3128')
    expect(await decided.wayTo('https://localhost:8443/', { by: 'system' })).toBeNull()
    const direct = governProxies(proxies, policyOf({ proxy: { by: 'none' } }))
    expect(await direct.wayTo('https://bank.example/', { by: 'system' })).toBeNull()
    const broken = governProxies(proxies, policyOf({ proxy: { by: 'somehow' } }))
    expect((await broken.wayTo('https://bank.example/', { by: 'none' }))?.address).toContain('broken')
  })

  it('is shown as decided, cannot be changed, and comes back when the policy goes', async () => {
    const desk = openTestDesk({ policy: policyOf({ proxy: { by: 'address', url: 'http://acme:3128' } }) })
    expect(value(await desk.call('readSettings', {})).proxy).toEqual({ by: 'address', url: 'http://acme:3128' })
    expect(codeOf(await desk.call('changeSettings', { proxy: { by: 'none' } }))).toBe('policy.managed')
    expect(value(await desk.call('changeSettings', { appearance: 'dark' })).proxy).toMatchObject({ by: 'address' })
    const state = value(await desk.call('readPolicy', {}))
    expect(state).toMatchObject({ state: 'good', policy: { proxy: { by: 'address' } } })
    expect(value(await openTestDesk().call('readPolicy', {})).state).toBe('none')
  })

  it('that is broken stops connections with the line that is wrong', async () => {
    const desk = openTestDesk({ policy: policyOf('{\n  "proxy": { "by": "address", "url": "acme" }\n}') })
    const answer = await desk.call('startInspection', {
      work: 'look',
      source: { from: 'address', address: 'bank.example:443' },
    })
    expect(answer).toMatchObject({ problem: { code: 'policy.broken', place: 'line 2, column 38', field: 'proxy.url' } })
    expect(value(await desk.call('listIdentities', {})).identities).toEqual([])
  })
})

describe('a signing service', () => {
  it('is called through the proxy that the policy decides, and not at all while that part is broken', async () => {
    const port = await listenHere(createServer((_, response) => void response.end('{}')))
    const secure = await listenHere(
      createTlsServer({ cert: cast.serverPem, key: cast.server.keyPem }, (_, response) => void response.end('{}')),
    )
    const proxy = await proxyServer()
    const call = (url: string) =>
      callService({ url: new URL(url), method: 'GET', trust: { caPem: cast.serverRoot.pem }, plainHttp: true })
    enforce(policyOf({ proxy: { by: 'address', url: proxy.address } }))
    expect(value(await call(`http://ca.acme.example:${port}/`)).status).toBe(200)
    // Through the tunnel, but for this name the server has no certificate.
    expect(codeOf(await call(`https://ca.acme.example:${secure}/`))).toMatch(/^service\./)
    expect(proxy.asked).toEqual([`CONNECT ca.acme.example:${port}`, `CONNECT ca.acme.example:${secure}`])
    expect(value(await call(`https://localhost:${secure}/`)).status).toBe(200)
    expect(proxy.asked).toHaveLength(2)
    enforce(policyOf({ proxy: { by: 'nobody' } }))
    expect(codeOf(await call(`http://ca.acme.example:${port}/`))).toBe('policy.broken')
    await closeHere()
  })
})

describe('providers', () => {
  it('are those that are allowed, with those of the organisation', async () => {
    const providers = mkdtempSync(join(folder, 'providers-'))
    const bank = { ...structuredClone(builtInProfiles.find(({ id }) => id === 'truv')!), id: 'acme-bank', name: 'Bank' }
    writeFileSync(join(providers, 'bank.json'), JSON.stringify(bank), { mode: 0o644 })
    const policy = policyOf({ providers: { allow: ['nuapay', 'acme-bank'], folder: providers, own: false } })
    const desk = openTestDesk({ policy })
    const list = value(await desk.call('listProviders', {})).providers
    expect(list.map(({ profile, managed }) => [profile.id, managed])).toEqual([
      ['nuapay', undefined],
      ['acme-bank', true],
    ])
    const contents = { name: 'x.json', bytes: new TextEncoder().encode(JSON.stringify({ ...bank, id: 'mine' })) }
    expect(codeOf(await desk.call('addProvider', { from: 'contents', files: [contents] }))).toBe('policy.managed')
    expect(codeOf(await desk.call('removeProvider', { provider: 'acme-bank' }))).toBe('policy.managed')
    const plan = { provider: 'truv', environment: 'sandbox', name: 'Acme', answers: { name: 'acme' } }
    const rest = { subject: {}, subjectAltNames: [], key: 'ec-p256' as const }
    const create = (provider: string) =>
      desk.call('createIdentity', { work: 'make', plan: { ...plan, ...rest, provider } })
    expect(codeOf(await create('truv'))).toBe('policy.provider-not-allowed')
    expect((await create('acme-bank')).ok).toBe(true)
  })
})

describe('keys and passphrases', () => {
  it('leave under a passphrase of the length that is asked for', async () => {
    const policy = policyOf({ export: { unprotectedKeys: false }, passphrase: { minimum: 12 } })
    const desk = openTestDesk({ policy })
    const identity = 'x'.repeat(12)
    const out = (passphrase: string | null) =>
      desk.call('exportIdentity', { identity, as: { format: 'pem', passphrase } })
    expect(codeOf(await out(null))).toBe('policy.key-unprotected')
    expect(codeOf(await out('eleven char'))).toBe('policy.passphrase-short')
    // Past the policy: there is no such identity.
    expect(codeOf(await out('twelve chars'))).not.toContain('policy.')
    const handOver = (receiver: 'aws-acm' | 'nuapay') =>
      desk.call('exportFor', { identity, receiver, passphrase: 'twelve chars' })
    expect(codeOf(await handOver('aws-acm'))).toBe('policy.key-unprotected')
    expect(codeOf(await handOver('nuapay'))).not.toContain('policy.')
    const wish = { to: 'pem', readers: 'modern', together: false } as const
    const convert = (keys: 'open' | 'protect', passphrase: string | null) =>
      desk.call('convertFiles', { work: 'w', inspection: '0'.repeat(24), wish: { ...wish, keys }, passphrase })
    expect(codeOf(await convert('open', null))).toBe('policy.key-unprotected')
    expect(codeOf(await convert('protect', 'short'))).toBe('policy.passphrase-short')
    expect(codeOf(await convert('protect', 'twelve chars'))).not.toContain('policy.')
    expect(codeOf(await desk.call('setVaultPassphrase', { passphrase: 'short' }))).toBe('policy.passphrase-short')
    expect((await desk.call('setVaultPassphrase', { passphrase: 'long enough words' })).ok).toBe(true)
  })

  it('wait while that part of the policy is broken', async () => {
    const desk = openTestDesk({ policy: policyOf({ passphrase: { minimum: 'long' } }) })
    expect(codeOf(await desk.call('setVaultPassphrase', { passphrase: 'long enough words' }))).toBe('policy.broken')
  })
})

it('is in force for the process that enforces it, and for no other', () => {
  expect(policyInForce().state).toBe('none')
})
