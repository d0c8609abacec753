import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeIn } from '../../shared/intake/take-in.ts'
import { words } from '../../shared/phrasebook.ts'
import { type Item, itemsOf } from '../../shared/pki/convert-items.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { Problem } from '../../shared/problems.ts'
import { corpusRows } from '../support/corpus.ts'
import { run, scratch, withLegacy } from '../support/tools.ts'
import { packages } from './support/given.ts'

/**
 * Foreign files brought in: the keys and certificates that the import finds are, octet for octet, those that OpenSSL or
 * Java's keytool take out of the same file today, and where it takes none it says why.
 */
const fixtures = join(import.meta.dirname, '..', 'fixtures')
const files = scratch()
/** Keystores as Java writes them today: made here, because its own PKCS#12 changes with its versions. */
const made = ['JKS', 'JCEKS', 'PKCS12'].flatMap((type) => ['RSA', 'EC'].map((algorithm) => ({ type, algorithm })))
const madeFile = ({ type, algorithm }: { type: string; algorithm: string }) =>
  `${algorithm}.${type === 'PKCS12' ? 'p12' : type.toLowerCase()}`
beforeAll(async () => {
  for (const one of made) {
    const given = ['-keyalg', one.algorithm, '-storetype', one.type, '-keystore', files.path(madeFile(one))]
    const who = ['-alias', 'mine', '-dname', 'CN=made by Java', '-storepass', 'changeit', '-keypass', 'changeit']
    await run('keytool', ['-genkeypair', ...given, ...who])
  }
})
const told = new Map<string, number>()
afterAll(() => {
  const lines = [...told].sort().map(([what, count]) => `    ${String(count).padStart(4)}  ${what}`)
  process.stdout.write(`what was brought in\n${lines.join('\n')}\n`)
  files.remove()
})
const count = (what: string) => told.set(what, (told.get(what) ?? 0) + 1)

/** Keys in the one way that Node writes them, certificates as they are; both in order. */
type Octets = { keys: string[]; certificates: string[] }

function canonical(pkcs8: Uint8Array): string {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
    return key.export({ type: 'pkcs8', format: 'der' }).toString('hex')
  } catch {
    return Buffer.from(pkcs8).toString('hex')
  }
}
const octets = (keys: Uint8Array[], certificates: Uint8Array[]): Octets => ({
  keys: [...new Set(keys.map(canonical))].sort(),
  certificates: [...new Set(certificates.map((der) => Buffer.from(der).toString('hex')))].sort(),
})

async function ours(items: readonly Item[]): Promise<Octets | { problem: Problem }> {
  const keys: Uint8Array[] = []
  for (const { key } of items) {
    const opened = await key?.open()
    if (opened && !opened.ok) return { problem: opened.problem }
    if (opened) keys.push(opened.value.pkcs8)
  }
  const certificates = items.filter(({ kind }) => kind === 'certificate').map(({ der }) => der)
  return octets(keys, certificates)
}

const inPem = (text: string): Octets => {
  const blocks = pemBlocks(text)
  const of = (label: string) => blocks.filter((block) => block.label === label).map(({ der }) => der)
  return octets(of('PRIVATE KEY'), of('CERTIFICATE'))
}

const node24 = join(packages, 'node_modules/node/bin/node')

async function opensInNode24(path: string, passphrase: string): Promise<boolean> {
  const script =
    'const [path, passphrase] = process.argv.slice(1); require("tls").createSecureContext({ pfx: require("fs").readFileSync(path), passphrase })'
  return (await run(node24, ['-e', script, path, passphrase])).code === 0
}

/** Null when the program refuses the file. Passphrases of a Java keystore are parted by a space. */
type Oracle = (path: string, passphrase: string) => Promise<Octets | null>

/**
 * OpenSSL 3.0 has no PBMAC1. Whether such a MAC is right is asked of Node 24, which has OpenSSL 3.5 in it; what the bundle
 * holds is then told without checking it again.
 */
const opensslBundle: Oracle = async (path, passphrase) => {
  const isYounger = /pbmac1|rfc9579/.test(path)
  if (isYounger && !(await opensInNode24(path, passphrase))) return null
  const more = isYounger ? ['-nomacver'] : []
  const open = (secret: string) =>
    run('openssl', ['pkcs12', '-in', path, '-passin', `pass:${secret}`, '-nodes', ...more, ...withLegacy])
  const first = await open(passphrase)
  // The import tries the empty passphrase by itself.
  const { code, stdout } = first.code === 0 ? first : await open('')
  return code === 0 ? inPem(stdout.toString()) : null
}

const opensslKey: Oracle = async (path, passphrase) => {
  const given = ['pkey', '-in', path, '-passin', `pass:${passphrase}`, ...withLegacy]
  const { code, stdout } = await run('openssl', given)
  return code === 0 ? inPem(stdout.toString()) : null
}

/** Java copies each key into a bundle, which OpenSSL opens; certificates are listed as they are. */
const keytool: Oracle = async (path, passphrase) => {
  const [first = '', ...others] = passphrase.split(' ')
  const type = path.endsWith('.jceks') ? 'JCEKS' : 'JKS'
  const english = '-J-Duser.language=en'
  const listed = await run('keytool', [english, '-list', '-rfc', '-storetype', type, '-keystore', path, '-storepass', first]) // biome-ignore format: one command
  if (listed.code !== 0) return null
  const text = listed.stdout.toString()
  const copy = files.path(`${path.split('/').pop()}.p12`)
  for (const [, alias = ''] of text.matchAll(/^Alias name: (.*)\n.*\nEntry type: PrivateKeyEntry/gm)) {
    let opened = false
    for (const secret of [first, ...others]) {
      const from = ['-srckeystore', path, '-srcstoretype', type, '-srcstorepass', first, '-srckeypass', secret]
      const to = ['-destkeystore', copy, '-deststoretype', 'PKCS12', '-deststorepass', first, '-destkeypass', first]
      const { code } = await run('keytool', ['-importkeystore', '-noprompt', '-srcalias', alias, ...from, ...to])
      opened ||= code === 0
    }
    if (!opened) return null
  }
  return { keys: (await opensslBundle(copy, first))?.keys ?? [], certificates: inPem(text).certificates }
}

