import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containerParts } from '../../../shared/pki/container-parts.ts'
import type { ObjectKind } from '../../../shared/pki/facts.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { ContainerPart, WhoOpens } from '../../../shared/pki/inspect-calls.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { whoOpens } from '../../../shared/pki/who-opens.ts'
import { corpusRows } from '../../support/corpus.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')

async function read(file: string, passphrase?: string): Promise<string[]> {
  const bytes = new Uint8Array(readFileSync(join(fixtures, file)))
  const passphrases = passphrase === undefined ? [] : [passphrase]
  const [object] = await inspectBytes(file, bytes, passphrases)
  const der = pemBlocks(new TextDecoder().decode(bytes))[0]?.der ?? bytes
  const parts = await containerParts(object!, der, passphrases)
  return parts.map(({ depth, name, says }) => `${'  '.repeat(depth)}${name}${says === '' ? '' : `: ${says}`}`)
}

describe('the structure of a container', () => {
  it('shows what guards a bundle, its safes, bags and attributes', async () => {
    expect(await read('corpus/pkcs12/bssl__windows.p12', 'foo')).toEqual([
      'PKCS#12: version 3, 2,566 octets',
      '  Guard (MAC): HMAC-SHA-1; key by PKCS#12, 2,000 iterations, salt of 20 octets',
      '  Content 1, in the clear',
      '    Private key, encrypted: triple DES; key by PKCS#12 with SHA-1, 2,000 iterations, salt of 8 octets',
      '      Local key id: 01000000',
      '      Friendly name: ee6d8805-06d9-42e2-8b68-feab5ef28270',
      '      Windows key provider: Microsoft Enhanced Cryptographic Provider v1.0',
      '  Content 2, encrypted: RC2-40; key by PKCS#12 with SHA-1, 2,000 iterations, salt of 8 octets',
      '    Certificate: CN=agl',
      '      Local key id: 01000000',
    ])
  })

  it('says what is locked without the passphrase', async () => {
    expect((await read('corpus/pkcs12/bssl__windows.p12')).slice(-2)).toEqual([
      '  Content 2, encrypted: RC2-40; key by PKCS#12 with SHA-1, 2,000 iterations, salt of 8 octets',
      '    Locked: its passphrase shows what is inside',
    ])
  })

  it.each([
    [
      'corpus/pkcs12/ossl__pbmac1_256_256.good.p12',
      /PBMAC1: HMAC-SHA-256; key by PBKDF2 with HMAC-SHA-256, 2,048 iterations/,
    ],
    ['corpus/pkcs12/forge__p12enckeyonly.p12', /Guard \(MAC\): none: changes would go unnoticed/],
    ['corpus/pkcs12/bssl__no_encryption.p12', /Private key, in the clear: EC/],
  ])('of %s: %s', async (file, line) => {
    expect(await read(file)).toContainEqual(expect.stringMatching(line))
  })

  it('shows signers and recipients of PKCS#7', async () => {
    expect(await read('corpus/pkcs7/bssl__p7-sign_sha256_cert2.p7s')).toContain(
      '    By: number 9E2F4F1132362026 of O=Internet Widgits Pty Ltd,ST=Some-State,C=AU',
    )
    expect(await read('corpus/pkcs7/forge__pkcs7-L101.pem')).toEqual([
      'PKCS#7: pkcs7-envelopedData, 593 octets',
      expect.stringMatching(/^ {2}Recipient: number D4541C40D835E2F3 of .*, with rsaEncryption$/),
      '  Encrypted content: des-ede3-cbc (1.2.840.113549.3.7)',
    ])
  })

  it('shows the entries of a Java keystore', async () => {
    const lines = await read('kinds/keystore.jks')
    expect(lines[0]).toMatch(/^JKS keystore: \d+ entr/)
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}Entry “.*”: a private key with its chain, since \d{4}-/))
    expect(lines).toContainEqual('    Private key, encrypted: a stream of SHA-1 digests; key by JKS with SHA-1')
  })

  it('tells how a key is encrypted', async () => {
    expect(await read('kinds/key-encrypted.pem')).toEqual([
      'Private key, encrypted: PKCS#8',
      expect.stringMatching(/^ {2}Encryption: AES-256-CBC; key by PBKDF2 with HMAC-SHA-256, [\d,]+ iterations, salt/),
    ])
    expect((await read('kinds/key-pkcs1-encrypted.pem')).at(-1)).toMatch(/Encryption: OpenSSL PEM, MD5, /)
    expect(await read('kinds/key-pkcs8.pem')).toEqual([])
  })

  it('and who opens it are told of every container, and never fail, whatever the bytes', async () => {
    const rows = ['pkcs12', 'pkcs7', 'keys'].flatMap((kind) => corpusRows(kind))
    const real = rows.map(({ path }) => new Uint8Array(readFileSync(path))).filter(({ length }) => length < 6000)
    const kinds: ObjectKind[] = ['pkcs12', 'pkcs7', 'keystore', 'private-key']
    const damaged = fc
      .tuple(fc.constantFrom(...real), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat())
      .map(([bytes, changes, end]) => {
        const copy = bytes.slice(0, end % 4 ? undefined : end % bytes.length)
        for (const [at, octet] of changes) if (copy.length > 0) copy[at % copy.length] = octet
        return copy
      })
    await fc.assert(
      fc.asyncProperty(damaged, fc.constantFrom(...kinds), async (bytes, kind) => {
        const object = { kind, facts: { encrypted: true, container: 'PKCS#8' } }
        for (const part of await containerParts(object, bytes, ['pw'])) ContainerPart.parse(part)
        for (const one of whoOpens(object, bytes)) WhoOpens.parse(one)
      }),
      { numRuns: 300 },
    )
  })
})
