import { createHash, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { openPrivateKey, sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { openssl, run, scratch, withLegacy } from '../support/tools.ts'

const files = scratch()
afterAll(() => files.remove())

const passphrase = 'Grüße an 東京 – correct horse'

async function spkiHash(path: string, ...args: string[]): Promise<string> {
  const spki = await openssl(['pkey', '-in', path, '-pubout', '-outform', 'DER', ...args, ...withLegacy])
  return createHash('sha256').update(spki).digest('hex')
}

describe('a key that was made here', () => {
  it.each(KeyAlgorithm.options)('%s: OpenSSL reads it in the clear and finds it sound', async (algorithm) => {
    const { pkcs8, spki } = await generateKey(algorithm)
    const path = files.put(`${algorithm}.key`, toPem('PRIVATE KEY', pkcs8))
    const says = await openssl(['pkey', '-in', path, '-noout', '-check'])
    expect(says.toString()).toContain('Key is valid')
    expect(await spkiHash(path)).toBe(createHash('sha256').update(spki).digest('hex'))
  })

  it.each(KeyAlgorithm.options)('%s: OpenSSL opens it sealed, with the passphrase only', async (algorithm) => {
    const { pkcs8, spki } = await generateKey(algorithm)
    const path = files.put(`${algorithm}.sealed.key`, await sealPkcs8(pkcs8, passphrase))
    expect(await spkiHash(path, '-passin', `pass:${passphrase}`)).toBe(createHash('sha256').update(spki).digest('hex'))
    const wrong = await run('openssl', ['pkey', '-in', path, '-noout', '-passin', 'pass:another'])
    expect(wrong.code).not.toBe(0)
  })

  it('has the exponent 65537 when it is an RSA key', async () => {
    const { spki } = await generateKey('rsa-2048')
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    expect(key.asymmetricKeyDetails).toEqual({ modulusLength: 2048, publicExponent: 65537n })
  })

  it('is opened by GnuTLS, sealed', async () => {
    const { pkcs8 } = await generateKey('ec-p256')
    const path = files.put('gnutls.key', await sealPkcs8(pkcs8, 'correct horse'))
    const { code, stdout } = await run('certtool', ['--key-info', '--infile', path, '--password', 'correct horse'])
    expect({ code, curve: stdout.toString().includes('SECP256R1') }).toEqual({ code: 0, curve: true })
  })
})

/** Every way OpenSSL encrypts PKCS#8, by the arguments of `openssl pkcs8 -topk8`. */
const pkcs8Schemes: string[][] = [
  ...['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'des3', 'des', 'rc2', 'rc2-40-cbc', 'rc2-64-cbc'].map((cipher) => [
    '-v2',
    cipher,
  ]),
  ...['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA512-224', 'SHA512-256'].map((digest) => [
    '-v2',
    'aes-256-cbc',
    '-v2prf',
    `hmacWith${digest}`,
  ]),
  ['-scrypt'],
  ['-scrypt', '-scrypt_N', '1024', '-scrypt_r', '4', '-scrypt_p', '3'],
  ['-v2', 'aes-256-cbc', '-iter', '600000'],
  ...['PBE-MD5-DES', 'PBE-SHA1-DES', 'PBE-MD5-RC2-64', 'PBE-SHA1-RC2-64'].map((scheme) => ['-v1', scheme]),
  ...['RC4-128', 'RC4-40', '3DES', '2DES', 'RC2-128', 'RC2-40'].map((scheme) => ['-v1', `PBE-SHA1-${scheme}`]),
]

describe('a key that OpenSSL sealed', () => {
  const kinds = ['rsa', 'ec', 'ed25519'] as const
  const plain = {} as Record<(typeof kinds)[number], string>
  beforeAll(async () => {
    plain.rsa = files.path('rsa.pem')
    plain.ec = files.path('ec.pem')
    plain.ed25519 = files.path('ed.pem')
    await openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', plain.rsa])
    await openssl(['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', plain.ec])
    await openssl(['genpkey', '-algorithm', 'ED25519', '-out', plain.ed25519])
  })

  it.each(pkcs8Schemes.map((args) => [args.join(' '), args] as const))('as PKCS#8 by %s opens', async (_, args) => {
    for (const kind of kinds) {
      const form = ['-inform', 'PEM', '-outform', 'DER', '-passout', `pass:${passphrase}`, ...withLegacy]
      const sealed = await openssl(['pkcs8', '-topk8', '-in', plain[kind], ...args, ...form])
      const opened = await openPrivateKey(sealed, passphrase)
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
      expect(opened.value.facts.spkiSha256).toBe(await spkiHash(plain[kind]))
      expect(opened.value.facts.encrypted).toBe(true)
    }
  })

  // RC4 has no padding and so no sign of a wrong key but an unreadable result: the others fail earlier.
  it.each(pkcs8Schemes.map((args) => [args.join(' '), args] as const))(
    'as PKCS#8 by %s stays shut for another passphrase',
    async (_, args) => {
      const form = ['-outform', 'DER', '-passout', 'pass:right', ...withLegacy]
      const sealed = await openssl(['pkcs8', '-topk8', '-in', plain.ec, ...args, ...form])
      const problem = { code: 'key.passphrase-wrong', name: 'a.key' }
      expect(await openPrivateKey(sealed, 'wrong', 'a.key')).toEqual({ ok: false, problem })
    },
  )

  const ciphers = ['aes128', 'aes192', 'aes256', 'des3', 'des', 'des-ede-cbc']
  it.each(ciphers)('in its own PEM form by %s opens', async (cipher) => {
    for (const kind of ['rsa', 'ec'] as const) {
      const out = files.path(`${kind}.${cipher}.pem`)
      const way = kind === 'rsa' ? ['rsa', '-traditional'] : ['ec']
      await openssl([
        ...way,
        '-in',
        plain[kind],
        `-${cipher}`,
        '-out',
        out,
        '-passout',
        `pass:${passphrase}`,
        ...withLegacy,
      ])
      const opened = await openPrivateKey(readFileSync(out), passphrase)
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
      expect(opened.value.facts.spkiSha256).toBe(await spkiHash(plain[kind]))
      expect(opened.value.facts.container).toBe(kind === 'rsa' ? 'PKCS#1' : 'SEC1')
      expect((await openPrivateKey(readFileSync(out), 'wrong')).ok).toBe(false)
    }
  })

  it('with a cipher that is not opened here is refused by that cipher’s name', async () => {
    const form = ['-outform', 'DER', '-passout', 'pass:x']
    const sealed = await openssl(['pkcs8', '-topk8', '-in', plain.ec, '-v2', 'camellia-256-cbc', ...form])
    const opened = await openPrivateKey(sealed, 'x', 'a.key')
    expect(opened).toMatchObject({
      problem: { code: 'key.protection-unsupported', scheme: expect.stringMatching(/camellia/i) },
    })
  })
})

describe('a key in the clear that OpenSSL wrote', () => {
  const made: [string, string[]][] = [
    ['PKCS#1', ['genrsa', '-traditional', '2048']],
    ['RSA-PSS', ['genpkey', '-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048']],
    ...['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1', 'brainpoolP256r1', 'sect283k1'].map(
      (curve): [string, string[]] => [`SEC1 on ${curve}`, ['ecparam', '-name', curve, '-genkey']],
    ),
    [
      'SEC1 on a curve it describes itself',
      ['ecparam', '-name', 'secp384r1', '-param_enc', 'explicit', '-genkey', '-noout'],
    ],
    ...['ED25519', 'X25519', 'ED448', 'X448'].map((name): [string, string[]] => [
      name,
      ['genpkey', '-algorithm', name],
    ]),
  ]
  it.each(made)('%s has the public key that OpenSSL finds', async (_, args) => {
    const path = files.put('plain.pem', await openssl(args))
    const opened = await openPrivateKey(readFileSync(path))
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    expect(opened.value.facts.spkiSha256).toBe(await spkiHash(path))
    expect(await openPrivateKey(await openssl(['pkey', '-in', path, '-outform', 'DER']))).toMatchObject({ ok: true })
  })

  it.each(['prime256v1', 'secp384r1', 'secp521r1'])(
    'SEC1 on %s without its public point still has one',
    async (curve) => {
      const path = files.put('full.pem', await openssl(['ecparam', '-name', curve, '-genkey', '-noout']))
      const bare = await openssl(['ec', '-in', path, '-no_public', '-outform', 'DER'])
      const opened = await openPrivateKey(bare)
      expect(opened).toMatchObject({ ok: true, value: { facts: { spkiSha256: await spkiHash(path) } } })
    },
  )

  it('is opened from OpenSSH’s form, encrypted or not, and refused with a wrong passphrase', async () => {
    for (const [type, bits] of [
      ['rsa', '2048'],
      ['ecdsa', '256'],
      ['ecdsa', '384'],
      ['ecdsa', '521'],
      ['ed25519', ''],
    ] as const) {
      const path = files.path(`ssh-${type}${bits}`)
      const make = await run('ssh-keygen', ['-q', '-t', type, ...(bits ? ['-b', bits] : []), '-N', '', '-f', path])
      expect(make.code).toBe(0)
      const opened = await openPrivateKey(readFileSync(path))
      if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
      const again = files.put('again.pem', toPem('PRIVATE KEY', opened.value.pkcs8))
      expect(opened.value.facts.spkiSha256).toBe(await spkiHash(again))
      const fromSsh = await run('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${path}.pub`])
      if (type !== 'ed25519') {
        const spki = createPublicKey(fromSsh.stdout.toString()).export({ format: 'der', type: 'spki' })
        expect(opened.value.facts.spkiSha256).toBe(createHash('sha256').update(spki).digest('hex'))
      }
      expect((await run('openssl', ['pkey', '-in', again, '-noout', '-check'])).code).toBe(0)
    }
    const locked = files.path('ssh-locked')
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'secret', '-f', locked])
    const opened = await openPrivateKey(readFileSync(locked), 'secret', 'id')
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    const again = files.put('again.pem', toPem('PRIVATE KEY', opened.value.pkcs8))
    expect((await run('openssl', ['pkey', '-in', again, '-noout', '-check'])).code).toBe(0)
    const problem = { code: 'key.passphrase-wrong', name: 'id' }
    expect(await openPrivateKey(readFileSync(locked), 'wrong', 'id')).toEqual({ ok: false, problem })
  })
})
