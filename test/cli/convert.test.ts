import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConvertOut, Refused } from '../../electron/cli/output.ts'
import { countersign } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

const kinds = join(import.meta.dirname, '..', 'fixtures', 'kinds')
let cwd: string
const run = (args: string[], stdin?: string | Uint8Array) => countersign(['convert', ...args], { cwd, stdin })
const read = (name: string) => readFileSync(join(cwd, name), 'utf8')
const fixture = (name: string) => readFileSync(join(kinds, name), 'utf8')
const modeOf = (name: string) => (statSync(join(cwd, name)).mode & 0o777).toString(8)

beforeAll(() => {
  cwd = scratchFolder()
  for (const name of [
    'client.crt',
    'client.der',
    'client.csr',
    'utf-16le.crt',
    'chain.pem',
    'chain-ca-first.pem',
    'collection.p7b',
    'key-pkcs8.pem',
    'key-pkcs1.pem',
    'key-encrypted.pem',
    'key-one-line-encrypted.pem',
    'bundle.p12',
    'keystore-two-keys.jks',
    'notes.txt',
    'list.crl',
  ]) {
    cpSync(join(kinds, name), join(cwd, name))
  }
  writeFileSync(join(cwd, 'kinds.txt'), 'kinds\n')
  writeFileSync(join(cwd, 'store.txt'), 'kindskinds\n')
  writeFileSync(join(cwd, 'other.txt'), 'other-passphrase\n')
  writeFileSync(join(cwd, 'new.txt'), 'a new passphrase\n')
})
afterAll(closeAll)

