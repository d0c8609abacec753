import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Refused, VerifyOut } from '../../electron/cli/output.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { countersign } from '../support/cli.ts'
import { clientAuth, list, type Made, make, names, purposes } from '../support/path-cast.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

let cwd: string
const run = (args: string[], stdin?: string | Uint8Array) => countersign(['verify', ...args], { cwd, stdin })
async function verdict(...args: string[]): Promise<z.infer<typeof VerifyOut>> {
  const ran = await run([...args, '--json'])
  const out = VerifyOut.parse(ran.json())
  expect(ran.code).toBe(out.trusted ? 0 : 1)
  return out
}

const root = make({ name: 'Root', isCa: true })
const middle = make({ name: 'Middle', isCa: true, issuer: root })
const leaf = make({
  name: 'Leaf',
  issuer: middle,
  to: '2030-01-01',
  extensions: [purposes(clientAuth), names('DNS:leaf.example')],
})
const pem = (one: Made) => toPem('CERTIFICATE', one.der)

beforeAll(() => {
  cwd = scratchFolder()
  const put = (name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content)
  put('leaf.pem', pem(leaf))
  put('leaf.der', leaf.der)
  put('middle.pem', pem(middle))
  put('root.pem', pem(root))
  put('full.pem', pem(leaf) + pem(middle) + pem(root))
  put('turned.pem', pem(root) + pem(middle) + pem(leaf))
  put('lists.crl', toPem('X509 CRL', list({ issuer: middle, revoked: [{ of: leaf }], to: '2039-01-01' })))
  put('good.crl', list({ issuer: middle, to: '2039-01-01' }))
  put('root.crl', list({ issuer: root, to: '2039-01-01' }))
  put('leaf.key', leaf.key.export({ type: 'pkcs8', format: 'pem' }))
  put('pass.txt', 'correct horse\n')
  put('words.txt', 'only some words')
  mkdirSync(join(cwd, 'folder'))
  put('folder/a.crt', pem(middle))
  put('folder/b.cer', root.der)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd, stdio: 'pipe' })
  openssl('crl2pkcs7', '-nocrl', '-certfile', 'full.pem', '-out', 'chain.p7b')
  const bundle = [
    '-export',
    '-in',
    'leaf.pem',
    '-inkey',
    'leaf.key',
    '-certfile',
    'middle.pem',
    '-passout',
    'file:pass.txt',
  ]
  openssl('pkcs12', ...bundle, '-out', 'leaf.p12')
  openssl('x509', '-in', 'root.pem', '-addtrust', 'serverAuth', '-trustout', '-out', 'server-root.pem')
})
afterAll(closeAll)

const at = ['--at', '2026-06-01']

