import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InspectOut, Refused } from '../../electron/cli/output.ts'
import { commandNames } from '../../electron/cli/run.ts'
import { countersign } from '../support/cli.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'
import { issue } from '../support/throwaway-pki.ts'

let cwd: string
const run = (args: string[], stdin?: string | Uint8Array) => countersign(args, { cwd, stdin })
const requestFor = (cn: string, out: string) => [
  'request',
  '--provider',
  'other',
  '--environment',
  'test',
  '--set',
  `CN=${cn}`,
  '--out',
  out,
  '--name',
  'made',
]

beforeAll(async () => {
  cwd = scratchFolder()
  const put = (name: string, text: string | Uint8Array) => writeFileSync(join(cwd, name), text)
  const ca = issue({ subject: ['CN=Some CA'], isCa: true })
  const own = issue({ subject: ['CN=own'], issuer: ca })
  const foreign = issue({ subject: ['CN=foreign'], issuer: ca })
  const stale = issue({ subject: ['CN=own'], issuer: ca, key: own.key, fromDays: -90, toDays: -3 })
  put('own.crt', own.pem)
  put('own.key', own.keyPem)
  put('foreign.crt', foreign.pem)
  put('stale.crt', stale.pem)
  put('ca.crt', ca.pem)
  put('pass.txt', 'correct horse\n')
  put('wrong.txt', 'battery staple\n')
  put('note.txt', 'only some words')
  const made = await run([...requestFor('own', '.'), '--passphrase-file', 'pass.txt'])
  expect(made.code).toBe(0)
  const keep = join(cwd, 'own.csr')
  execFileSync('openssl', ['req', '-new', '-key', 'own.key', '-subj', '/CN=own', '-out', keep], { cwd })
})
afterAll(closeAll)