const inKinds = (ending: RegExp, passphrase: string) =>
  readdirSync(join(fixtures, 'kinds'))
    .filter((name) => ending.test(name))
    .map((name) => ({ file: `kinds/${name}`, path: join(fixtures, 'kinds', name), passphrase }))
/** Appendix A of RFC 9579; A.1, A.3 and A.4 are in the corpus. */
const rfc9579 = ['a2', 'a5', 'a6'].map((name) => ({
  file: `rfc9579/${name}.p12`,
  path: join(fixtures, 'rfc9579', `${name}.p12`),
  passphrase: '1234',
}))
const inCorpus = (kind: string) =>
  corpusRows(kind).map(({ file, path, password = '' }) => ({ file: `corpus/${file}`, path, passphrase: password }))

const ofJava = (types: RegExp) =>
  made
    .filter(({ type }) => types.test(type))
    .map((one) => ({ file: `Java ${madeFile(one)}`, path: files.path(madeFile(one)), passphrase: 'changeit' }))

const sources: { of: string; oracle: Oracle; files: { file: string; path: string; passphrase: string }[] }[] = [
  {
    of: 'PKCS#12',
    oracle: opensslBundle,
    files: [...inCorpus('pkcs12'), ...inKinds(/^(bundle|trust).*\.p12$/, 'kinds'), ...rfc9579, ...ofJava(/PKCS12/)],
  },
  {
    of: 'Java keystore',
    oracle: keytool,
    files: [...inKinds(/\.(jks|jceks)$/, 'kindskinds other-passphrase'), ...ofJava(/KS/)],
  },
  {
    of: 'key',
    oracle: opensslKey,
    files: [...inCorpus('keys'), ...inKinds(/^key-(?!and).*\.(pem|der|key)$/, 'kinds')],
  },
]
const cases = sources.flatMap(({ of, oracle, files: given }) => given.map((one) => ({ of, oracle, ...one })))

/** Where OpenSSL or Java opens what is refused here, or the other way round, this is why. Anything else is a failure. */
const othersOnly: readonly { file: RegExp; why: string }[] = [
  { file: /pbmac1_256_256\.bad-key-len/, why: 'a MAC key of another length, which OpenSSL refuses too by now' },
]
const hereOnly: readonly { file: RegExp; why: string }[] = [
  {
    file: /ossl__pemread-dsa|go__x509test-L1328|key-one-line/,
    why: 'PEM with labels or lines that OpenSSL does not take',
  },
  { file: /openssh/, why: 'OpenSSH’s own form, which OpenSSL does not read' },
  { file: /ossl__prv-65|ml-dsa|slh-dsa/, why: 'algorithms that OpenSSL knows since 3.5' },
  { file: /withdompar_private/, why: 'a curve that OpenSSL does not know' },
  { file: /keystore-cut-off/, why: 'what is left of a keystore that was cut off' },
]
function expectKnown(list: typeof hereOnly, file: string): string {
  const known = list.find((one) => one.file.test(file))
  expect(known, `${file} is opened on one side only`).toBeDefined()
  return known?.why ?? ''
}

describe('the import', () => {
  it.concurrent.each(cases)('takes out of $file what others do', { timeout: 120_000 }, async (one) => {
    const { of, oracle, file, path, passphrase } = one
    const bytes = readFileSync(path)
    const passphrases = of === 'Java keystore' ? passphrase.split(' ') : [passphrase]
    const [theirs, items] = await Promise.all([oracle(path, passphrase), itemsOf(file, bytes, passphrases)])
    const mine = items.ok ? await ours(items.value.items) : { problem: items.problem }
    const taken = await takeIn([{ file, bytes }], passphrases)
    for (const { problem } of taken.leftOut) {
      const { title, causes, next } = words(problem)
      expect(
        [title, next, ...causes].every((text) => text.length > 8),
        JSON.stringify(problem),
      ).toBe(true)
      count(`${of}: import says ${problem.code}`)
    }
    if ('problem' in mine) {
      const why = theirs ? `opened by others only: ${expectKnown(othersOnly, file)}` : 'refused by both'
      count(`${of}: ${why}, ${mine.problem.code}`)
      expect(taken.keys).toEqual([])
      expect(taken.locked.length + taken.leftOut.length, 'a refusal is told').toBeGreaterThan(0)
      return
    }
    for (const { pkcs8 } of taken.keys) expect(mine.keys).toContain(canonical(pkcs8))
    expect(taken.keys.length + taken.leftOut.length + taken.locked.length).toBeGreaterThanOrEqual(
      Math.min(1, mine.keys.length),
    )
    if (theirs) expect(mine).toEqual(theirs)
    const empty = mine.keys.length + mine.certificates.length === 0
    if (theirs) count(`${of}: the same octets`)
    else if (empty) count(`${of}: no private key in it, for both`)
    else count(`${of}: opened here only: ${expectKnown(hereOnly, file)}`)
  })
})
