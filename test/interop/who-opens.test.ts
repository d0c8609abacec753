import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { whoOpens } from '../../shared/pki/who-opens.ts'
import { corpusRows } from '../support/corpus.ts'
import { openssl, run, scratch } from '../support/tools.ts'

/** What the app says of who opens a file, held against the programs of this computer. `partly` is right either way. */
const at = scratch()
afterAll(() => at.remove())

type Made = { name: string; path: string; passphrase: string }
const client = (name: string) => new URL(`clients/${name}`, import.meta.url).pathname
const electron = createRequire(import.meta.url)('electron') as unknown as string

const legacy = ['-legacy']
const both = (name: string) => ['-keypbe', name, '-certpbe', name]
const bundles: [name: string, ...args: string[]][] = [
  ['modern'],
  ['legacy', ...legacy],
  ['triple-des', ...both('PBE-SHA1-3DES'), '-macalg', 'sha1'],
  ['aes-192', ...both('AES-192-CBC')],
  ['no-mac', '-nomac'],
  ['plain', '-keypbe', 'NONE', '-certpbe', 'NONE'],
  ['mac-sha512', '-macalg', 'sha512'],
  ['mac-md5', '-macalg', 'md5'],
  ...['RC4-128', 'RC4-40', 'RC2-128', '2DES'].map((name): [string, ...string[]] => [
    name,
    ...legacy,
    ...both(`PBE-SHA1-${name}`),
    '-macalg',
    'sha1',
  ]),
  ['md5-des', ...legacy, ...both('PBE-MD5-DES')],
  ['sha1-des', ...legacy, ...both('PBE-SHA1-DES')],
  ['pbes2-triple-des', ...both('DES-EDE3-CBC')],
  ['camellia', ...both('CAMELLIA-256-CBC')],
]

