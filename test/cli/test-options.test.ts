import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countersign } from '../support/cli.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeHere, proxyServer } from '../support/proxy-servers.ts'
import { closeAll, nodeServer, scratchFolder } from '../support/test-servers.ts'

let cast: Cast
let folder: string
let port: number
beforeAll(async () => {
  cast = makeCast()
  folder = scratchFolder()
  const client = cast.clients.good
  const sole = cast.clients['other CA']
  if (!client || !sole) throw new Error('no clients')
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text, { mode: 0o600 })
  put('me.crt', client.certificate.pem)
  put('me.key', client.certificate.keyPem)
  put('sole.crt', sole.certificate.pem)
  put('sole.key', sole.certificate.keyPem)
  put('ca.crt', cast.serverRoot.pem)
  put('pass.txt', 'pr0xy-pass\n')
  const files = { cert: cast.serverPem, key: cast.server.keyPem, clientCa: cast.clientRoot.pem }
  port = (await nodeServer('tls', files)).port
})
afterAll(async () => {
  await closeHere()
  await closeAll()
})

const me = ['--cert', 'me.crt', '--key', 'me.key', '--ca', 'ca.crt']
const test = (args: string[], host = 'localhost', env: Record<string, string> = {}) =>
  countersign(['test', `https://${host}:${port}/`, ...args], { cwd: folder, env })
type Out = {
  verdict: { outcome: string; cause: string; probes?: { probe: string; outcome: string }[] }
  [field: string]: unknown
}
const json = async (...given: Parameters<typeof test>) =>
  (await test([...given[0], '--json'], given[1], given[2])).json() as Out

describe('a connection', () => {
  it.each([
    [['--connect-to', `127.0.0.1:PORT`], 'api.example.com', { cause: 'server.wrong-name' }],
    [['--connect-to', `127.0.0.1:PORT`, '--sni', 'localhost'], 'api.example.com', { cause: 'ok' }],
    [['--no-sni', '-4', '--alpn', 'h2,http/1.1'], 'localhost', { cause: 'ok' }],
    [['--tls-max', '1.2'], 'localhost', { cause: 'ok' }],
  ])('is made as %j say', async (args, host, verdict) => {
    const out = await json([...me, ...args.map((one) => one.replace('PORT', String(port)))], host)
    expect(out.verdict).toMatchObject(verdict)
    if (args.includes('1.2')) expect(out.protocol).toBe('TLSv1.2')
    expect(out.options).toBeDefined()
  })

  it('trusts one certificate once, by the digest that the refusal prints', async () => {
    const refused = await test(['--cert', 'me.crt', '--key', 'me.key'])
    expect(refused.code).toBe(1)
    const sha256 = /--trust-once ([0-9a-f]{64})/.exec(refused.out)?.[1] ?? ''
    const out = await json(['--cert', 'me.crt', '--key', 'me.key', '--trust-once', sha256.toUpperCase()])
    expect(out).toMatchObject({ verdict: { cause: 'ok' }, trustedOnce: sha256 })
  })

  it('goes through the proxy that is named, or that the environment names, as a user who is asked for', async () => {
    const proxy = await proxyServer({ login: 'anna:pr0xy-pass' })
    const asked = await json([...me, '--proxy', proxy.address])
    expect(asked).toMatchObject({ verdict: { cause: 'net.proxy' }, failure: { code: 'ERR_PROXY_AUTH' } })
    const login = ['--proxy-user', 'anna', '--proxy-password-file', 'pass.txt']
    const taken = await test([...me, '--proxy', proxy.address, ...login, '--json'])
    expect(taken.json()).toMatchObject({ verdict: { cause: 'ok' }, proxy: proxy.address })
    const https_proxy = proxy.address.replace('//', '//anna:pr0xy-pass@')
    const named = await test([...me, '--json'], 'localhost', { https_proxy })
    expect(named.json()).toMatchObject({ verdict: { cause: 'ok' }, proxy: proxy.address })
    expect(taken.out + named.out + taken.err + named.err).not.toMatch(/anna|pr0xy-pass/)
    const direct = await json([...me, '--proxy', 'none'], 'localhost', { https_proxy })
    expect(direct.proxy).toBeUndefined()
    const excepted = await json(me, 'localhost', { https_proxy, no_proxy: 'example.com,localhost' })
    expect(excepted.proxy).toBeUndefined()
  })
})

describe('after a refusal', () => {
  const sole = ['--cert', 'sole.crt', '--key', 'sole.key', '--ca', 'ca.crt']

  it('further connections are made, weighed and shown', async () => {
    const out = await json(sole)
    expect(out.verdict.outcome).toBe('refused')
    expect(out.verdict.probes?.map((one) => one.probe)).toEqual(['without-certificate', 'tls-1.2'])
    const text = await test(sole)
    expect(text.out).toMatch(/x with no certificate: refused/)
    expect(text.out).toMatch(/x with TLS 1.2 only: refused/)
  })

  it('none is made where none is wanted', async () => {
    expect((await json([...sole, '--probe', 'none'])).verdict.probes).toBeUndefined()
  })
})

describe('what passed', () => {
  it('is kept for the user alone, never over something else unless told to', async () => {
    const keep = ['--pcap', 'call.pcapng', '--keylog', 'keys.txt']
    expect((await test([...me, ...keep])).code).toBe(0)
    expect(readFileSync(join(folder, 'call.pcapng')).subarray(0, 4).toString('hex')).toBe('0a0d0d0a')
    expect(readFileSync(join(folder, 'keys.txt'), 'utf8')).toMatch(/^(?:CLIENT|SERVER|EXPORTER)_\S+ [0-9a-f]{64} /)
    for (const name of ['call.pcapng', 'keys.txt']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    const again = await test([...me, ...keep, '--json'])
    expect(again.json()).toMatchObject({ problem: { code: 'file.exists' } })
    expect((await test([...me, ...keep, '--force'])).code).toBe(0)
  })

  it('is nothing when nothing was reached', async () => {
    const ran = await countersign(['test', 'https://127.0.0.1:1/', '--pcap', 'none.pcapng'], { cwd: folder })
    expect(ran.err).toContain('nothing to keep')
  })
})

describe('what is not understood', () => {
  it.each([
    [['--connect-to', 'a b'], /--connect-to takes HOST/],
    [['--connect-to', 'host:99999'], /--connect-to takes HOST/],
    [['--sni', 'a', '--no-sni'], /either --sni or --no-sni/],
    [['--tls-min', '1.0'], /--tls-min takes 1.2 or 1.3/],
    [['--tls-min', '1.3', '--tls-max', '1.2'], /above/],
    [['-4', '-6'], /either -4 or -6/],
    [['-5'], /no option -5/],
    [['--alpn', 'h3'], /--alpn takes/],
    [['--proxy', 'http://anna:secret-pass@proxy:1'], /use --proxy-user/],
    [['--proxy', 'http://'], /--proxy takes an address/],
    [['--proxy-password-file', 'pass.txt'], /needs --proxy-user/],
    [['--trust-once', 'abc'], /64 hexadecimal/],
    [['--trust-once', 'ab'.repeat(32), '--ca', 'ca.crt'], /either --ca or --trust-once/],
    [['--probe', 'maybe'], /--probe takes none or auto/],
    [['--method', 'CONNECT'], /CONNECT is for proxies/],
    [['--method', 'TRACE'], /TRACE would send back/],
    [['--method', 'PROPFIND'], /not “PROPFIND”/],
  ])('is said for %j', async (args, says) => {
    const ran = await test(args)
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(says)
    expect(ran.err).not.toContain('secret-pass')
  })
})
