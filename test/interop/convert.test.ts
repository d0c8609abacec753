import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { convert } from '../../shared/pki/convert.ts'
import type { Converted, ConvertHow, Target } from '../../shared/pki/convert-how.ts'
import { itemsOf } from '../../shared/pki/convert-items.ts'
import { openssl, run, scratch, withLegacy } from '../support/tools.ts'

const kinds = join(import.meta.dirname, '..', 'fixtures', 'kinds')
const at = scratch()
afterAll(() => at.remove())

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(kinds, file)))
const passphrases = ['kinds', 'kindskinds']
const plain: ConvertHow = {
  to: 'pem',
  order: true,
  withoutKeys: false,
  readers: 'modern',
  now: new Date('2026-03-01T12:00:00Z'),
  keyApart: false,
  inTheClear: false,
}

async function made(files: readonly string[], how: Partial<ConvertHow>): Promise<Converted> {
  const found = []
  for (const file of files) {
    const items = await itemsOf(file, bytesOf(file), passphrases)
    if (!items.ok) throw new Error(JSON.stringify(items.problem))
    found.push(items.value)
  }
  const done = await convert(found, { ...plain, ...how })
  if (!done.ok) throw new Error(JSON.stringify(done.problem))
  return done.value
}

const text = async (...args: string[]) => (await openssl(args)).toString().trim()
const fingerprint = async (path: string, ...more: string[]) =>
  text('x509', '-in', path, '-noout', '-fingerprint', '-sha256', ...more)

const leaf = await fingerprint(join(kinds, 'client.crt'))
const modulus = await text('pkey', '-in', join(kinds, 'key-pkcs8.pem'), '-pubout')

/** Every way the same identity lies in files here: key, certificate, chain. */
const identities: [string, string[]][] = [
  ['PEM in two files', ['key-pkcs8.pem', 'chain.pem']],
  ['an encrypted key, and the CA first', ['key-encrypted.pem', 'chain-ca-first.pem']],
  ['DER', ['key-pkcs8.der', 'client.der', 'collection-der.p7b']],
  ['an older bundle', ['bundle-rc2.p12', 'collection.p7b']],
  ['a bundle', ['bundle.p12']],
  ['a bundle without a MAC', ['bundle-no-mac.p12', 'chain.pem']],
  ['a bundle in the clear', ['bundle-in-the-clear.p12', 'chain.pem']],
  ['a JKS', ['keystore.jks']],
  ['a JCEKS', ['keystore-keys.jceks']],
]

