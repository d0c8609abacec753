import { X509Certificate } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { receiverFiles } from '../../shared/handover/receiver-files.ts'
import type { ReceiverId } from '../../shared/handover/receiver-ids.ts'
import { receivers } from '../../shared/handover/receivers.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { type Issued, issue } from '../support/throwaway-pki.ts'
import { run, scratch, withLegacy } from '../support/tools.ts'
import { packages } from './support/given.ts'

/** The bundles of each receiver, opened by every reader that Debian has: who can open what is measured, not promised. */
const files = scratch()
const passphrase = 'Correct-Horse-7-battery'
let root: Issued
let leaf: Issued
const bundles: Partial<Record<ReceiverId, { path: string; content: Uint8Array }>> = {}

beforeAll(async () => {
  root = issue({ subject: ['O=Acme', 'CN=Acme Root'], isCa: true })
  leaf = issue({ subject: ['CN=client.example.com'], issuer: root, key: 'rsa' })
  for (const id of ['java', 'windows', 'older', 'fips', 'java-old'] as const) {
    const [file] = await receiverFiles(receivers.find((one) => one.id === id)!, {
      name: 'Acme live',
      stem: `acme-${id}`,
      pkcs8: pemBlocks(leaf.keyPem)[0]!.der,
      certificateDer: leaf.der,
      chain: [root.der],
      passphrase,
      now: new Date(),
    })
    const content = file!.content as Uint8Array
    bundles[id] = { path: files.put(file!.name, content), content }
  }
})
afterAll(() => {
  process.stdout.write(`who opens what\n${told.sort().join('\n')}\n`)
  files.remove()
})

const told: string[] = []
const fingerprint = () => new X509Certificate(leaf.der).fingerprint256

type Opened = { key: boolean; text: string }
type Reader = { name: string; version: string[]; open(path: string, content: Uint8Array): Promise<Opened> }

const openssl = (name: string, more: readonly string[]): Reader => ({
  name,
  version: ['openssl', 'version'],
  async open(path) {
    const { code, stdout } = await run('openssl', [
      ...['pkcs12', '-in', path, '-passin', `pass:${passphrase}`, '-nodes'],
      ...more,
    ])
    const text = stdout.toString()
    const [certificate] = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE')
    const seen = certificate ? new X509Certificate(certificate.der).fingerprint256 : ''
    return { key: code === 0 && text.includes('PRIVATE KEY'), text: seen }
  },
})

/** Node's own way to a client certificate, in whatever it is built with. */
const loader = (name: string, program: string, more: NodeJS.ProcessEnv): Reader => ({
  name,
  version: ['env', ...Object.entries(more).map(([key, value]) => `${key}=${value}`), program, '-p', versions],
  async open(path) {
    const script =
      'const [path, passphrase] = process.argv.slice(-2); require("tls").createSecureContext({ pfx: require("fs").readFileSync(path), passphrase })'
    const env = Object.entries(more).map(([key, value]) => `${key}=${value}`)
    const { code } = await run('env', [...env, program, '-e', script, path, passphrase])
    return { key: code === 0, text: code === 0 ? fingerprint() : '' }
  },
})
const versions =
  '(({ electron, node, openssl }) => electron ? "Electron " + electron : "Node " + node + ", OpenSSL " + openssl)(process.versions)'

const readers: Reader[] = [
  openssl('OpenSSL 3', []),
  openssl('OpenSSL 3 with its legacy provider', withLegacy),
  loader('Node 20', process.execPath, {}),
  loader('Node 24, with OpenSSL 3.5', join(packages, 'node_modules/node/bin/node'), {}),
  loader('Electron, with BoringSSL', createRequire(import.meta.url)('electron'), { ELECTRON_RUN_AS_NODE: '1' }),
  {
    name: 'Java keytool',
    version: ['keytool', '-J-version'],
    async open(path) {
      const args = ['-J-Duser.language=en', '-list', '-v', '-keystore', path, '-storepass', passphrase]
      const { stdout } = await run('keytool', args)
      const text = stdout.toString()
      return { key: text.includes('PrivateKeyEntry'), text }
    },
  },
  {
    name: 'GnuTLS certtool',
    version: ['certtool', '--version'],
    async open(path) {
      const { code, stdout } = await run('certtool', [
        '--p12-info',
        '--inder',
        '--infile',
        path,
        '--password',
        passphrase,
      ])
      const text = stdout.toString()
      const [certificate] = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE')
      const seen = certificate ? new X509Certificate(certificate.der).fingerprint256 : ''
      return { key: code === 0 && /PRIVATE KEY/.test(text), text: seen }
    },
  },
  {
    name: 'NSS pk12util',
    version: ['dpkg-query', '-W', 'libnss3-tools'],
    async open(path) {
      const store = files.path(`nss-${path.split('/').pop()}`)
      mkdirSync(store, { recursive: true })
      const empty = files.put('empty.txt', '\n')
      await run('certutil', ['-N', '-d', `sql:${store}`, '-f', empty])
      const { code } = await run('pk12util', ['-i', path, '-d', `sql:${store}`, '-k', empty, '-W', passphrase])
      const keys = await run('certutil', ['-K', '-d', `sql:${store}`, '-f', empty])
      return { key: code === 0 && /rsa|ec/i.test(keys.stdout.toString()), text: code === 0 ? fingerprint() : '' }
    },
  },
  {
    name: 'Python cryptography',
    version: ['/usr/bin/python3', '-c', 'import cryptography; print("cryptography", cryptography.__version__)'],
    async open(path) {
      const script =
        'import sys\nfrom cryptography.hazmat.primitives.serialization import pkcs12\nfrom cryptography.hazmat.primitives import hashes\nkey, own, more = pkcs12.load_key_and_certificates(open(sys.argv[1], "rb").read(), sys.argv[2].encode())\nprint(":".join(f"{octet:02X}" for octet in own.fingerprint(hashes.SHA256())), key.key_size, len(more))'
      const { code, stdout } = await run('/usr/bin/python3', ['-c', script, path, passphrase])
      return { key: code === 0, text: stdout.toString() }
    },
  },
]

/** PBMAC1 is younger than most of these: they must refuse, and not take it for intact. */
const opens: Record<'java' | 'windows' | 'older' | 'fips' | 'java-old', readonly string[]> = {
  java: readers.map(({ name }) => name),
  windows: readers.map(({ name }) => name),
  older: readers.map(({ name }) => name),
  fips: ['Node 24, with OpenSSL 3.5'],
  'java-old': ['Java keytool'],
}

describe.each(readers)('$name', (reader) => {
  it.concurrent.each(Object.keys(opens) as (keyof typeof opens)[])(
    'opens the bundle for %s as far as it is said to',
    async (id) => {
      const { stdout, stderr } = await run(reader.version[0]!, reader.version.slice(1))
      const version = `${stdout}${stderr}`.split('\n')[0]
      expect(version, `${reader.name} is not installed`).toBeTruthy()
      const { path, content } = bundles[id]!
      const opened = await reader.open(path, content)
      const expected = opens[id].includes(reader.name)
      told.push(`    ${reader.name.padEnd(36)} ${id.padEnd(10)} ${opened.key ? 'opens' : 'refuses'}   ${version}`)
      expect(opened.key).toBe(expected)
      if (expected) expect(opened.text).toContain(fingerprint())
    },
  )
})