describe('verify', () => {
  it.each([
    ['apart', ['leaf.pem', '--chain', 'middle.pem', '--roots', 'root.pem']],
    ['in DER, the chain as PKCS#7', ['leaf.der', '--chain', 'chain.p7b', '--roots', 'root.pem']],
    ['with its chain in one file', ['full.pem', '--roots', 'root.pem']],
    ['last in its file', ['turned.pem', '--roots', 'root.pem']],
    ['in a bundle', ['leaf.p12', '--passphrase-file', 'pass.txt', '--roots', 'root.pem']],
    ['with a folder of certificates as chain', ['leaf.pem', '--chain', 'folder', '--roots', 'folder/b.cer']],
    [
      'with several chains and roots',
      ['leaf.pem', '--chain', 'words.txt', '--chain', 'middle.pem', '--roots', 'leaf.crt', '--roots', 'root.pem'],
    ],
    ['with an intermediate that is trusted', ['leaf.pem', '--roots', 'middle.pem']],
  ])('trusts a leaf %s', async (_, args) => {
    const out = await verdict(...args, ...at, '--purpose', 'client', '--name', 'leaf.example')
    expect(out).toMatchObject({ trusted: true, reason: 'ok', roots: { from: 'files' }, at: '2026-06-01T00:00:00Z' })
    expect(out.path[0]?.subject).toBe('CN=Leaf')
  })

  it('reads the leaf from standard input', async () => {
    const ran = await run(['-', '--chain', 'middle.pem', '--roots', 'root.pem', ...at, '--json'], pem(leaf))
    expect(VerifyOut.parse(ran.json()).trusted).toBe(true)
  })

  const path = ['leaf.pem', '--chain', 'middle.pem', '--roots', 'root.pem']

  it.each([
    [[...path, '--purpose', 'server', ...at], 'path.purpose-wrong'],
    [[...path, '--name', 'other.example', ...at], 'path.host-mismatch'],
    [[...path, '--at', '2030-01-02'], 'path.expired'],
    [[...path, '--at', '2030-01-01T00:00:01+00:00'], 'path.expired'],
    [[...path, '--at', '2019-12-31T23:59:59Z'], 'path.not-yet-valid'],
    [[...path, '--crl', 'lists.crl', ...at], 'path.revoked'],
    [[...path, '--chain', 'lists.crl', ...at], 'path.revoked'],
    [[...path, '--crl', 'good.crl', ...at], 'path.revocation-unknown'],
    [[...path, '--crl', 'middle.pem', ...at], 'path.revocation-unknown'],
    [[...path, '--rules', 'web', ...at], 'path.rule-broken'],
    [[...path, '--depth', '0', ...at], 'path.too-long'],
    [['leaf.pem', '--roots', 'root.pem', ...at], 'path.issuer-missing'],
    [['leaf.pem', '--chain', 'middle.pem', '--purpose', 'client', ...at], 'path.issuer-missing'],
    [['full.pem', ...at], 'path.root-untrusted'],
    [['root.pem', ...at], 'path.self-signed'],
    [['leaf.pem', '--roots', 'words.txt', ...at], 'path.no-roots'],
    [
      ['leaf.pem', '--chain', 'middle.pem', '--roots', 'server-root.pem', '--purpose', 'client', ...at],
      'path.distrusted',
    ],
  ])('does not trust %j: %s', async (args, reason) => {
    expect(await verdict(...args)).toMatchObject({ trusted: false, reason })
  })

  it('asks for a list for all below the root with --crl, for less when told so', async () => {
    const crls = ['--crl', 'good.crl', '--crl', 'root.crl']
    expect(await verdict(...path, ...crls, ...at)).toMatchObject({ reason: 'ok' })
    expect(await verdict(...path, '--crl', 'good.crl', '--revocation', 'leaf', ...at)).toMatchObject({ reason: 'ok' })
    expect(await verdict(...path, '--crl', 'root.crl', '--revocation', 'known', ...at)).toMatchObject({ reason: 'ok' })
  })

  it('takes the roots of the system without any, and says how many', async () => {
    expect((await verdict('leaf.pem', ...at)).roots).toMatchObject({
      from: 'system',
      says: expect.stringMatching(/^\d+ of Node\.js/),
    })
  })

  it.each([
    ['words.txt', 'file.unknown-kind'],
    ['nothing.pem', 'file.not-found'],
    ['leaf.key', 'attach.is-private-key'],
    ['leaf.p12', 'key.passphrase-needed'],
    ['good.crl', 'attach.no-certificate'],
  ])('judges a leaf that is none as not trusted, and tells its problem: %s', async (file, code) => {
    const out = await verdict(file, '--roots', 'root.pem')
    expect(out).toMatchObject({
      trusted: false,
      reason: 'path.not-a-certificate',
      path: [],
      problems: [{ file, code }],
    })
    const spoken = await run([file, '--roots', 'root.pem'])
    expect(spoken.code).toBe(1)
    expect(spoken.out).toMatch(/^Not trusted {2}There is no certificate to judge/)
    expect(spoken.err).not.toBe('')
  })

  it('says it in words too, link by link', async () => {
    const good = await run([...path, ...at])
    expect(good).toMatchObject({ code: 0, err: '' })
    expect(good.out).toMatch(/^Trusted {2}“Leaf” is trusted by “Root”\. {2}ok\n {2}CN=Leaf {2}until 2030-01-01\n/)
    const bad = await run([...path, '--at', '2035-01-01', '--chain', 'words.txt'])
    expect(bad.out).toMatch(/^Not trusted {2}The certificate “Leaf” expired on 2030-01-01\. {2}path\.expired\n/)
    expect(bad.out).toContain('Expired on 2030-01-01')
    expect(bad.err).toContain('words.txt')
  })

  it.each([
    [[], /which certificate/],
    [['a.pem', 'b.pem'], /which certificate/],
    [['leaf.pem', '--purpose', 'mail'], /--purpose is one of any, client, server/],
    [['leaf.pem', '--at', 'yesterday'], /--at is a date/],
    [['leaf.pem', '--at', '2026-02-30'], /--at is a date/],
    [['leaf.pem', '--at', '2026-02-28T25:00'], /--at is a date/],
    [['leaf.pem', '--name', 'https://leaf.example'], /--name is a DNS name/],
    [['leaf.pem', '--revocation', 'some'], /--revocation is one of/],
    [['leaf.pem', '--rules', 'mine'], /--rules is one of/],
    [['leaf.pem', '--depth', '-1'], /--depth/],
    [['-', '--roots', '-'], /once/],
  ])('does not understand %j', async (args, why) => {
    const ran = await run([...args, '--json'])
    expect(ran.code).toBe(2)
    expect(Refused.parse(ran.json()).problem.code).toBe('cli.usage')
    expect(ran.err).toMatch(why)
  })
})