async function madeBundles(): Promise<Made[]> {
  await openssl(['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at.path('k'), '-out', at.path('c'), '-subj', '/CN=m']) // biome-ignore format: one command
  const files = ['-inkey', at.path('k'), '-in', at.path('c'), '-passout', 'pass:pw']
  const made = bundles.map(async ([name, ...args]) => {
    await openssl(['pkcs12', '-export', ...files, ...args, '-out', at.path(`${name}.p12`)])
    return { name, path: at.path(`${name}.p12`), passphrase: 'pw' }
  })
  const written = await Promise.all(made)
  await openssl([
    'pkcs12',
    '-export',
    '-nokeys',
    '-in',
    at.path('c'),
    '-passout',
    'pass:pw',
    '-out',
    at.path('no-key.p12'),
  ])
  written.push({ name: 'no-key', path: at.path('no-key.p12'), passphrase: 'pw' })
  const gnutls = ['--p12-name', 'n', '--password', 'pw', '--outder', '--outfile', at.path('gnutls.p12')]
  await run('certtool', ['--to-p12', '--load-privkey', at.path('k'), '--load-certificate', at.path('c'), ...gnutls])
  written.push({ name: 'gnutls', path: at.path('gnutls.p12'), passphrase: 'pw' })
  const corpus = corpusRows('pkcs12').filter((row) => /windows|PBMAC1|pbmac1.*good|BER|encmixed|name-2/.test(row.file))
  return [...written, ...corpus.map(({ file, path, password = '' }) => ({ name: file, path, passphrase: password }))]
}

async function lines(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<boolean[]> {
  const { stdout } = await run('env', [
    ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
    program,
    ...args,
  ])
  return stdout
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.startsWith('ok'))
}

/** Each program's answer in the order of the files. */
type Program = { who: RegExp; opens: (files: Made[], kind: 'p12' | 'key') => Promise<boolean[]> }

const loader =
  (program: string, env: NodeJS.ProcessEnv): Program['opens'] =>
  (files, kind) => {
    const list = at.put(
      'list.json',
      JSON.stringify(files.map(({ path, passphrase }) => ({ [kind]: path, passphrase }))),
    )
    return lines(program, [client('load.mjs'), list], env)
  }
const isNewOpenSsl = (version: string) => /^3\.([4-9]|\d\d)\.|^[4-9]\./.test(version)
const openSslWho = (version: string) => (isNewOpenSsl(version) ? /^OpenSSL 3\.4/ : /^OpenSSL 3\.0/)

const programs: Program[] = [
  { who: openSslWho(process.versions.openssl), opens: loader(process.execPath, { ELECTRON_RUN_AS_NODE: '' }) },
  { who: /^Electron/, opens: loader(electron, { ELECTRON_RUN_AS_NODE: '1' }) },
  {
    who: /^Java 8u301/,
    opens: async (files) => {
      const list = at.put('list.tsv', files.map(({ path, passphrase }) => `${path}\t${passphrase}\n`).join(''))
      return lines('java', [client('Load.java'), list])
    },
  },
]

describe('who opens a bundle', () => {
  let files: Made[] = []
  beforeAll(async () => {
    files = await madeBundles()
  })

  it.each(programs)('is said as $who does', async ({ who, opens }) => {
    const truth = await opens(files, 'p12')
    expect(truth).toHaveLength(files.length)
    const wrong: string[] = []
    let decided = 0
    for (const [i, { name, path, passphrase }] of files.entries()) {
      const bytes = new Uint8Array(readFileSync(path))
      const [object] = await inspectBytes(name, bytes, [passphrase])
      const said = whoOpens(object!, bytes, [passphrase]).find((one) => who.test(one.who))!
      expect(said.why).toMatch(/^[A-Z].*\.$/)
      if (said.opens === 'partly') continue
      decided++
      if ((said.opens === 'yes') !== truth[i]) wrong.push(`${name}: said ${said.opens}, is ${truth[i]} (${said.why})`)
    }
    expect(wrong).toEqual([])
    expect(decided).toBeGreaterThan(files.length * 0.7)
  })
})

const keys: [name: string, ...args: string[]][] = [
  ['aes', '-v2', 'aes-256-cbc'],
  ['des3', '-v2', 'des3'],
  ['sha512', '-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512'],
  ['sha1', '-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1'],
  ['scrypt', '-scrypt'],
  ['pbe-des3', '-v1', 'PBE-SHA1-3DES'],
  ['pbe-rc2', '-v1', 'PBE-SHA1-RC2-40', '-provider', 'legacy', '-provider', 'default'],
  ['md5-des', '-v1', 'PBE-MD5-DES', '-provider', 'legacy', '-provider', 'default'],
]

describe('who loads an encrypted key', () => {
  const files: Made[] = []
  beforeAll(async () => {
    await openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', at.path('plain.key')])
    for (const [name, ...args] of keys) {
      await openssl([
        'pkcs8',
        '-topk8',
        '-in',
        at.path('plain.key'),
        '-passout',
        'pass:pw',
        ...args,
        '-out',
        at.path(name),
      ])
      files.push({ name, path: at.path(name), passphrase: 'pw' })
    }
    for (const name of ['aes256', 'des3', 'camellia256']) {
      await openssl([
        'ec',
        '-in',
        at.path('plain.key'),
        `-${name}`,
        '-passout',
        'pass:pw',
        '-out',
        at.path(`old-${name}`),
      ])
      files.push({ name: `old-${name}`, path: at.path(`old-${name}`), passphrase: 'pw' })
    }
    files.push({ name: 'plain', path: at.path('plain.key'), passphrase: '' })
  })

  it.each(programs.slice(0, 2).map(({ opens }, i) => ({ who: [/^OpenSSL 3/, /^Electron/][i]!, opens })))(
    'is said as $who does',
    async ({ who, opens }) => {
      const truth = await opens(files, 'key')
      for (const [i, { name, path, passphrase }] of files.entries()) {
        const bytes = new Uint8Array(readFileSync(path))
        const [object] = await inspectBytes(name, bytes, [passphrase])
        const der = pemBlocks(new TextDecoder().decode(bytes))[0]!.der
        const said = whoOpens(object!, der).find((one) => who.test(one.who))!
        expect([name, said.opens, said.why]).toEqual([name, truth[i] ? 'yes' : 'no', said.why])
      }
    },
  )
})