describe('a command line that is not understood', () => {
  it.each([
    [['nonsense'], /There is no command “nonsense”/],
    [['inspect'], /which files/],
    [['inspect', '--wild', 'x'], /There is no option --wild/],
    [['request', '--out'], /--out needs a value/],
    [['request', '--provider', 'truv', '--out', 'x'], /several environments.*sandbox/],
    [
      ['request', '--provider', 'truv', '--environment', 'sandbox', '--out', 'x', '--set', 'colour=red'],
      /knows no “colour”/,
    ],
    [['request', '--provider', 'truv', '--environment', 'sandbox', '--out', 'x', '--key', 'dsa'], /--key is one of/],
    [['request', '--provider', 'truv', '--environment', 'sandbox', '--out', 'x', '--name', '../y'], /without a folder/],
    [
      ['bundle', '--cert', 'own.crt', '--key', 'own.key', '--out', 'x.p12', '--passphrase', 'secret-word'],
      /not taken as an argument/,
    ],
    [['bundle', '--cert', 'own.crt', '--key', 'own.key', '--out', 'x.p12'], /needs a passphrase/],
    [['test'], /which address/],
    [['test', 'https://x/', '--timeout', 'soon'], /whole number/],
    [['test', 'https://x/', '--header', 'secret-without-colon'], /NAME: VALUE/],
    [['practice'], /Say --provider/],
  ])('%j ends with exit code 2 and says why', async (args, why) => {
    const ran = await run(args)
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(why)
    expect(ran.err).toMatch(/--help/)
    expect(ran.err + ran.out).not.toMatch(/secret-w/)
    expect(ran.out).toBe('')
  })

  it('is told as JSON too when that was asked for', async () => {
    const ran = await run(['inspect', '--json', '--wild'])
    expect(ran.code).toBe(2)
    expect(Refused.parse(ran.json()).problem.code).toBe('cli.usage')
  })

  it('gets an overview without any words, and help in every command', async () => {
    const bare = await run([])
    expect(bare.code).toBe(2)
    for (const name of commandNames) {
      expect(bare.err).toContain(`  ${name} `)
      const help = await run([name, '--help'])
      expect(help.code).toBe(0)
      expect(help.out).toMatch(new RegExp(`^countersign ${name} `))
      expect(help.out).toContain('Examples')
      for (const line of help.out.split('\n'))
        if (!line.includes('  countersign ')) expect(line.length).toBeLessThan(100)
    }
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('attach', () => {
  const attach = (...args: string[]) => run(['attach', '--out', 'never', ...args, '--json'])

  it.each([
    [['--request', 'own.csr', 'own.csr'], 'attach.is-own-request'],
    [['--request', 'own.csr', 'made.csr'], 'attach.is-request'],
    [['--request', 'own.csr', 'own.key'], 'attach.is-private-key'],
    [['--key', 'own.key', 'foreign.crt'], 'attach.no-identity'],
    [['--key', 'own.key', 'ca.crt'], 'attach.no-identity'],
    [['--key', 'own.key', 'note.txt'], 'file.unknown-kind'],
    [['--key', 'own.key', 'nothing.crt'], 'file.not-found'],
    [['--key', 'own.key', 'stale.crt'], 'attach.needs-consent'],
    [['--key', 'own.key', '--provider', 'apata', 'own.crt'], 'attach.needs-consent'],
    [['--key', 'made.key', 'own.crt'], 'key.passphrase-needed'],
    [['--key', 'made.key', '--passphrase-file', 'wrong.txt', 'own.crt'], 'key.passphrase-wrong'],
    [['--key', 'own.crt', 'own.crt'], 'key.none-in-file'],
    [['--key', 'note.txt', 'own.crt'], 'file.unknown-kind'],
    [['--request', 'own.key', 'own.crt'], 'request.none-in-file'],
    [['--request', 'own.crt', 'own.crt'], 'request.none-in-file'],
  ])('%j is refused as %s, and nothing is written', async (args, code) => {
    const ran = await attach(...args)
    expect(ran.code).toBe(1)
    expect(Refused.parse(ran.json()).problem.code).toBe(code)
    expect(existsSync(join(cwd, 'never'))).toBe(false)
  })

  it('takes what is not as it should be when told so, and finds its own among several keys', async () => {
    const flagged = Refused.parse((await attach('--key', 'own.key', 'stale.crt')).json())
    const codes = flagged.findings?.filter(({ severity }) => severity === 'refuses').map(({ code }) => code) ?? []
    const ran = await run([
      'attach',
      '--key',
      'own.key',
      '--request',
      'made.csr',
      'foreign.crt',
      'stale.crt',
      'ca.crt',
      ...codes.flatMap((code) => ['--despite', code]),
      '--out',
      'taken',
      '--json',
    ])
    expect(ran.json()).toMatchObject({ belongsTo: 'own.key', from: 'stale.crt', chain: ['CN=Some CA'] })
    expect(readdirSync(join(cwd, 'taken')).sort()).toEqual(['own.chain.pem', 'own.crt'])
  })
})

describe('providers', () => {
  it('are found by id or by file, and a wrong file is refused naming the field', async () => {
    const unknown = await run(['providers', 'nobody', '--json'])
    expect(unknown.code).toBe(1)
    expect(Refused.parse(unknown.json()).problem.code).toBe('plan.provider-unknown')
    const made = [
      'request',
      '--provider',
      'truv',
      '--environment',
      'moon',
      '--set',
      'name=a',
      '--out',
      'never',
      '--json',
    ]
    expect(Refused.parse((await run(made)).json()).problem.code).toBe('plan.environment-unknown')

    const other = (await run(['providers', 'other', '--json'])).json() as Record<string, unknown>
    writeFileSync(join(cwd, 'mine.json'), JSON.stringify({ ...other, id: 'mine', name: 'Mine' }))
    writeFileSync(
      join(cwd, 'bad.json'),
      JSON.stringify({ ...other, id: 'mine', environments: [{ id: 'x', port: -1 }] }),
    )
    expect((await run(['providers', 'check', 'mine.json'])).code).toBe(0)
    const bad = Refused.parse((await run(['providers', 'check', 'bad.json', '--json'])).json())
    expect(bad.problem).toMatchObject({ code: 'provider.file-wrong', title: expect.stringContaining('environments') })
    const used = await run([
      'request',
      '--provider-file',
      'mine.json',
      '--environment',
      'test',
      '--set',
      'CN=x',
      '--key',
      'ec-p256',
      '--out',
      'mine',
      '--json',
    ])
    expect(used.json()).toMatchObject({
      provider: 'mine',
      keyEncrypted: false,
      findings: expect.arrayContaining([expect.objectContaining({ code: 'key.unencrypted' })]),
    })
    expect(used.err).toMatch(/without a passphrase/)
  })
})

describe('what is there', () => {
  it('is not replaced unless told so, and a refused plan leaves nothing', async () => {
    const before = readFileSync(join(cwd, 'made.key'), 'utf8')
    const refused = await run([...requestFor('own', '.'), '--json'])
    expect(refused.code).toBe(1)
    expect(Refused.parse(refused.json()).problem.code).toBe('file.exists')
    expect(readFileSync(join(cwd, 'made.key'), 'utf8')).toBe(before)
    const wrong = await run([...requestFor('x'.repeat(65), 'long'), '--json'])
    expect(Refused.parse(wrong.json()).problem.code).toBe('plan.breaks-rules')
    expect(existsSync(join(cwd, 'long'))).toBe(false)
  })

  it('is replaced with --force', async () => {
    const words = ['self-sign', '--key', 'own.key', '--set', 'CN=own', '--out', 'forced', '--days', '3']
    expect((await run(words)).code).toBe(0)
    expect((await run(words)).code).toBe(1)
    expect((await run([...words, '--force'])).code).toBe(0)
    expect((statSync(join(cwd, 'forced/own.crt')).mode & 0o777).toString(8)).toBe('644')
  })
})

describe('bundle and self-sign', () => {
  it('refuse a key that is not the certificate’s, and a provider that takes no self-signed certificate', async () => {
    const mixed = await run([
      'bundle',
      '--cert',
      'foreign.crt',
      '--key',
      'own.key',
      '--out',
      'x.p12',
      '--passphrase-file',
      'pass.txt',
      '--json',
    ])
    expect(Refused.parse(mixed.json()).problem).toMatchObject({ code: 'export.key-mismatch' })
    const truv = await run([
      'self-sign',
      '--provider',
      'truv',
      '--environment',
      'sandbox',
      '--set',
      'name=acme',
      '--out',
      'x',
      '--json',
    ])
    expect(Refused.parse(truv.json()).problem.code).toBe('plan.breaks-rules')
  })

  it('write bundles that older systems read', async () => {
    const ran = await run([
      'bundle',
      '--cert',
      'own.crt',
      '--chain',
      'ca.crt',
      '--key',
      'own.key',
      '--older',
      '--name',
      'mine',
      '--out',
      'old.p12',
      '--passphrase-file',
      'pass.txt',
      '--json',
    ])
    expect(ran.json()).toMatchObject({ readers: 'older', friendlyName: 'mine', chain: ['CN=Some CA'] })
    const info = execFileSync(
      'openssl',
      ['pkcs12', '-in', 'old.p12', '-info', '-noout', '-passin', 'pass:correct horse'],
      { cwd, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    expect(info.toString()).toBe('')
    expect((statSync(join(cwd, 'old.p12')).mode & 0o777).toString(8)).toBe('600')
  })
})

describe('inspect', () => {
  it('reads standard input, and keeps an order of files as given', async () => {
    const ran = await run(['inspect', 'own.crt', '-', 'own.csr', '--json'], readFileSync(join(cwd, 'ca.crt')))
    const objects = InspectOut.parse(ran.json())
    expect(objects.map(({ file, kind }) => [file, kind])).toEqual([
      ['own.crt', 'certificate'],
      ['-', 'certificate'],
      ['own.csr', 'request'],
    ])
    expect(
      objects[0]?.relations.map(({ kind, with: id }) => [kind, objects.find((one) => one.id === id)?.file]),
    ).toEqual(
      expect.arrayContaining([
        ['same-key', 'own.csr'],
        ['issued-by', '-'],
      ]),
    )
  })

  it('answers 1 for what it cannot read and for what a server would refuse, 0 for a locked key', async () => {
    expect((await run(['inspect', 'own.crt', 'nothing.crt', '--json'])).code).toBe(1)
    expect((await run(['inspect', 'note.txt'])).code).toBe(1)
    expect((await run(['inspect', 'stale.crt'])).code).toBe(1)
    const locked = await run(['inspect', 'made.key', '--json'])
    expect(locked.code).toBe(0)
    expect(InspectOut.parse(locked.json())[0]).toMatchObject({ kind: 'private-key', facts: { encrypted: true } })
    const opened = await run(['inspect', 'made.key', 'made.csr', '--passphrase-file', 'pass.txt', '--json'])
    expect(InspectOut.parse(opened.json())[0]?.relations).toMatchObject([{ kind: 'same-key' }])
    expect((await run(['inspect', 'made.key', '--passphrase-file', 'wrong.txt', '--json'])).code).toBe(1)
  })

  it('lets no private key out, in text or in JSON', async () => {
    for (const more of [[], ['--json']]) {
      const ran = await run(['inspect', 'own.key', 'made.key', '--passphrase-file', 'pass.txt', ...more])
      expect(ran.out).not.toMatch(/PRIVATE KEY-----/)
      const body = readFileSync(join(cwd, 'own.key'), 'utf8').split('\n')[1] ?? ''
      expect(ran.out).not.toContain(body.slice(0, 20))
    }
  })

  it('shows control characters of a file by number, and paints nothing into a pipe', async () => {
    const trick = issue({ subject: ['CN=\u001b[2Jgood\u202egnp\r\nfake'] })
    writeFileSync(join(cwd, 'trick.crt'), trick.pem)
    const ran = await run(['inspect', 'trick.crt'])
    expect(ran.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/)
    expect(ran.out).not.toMatch(/^fake/m)
  })
})