describe('convert', () => {
  it('repairs what programs refuse, and says what it changed', async () => {
    const ran = await run(['utf-16le.crt', '--repair', '--out', 'repaired.crt', '--json'])
    expect(ran.code).toBe(0)
    expect(read('repaired.crt')).toBe(fixture('client.crt'))
    const { files, changes, objects } = ConvertOut.parse(ran.json())
    expect(files).toEqual(['repaired.crt'])
    expect(changes).toEqual(['The text is written as ASCII in place of UTF-16.'])
    expect(objects).toMatchObject([{ kind: 'certificate', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
  })

  it('changes nothing about what is right', async () => {
    const ran = await run(['chain.pem', '--repair', '--out', 'same.pem', '--json'])
    expect(ConvertOut.parse(ran.json()).changes).toEqual([])
    expect(read('same.pem')).toBe(fixture('chain.pem'))
  })

  it('joins files, puts them in order and leaves doubles out', async () => {
    const ran = await run(['chain-ca-first.pem', 'client.der', '--to', 'pem', '--out', 'joined.pem', '--json'])
    expect(read('joined.pem')).toBe(fixture('chain.pem'))
    expect(ConvertOut.parse(ran.json()).changes).toEqual([
      'The binary form (DER) is written as text (PEM).',
      'What is there twice is written once.',
      'The certificates are put in order: yours first, then each issuer.',
    ])
  })

  it('keeps the order of a collection unless told otherwise', async () => {
    await run(['chain-ca-first.pem', '--to', 'p7b', '--out', 'as-is.p7b'])
    await run(['chain-ca-first.pem', '--to', 'p7b', '--order', '--out', 'ordered.p7b'])
    expect(read('as-is.p7b')).not.toBe(read('ordered.p7b'))
    await run(['chain.pem', '--to', 'p7b', '--out', 'right.p7b'])
    expect(read('ordered.p7b')).toBe(read('right.p7b'))
  })

  it('writes keys for their owner alone, and the rest for everybody', async () => {
    await run(['client.crt', '--to', 'der', '--out', 'mode.der'])
    await run(['key-pkcs8.pem', '--to', 'der', '--out', 'mode.key'])
    expect([modeOf('mode.der'), modeOf('mode.key')]).toEqual(['644', '600'])
    const parts = ['--to', 'pem', '--out', 'apart.crt', '--key-out', 'apart.key', '--passphrase-out-file', 'new.txt']
    const ran = await run(['bundle.p12', '--passphrase-file', 'kinds.txt', ...parts, '--json'])
    expect(ConvertOut.parse(ran.json()).files).toEqual(['apart.crt', 'apart.key'])
    expect([modeOf('apart.crt'), modeOf('apart.key')]).toEqual(['644', '600'])
    expect(read('apart.key')).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/)
    expect(read('apart.crt')).toBe(fixture('chain.pem'))
  })

  it('never writes over a file unless told to', async () => {
    writeFileSync(join(cwd, 'there.pem'), 'mine')
    const refused = await run(['client.crt', '--to', 'pem', '--out', 'there.pem', '--json'])
    expect(refused.code).toBe(1)
    expect(Refused.parse(refused.json()).problem.code).toBe('file.exists')
    expect(read('there.pem')).toBe('mine')
    expect((await run(['client.crt', '--to', 'pem', '--out', 'there.pem', '--force'])).code).toBe(0)
    expect(read('there.pem')).toBe(fixture('client.crt'))
  })

  it('writes to standard output when told so, text and octets alike', async () => {
    const pem = await run(['client.der', '--to', 'pem', '--out', '-'])
    expect(pem.out).toBe(fixture('client.crt'))
    expect(pem.err).toContain('The binary form (DER) is written as text (PEM).')
    const again = await run(['-', '--to', 'pem', '--out', '-'], readFileSync(join(kinds, 'client.der')))
    expect(again.out).toBe(fixture('client.crt'))
  })

  it('does not say a private key aloud by itself', async () => {
    for (const args of [
      ['key-pkcs8.pem', '--to', 'pem', '--out', 'quiet.pem'],
      ['key-pkcs8.pem', '--to', 'pkcs8', '--out', 'quiet.key', '--json'],
    ]) {
      const { code, out, err } = await run(args)
      expect(code).toBe(0)
      expect(out + err).not.toMatch(/PRIVATE KEY|MIGHAgEA/)
    }
  })

  it('keeps a key protected that was, unless it is told otherwise', async () => {
    const kept = await run(['key-one-line-encrypted.pem', '--repair', '--out', 'kept.key', '--json'])
    expect(kept.code).toBe(0)
    expect(read('kept.key')).toContain('Proc-Type: 4,ENCRYPTED')
    const opening = ['key-encrypted.pem', '--passphrase-file', 'kinds.txt', '--to', 'pkcs8', '--out', 'open.key']
    const exposed = await run([...opening, '--json'])
    expect(Refused.parse(exposed.json()).problem).toMatchObject({
      code: 'convert.key-exposed',
      next: 'Protect it with --passphrase-out-file FILE, or say --key-unencrypted.',
    })
    expect(existsSync(join(cwd, 'open.key'))).toBe(false)
    expect((await run([...opening, '--key-unencrypted'])).code).toBe(0)
    expect(read('open.key')).toBe(fixture('key-pkcs8.pem'))
  })

  it('takes one of several keys out of a keystore, with its own passphrase', async () => {
    const store = ['keystore-two-keys.jks', '--passphrase-file', 'store.txt', '--passphrase-file', 'other.txt']
    const several = await run([
      ...store,
      '--to',
      'p12',
      '--passphrase-out-file',
      'new.txt',
      '--out',
      'no.p12',
      '--json',
    ])
    expect(Refused.parse(several.json()).problem.code).toBe('convert.too-many')
    const one = [
      '--alias',
      'second',
      '--to',
      'p12',
      '--passphrase-out-file',
      'new.txt',
      '--out',
      'second.p12',
      '--json',
    ]
    const ran = await run([...store, ...one])
    expect(ConvertOut.parse(ran.json()).objects.map(({ kind, name }) => [kind, name])).toEqual([
      ['private-key', 'second'],
      ['certificate', 'second'],
    ])
    const certificates = await run([
      'keystore-two-keys.jks',
      '--no-keys',
      '--to',
      'pem',
      '--out',
      'store.pem',
      '--json',
    ])
    expect(ConvertOut.parse(certificates.json()).objects).toHaveLength(3)
  })

  it.each([
    [['notes.txt', '--to', 'pem'], 'file.unknown-kind'],
    [['nothing.crt', '--to', 'pem'], 'file.not-found'],
    [['chain.pem', '--to', 'der'], 'convert.too-many'],
    [['client.crt', '--to', 'pkcs8'], 'convert.nothing-for'],
    [['key-pkcs1.pem', '--to', 'sec1'], 'convert.nothing-for'],
    [['key-pkcs8.pem', '--to', 'pkcs1'], 'convert.nothing-for'],
    [['client.csr', '--to', 'p7b'], 'convert.nothing-for'],
    [['list.crl', '--to', 'public-key'], 'convert.nothing-for'],
    [['chain.pem', '--to', 'public-key'], 'convert.too-many'],
    [['bundle.p12', '--to', 'pem'], 'key.passphrase-needed'],
    [['bundle.p12', '--to', 'pem', '--passphrase-file', 'new.txt'], 'key.passphrase-wrong'],
    [['key-encrypted.pem', '--to', 'pkcs8', '--key-unencrypted'], 'key.passphrase-needed'],
    [['keystore-two-keys.jks', '--to', 'pem', '--key-unencrypted'], 'key.passphrase-needed'],
    [['key-pkcs1.pem', 'client.crt', '--to', 'p12', '--passphrase-out-file', 'new.txt'], 'convert.no-pair'],
    [['key-pkcs1.pem', '--to', 'pkcs1', '--passphrase-out-file', 'new.txt'], 'convert.no-protection'],
  ])('%j is refused as %s, and nothing is written', async (args, code) => {
    const ran = await run([...args, '--out', 'never', '--json'])
    expect(Refused.parse(ran.json()).problem.code).toBe(code)
    expect(ran.code).toBe(1)
    expect(existsSync(join(cwd, 'never'))).toBe(false)
  })

  it.each([
    [[], /which files/],
    [['client.crt', '--out', 'x'], /--to FORM/],
    [['client.crt', '--to', 'gif', '--out', 'x'], /no form “gif”/],
    [['client.crt', '--to', 'der'], /--out FILE/],
    [['client.crt', '--to', 'der', '--repair', '--out', 'x'], /--repair writes pem/],
    [['client.crt', '--to', 'pem', '--out', '-', '--json'], /both want standard output/],
    [['client.crt', 'key-pkcs8.pem', '--to', 'p12', '--out', 'x'], /needs a passphrase/],
    [['bundle.p12', '--to', 'pem', '--out', 'x', '--no-keys', '--key-out', 'y'], /either --key-out or --no-keys/],
  ])('%j is not understood', async (args, words) => {
    const ran = await run(args)
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(words)
  })
})

describe('a chain with another certificate first', () => {
  it('is used all the same by test, which says that others refuse it', async () => {
    const ran = await countersign(
      ['test', 'https://127.0.0.1:1/', '--cert', 'chain-ca-first.pem', '--key', 'key-pkcs8.pem', '--json'],
      { cwd },
    )
    expect(ran.err).toContain('The first certificate in “chain-ca-first.pem” is not yours but CN=Kinds CA,O=Kinds Ltd')
    expect(ran.json()).toMatchObject({ verdict: { cause: 'net.refused' } })
  })
})

describe('a certificate and a key in place of each other', () => {
  it.each([
    ['test', ['https://localhost:1/', '--cert', 'key-pkcs8.pem', '--key', 'client.crt', '--json']],
    [
      'bundle',
      ['--cert', 'key-pkcs8.pem', '--key', 'client.crt', '--out', 'x.p12', '--passphrase-file', 'kinds.txt', '--json'],
    ],
    ['attach', ['--key', 'client.crt', 'key-pkcs8.pem', '--json']],
  ])('are named by %s', async (command, args) => {
    const ran = await countersign([command, ...args], { cwd })
    expect(ran.code).toBe(1)
    const { problem } = ran.json() as { problem: { code: string; next: string } }
    expect(problem).toMatchObject({ code: 'pair.swapped', next: 'Give each in place of the other.' })
  })
})