describe.each(identities)('an identity in %s', (_, files) => {
  it('becomes PEM that OpenSSL loads, the certificate first', async () => {
    const { content, secret } = await made(files, { passphrase: 'written' })
    const path = at.put('all.pem', content)
    expect(secret).toBe(true)
    expect(await fingerprint(path)).toBe(leaf)
    expect(await text('pkey', '-in', path, '-passin', 'pass:written', '-pubout')).toBe(modulus)
    expect(new TextDecoder().decode(content)).not.toContain('BEGIN PRIVATE KEY')
  })

  it('becomes PEM in two files, of which one holds the key', async () => {
    const { content, key, secret } = await made(files, { keyApart: true, passphrase: 'written' })
    expect(secret).toBe(false)
    expect(new TextDecoder().decode(content)).not.toContain('KEY')
    expect(await fingerprint(at.put('certificates.pem', content))).toBe(leaf)
    const path = at.put('key.pem', key!)
    expect(await text('pkey', '-in', path, '-passin', 'pass:written', '-pubout')).toBe(modulus)
  })

  it.each(['modern', 'older'] as const)(
    'becomes a bundle that OpenSSL and Java open, for %s readers',
    async (readers) => {
      const { content } = await made(files, { to: 'p12', passphrase: 'written', readers })
      const path = at.put('made.p12', content)
      const legacy = readers === 'older' ? withLegacy : []
      const opened = await text('pkcs12', '-in', path, '-passin', 'pass:written', '-nodes', ...legacy)
      expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
      expect(await fingerprint(at.put('opened.pem', opened))).toBe(leaf)
      expect(await text('pkey', '-in', at.path('opened.pem'), '-pubout')).toBe(modulus)
      const listed = await run('keytool', ['-list', '-keystore', path, '-storepass', 'written'])
      expect(listed.stdout.toString()).toContain('PrivateKeyEntry')
    },
  )

  it('becomes a Java keystore and a truststore that keytool lists', async () => {
    const store = await made(files, { to: 'jks', passphrase: 'written' })
    const trust = await made(files, { to: 'truststore', passphrase: 'written' })
    expect([store.secret, trust.secret]).toEqual([true, false])
    const list = async (name: string, content: Uint8Array) => {
      const listed = await run('keytool', ['-list', '-keystore', at.put(name, content), '-storepass', 'written'])
      return listed.stdout.toString()
    }
    expect(await list('made.jks', store.content)).toMatch(/Keystore type: JKS[\s\S]*PrivateKeyEntry/)
    expect((await list('trust.p12', trust.content)).match(/trustedCertEntry/g)).toHaveLength(2)
  })

  it.each(['p7b', 'p7c'] as const)('becomes a collection (%s) without its key', async (to) => {
    const { content, secret, changes } = await made(files, { to })
    const path = at.put('made.p7', content)
    const inform = to === 'p7c' ? ['-inform', 'DER'] : []
    const printed = await text('pkcs7', '-in', path, ...inform, '-print_certs')
    expect(printed.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    expect(await fingerprint(at.put('printed.pem', printed))).toBe(leaf)
    expect(secret).toBe(false)
    const left = 'Left out, because a collection holds certificates and revocation lists only: a private key.'
    expect(changes).toContain(left)
  })

  it.each([
    ['pkcs8', 'BEGIN PRIVATE KEY'],
    ['sec1', 'BEGIN EC PRIVATE KEY'],
  ] as const)('gives its key as %s', async (to, label) => {
    const { content } = await made(files, { to, inTheClear: true })
    expect(new TextDecoder().decode(content)).toContain(label)
    const path = at.put('key.pem', content)
    expect(await text('pkey', '-in', path, '-check', '-noout')).toBe('Key is valid')
    expect(await text('pkey', '-in', path, '-pubout')).toBe(modulus)
  })
})

describe('single objects', () => {
  const commands: Record<string, string> = { certificate: 'x509', request: 'req', crl: 'crl', 'public-key': 'pkey' }
  it.each([
    ['client.crt', 'client.der', 'certificate'],
    ['client.csr', 'client-request.der', 'request'],
    ['list.crl', 'list-der.crl', 'crl'],
    ['public-key.pem', 'public-key.der', 'public-key'],
  ])('%s and %s are each other’s forms', async (pem, der, kind) => {
    expect(Buffer.from((await made([pem], { to: 'der' })).content)).toEqual(readFileSync(join(kinds, der)))
    expect(new TextDecoder().decode((await made([der], { to: 'pem' })).content)).toBe(
      readFileSync(join(kinds, pem), 'utf8'),
    )
    const { objects } = await made([der], { to: 'pem' })
    const more = kind === 'public-key' ? ['-pubin', '-outform', 'DER'] : ['-outform', 'DER']
    const { stdout } = await run('openssl', [commands[kind]!, '-in', join(kinds, pem), ...more])
    const { createHash } = await import('node:crypto')
    expect(objects).toMatchObject([{ kind, sha256: createHash('sha256').update(stdout).digest('hex') }])
  })

  it.each([
    ['key-pkcs1.pem', 'pkcs8', 'key-pkcs1.pem'],
    ['key-pkcs1-encrypted-des3.pem', 'pkcs8', 'key-pkcs1.pem'],
    ['key-pkcs1.pem', 'pkcs1', 'key-pkcs1.pem'],
    ['key-encrypted-scrypt.pem', 'sec1', 'key-pkcs8.pem'],
    ['key-sec1-with-parameters.pem', 'pkcs8', 'key-sec1-with-parameters.pem'],
    ['key-ec-explicit.pem', 'sec1', 'key-ec-explicit.pem'],
    ['key-openssh-encrypted.pem', 'pkcs8', 'key-openssh.pem'],
    ['key-putty.ppk', 'pkcs8', 'key-openssh.pem'],
    ['key-dsa.pem', 'pkcs8', 'key-dsa.pem'],
    ['key-ed448.pem', 'pkcs8', 'key-ed448.pem'],
  ] as [string, Target, string][])('%s as %s is the key that it was', async (file, to, same) => {
    const { content } = await made([file], { to, inTheClear: true })
    const { spkiSha256 } = (await made([file], { to, inTheClear: true })).objects[0]!
    const path = at.put('key.pem', content)
    await openssl(['pkey', '-in', path, '-noout'])
    const own = await made([same], { to: 'pem' })
    expect(own.objects[0]!.spkiSha256).toBe(spkiSha256)
  })

  it.each(['key-encrypted.pem', 'client.crt', 'client.csr', 'public-key.der'])(
    'the public key is taken out of %s',
    async (file) => {
      const how = { to: 'public-key', withoutKeys: false } as const
      const { content, secret } = await made([file], how)
      expect(new TextDecoder().decode(content).trim()).toBe(modulus)
      expect(secret).toBe(false)
    },
  )
})
