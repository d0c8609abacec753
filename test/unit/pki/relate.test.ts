import { createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificatesIn } from '../../../shared/pki/certificates-in.ts'
import { orderChain, orderChainChecked, verifySignature } from '../../../shared/pki/chain.ts'
import type { Bytes } from '../../../shared/pki/der.ts'
import { sameBytes } from '../../../shared/pki/der.ts'
import { inspectAll } from '../../../shared/pki/inspect.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { issue, makeKey, revoke } from '../../support/throwaway-pki.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const bytes = (text: string) => new TextEncoder().encode(text)
const file = (path: string) => new Uint8Array(readFileSync(join(fixtures, path)))
const today = new Date()

const root = issue({ subject: ['O=Chain', 'CN=root'], isCa: true })
const middle = issue({ subject: ['O=Chain', 'CN=middle'], isCa: true, issuer: root })
const leaf = issue({ subject: ['O=Chain', 'CN=leaf'], issuer: middle })
const stranger = issue({ subject: ['CN=stranger'], isCa: true })

/** A CA made anew under the same name, with another key. */
const namesake = issue({ subject: ['O=Chain', 'CN=middle'], isCa: true, issuer: root })

const inspected = (...pems: string[]) =>
  inspectAll(
    pems.map((pem, i) => ({ file: `${i}.pem`, bytes: bytes(pem) })),
    [],
    today,
  )

describe('relations', () => {
  it('join a key, its request and its certificate, the more private first', async () => {
    const kinds = ['client.crt', 'client.csr', 'key-pkcs8.pem', 'public-key.der']
    const { objects, relations } = await inspectAll(
      kinds.map((name) => ({ file: name, bytes: file(`kinds/${name}`) })),
      [],
      today,
    )
    const kindOf = (id: string) => objects.find((object) => object.id === id)!.kind
    expect(relations.map(({ kind, a, b }) => `${kind} ${kindOf(a)} ${kindOf(b)}`).sort()).toEqual([
      'same-key private-key certificate',
      'same-key private-key public-key',
      'same-key private-key request',
      'same-key public-key certificate',
      'same-key request certificate',
      'same-key request public-key',
    ])
  })

  it('name the issuer whose key made the signature, checked', async () => {
    const { relations } = await inspected(leaf.pem, root.pem, middle.pem)
    expect(relations).toEqual([
      { kind: 'issued-by', a: '0', b: '2', verified: true },
      { kind: 'issued-by', a: '2', b: '1', verified: true },
    ])
  })

  it('leave out a namesake whose key did not make the signature', async () => {
    const { relations } = await inspected(leaf.pem, namesake.pem)
    expect(relations).toEqual([])
  })

  it('name the issuer of a revocation list', async () => {
    const { relations } = await inspected(revoke(middle, [leaf]), middle.pem)
    expect(relations).toEqual([{ kind: 'issued-by', a: '0', b: '1', verified: true }])
  })

  it('reach into containers', async () => {
    const { objects, relations } = await inspectAll(
      [{ file: 'b.p12', bytes: file('kinds/bundle.p12') }],
      ['kinds'],
      today,
    )
    expect(objects.map((object) => `${object.id} ${object.inside ?? '-'} ${object.kind}`)).toEqual([
      '0 - pkcs12',
      '0.0 0 private-key',
      '0.1 0 certificate',
      '0.2 0 certificate',
    ])
    expect(relations).toContainEqual({ kind: 'same-key', a: '0.0', b: '0.1' })
    expect(relations).toContainEqual({ kind: 'issued-by', a: '0.1', b: '0.2', verified: true })
  })

  it('stay bounded for ten thousand certificates of one name and key', async () => {
    const blocks = Array.from({ length: 10_000 }, () => leaf.pem).join('') + middle.pem
    const began = performance.now()
    const { objects, relations } = await inspected(blocks)
    expect(performance.now() - began).toBeLessThan(8000)
    expect(objects).toHaveLength(10_001)
    expect(relations.length).toBeLessThan(25_000)
  }, 30_000)
})

const same = (one: Bytes[], other: Bytes[]) =>
  one.length === other.length && one.every((der, i) => sameBytes(der, other[i]!))

describe('orderChain', () => {
  it.each([
    ['root first', [root, middle]],
    ['middle first', [middle, root]],
    ['with the leaf, doubles and a stranger', [root, leaf, middle, middle, stranger]],
  ])('puts issuers nearest first: %s', async (_, others) => {
    const ders = others.map((one) => one.der)
    for (const found of [orderChain(leaf.der, ders), await orderChainChecked(leaf.der, ders)]) {
      expect(same(found.chain, [middle.der, root.der])).toBe(true)
      expect(found.missingIssuer).toBeUndefined()
      expect(same(found.unused, others.includes(stranger) ? [stranger.der] : [])).toBe(true)
    }
  })

  it('names whom the chain lacks', () => {
    expect(orderChain(leaf.der, []).missingIssuer).toBe('CN=middle,O=Chain')
    expect(orderChain(leaf.der, [middle.der]).missingIssuer).toBe('CN=root,O=Chain')
    expect(orderChain(leaf.der, [root.der])).toMatchObject({ chain: [], missingIssuer: 'CN=middle,O=Chain' })
  })

  it('takes the issuer that signed when two have the name', async () => {
    const { chain } = await orderChainChecked(leaf.der, [namesake.der, root.der, middle.der])
    expect(same(chain, [middle.der, root.der])).toBe(true)
  })

  it('ends in a loop of two that issued each other', () => {
    const [one, other] = [makeKey('ec'), makeKey('ec')]
    const a = issue({ subject: ['CN=a'], isCa: true, key: one })
    const bFromA = issue({ subject: ['CN=b'], isCa: true, key: other, issuer: a })
    const aFromB = issue({ subject: ['CN=a'], isCa: true, key: one, issuer: bFromA })
    const end = issue({ subject: ['CN=end'], issuer: aFromB })
    const { chain } = orderChain(end.der, [bFromA.der, aFromB.der])
    expect(chain.length).toBeLessThanOrEqual(2)
  })

  it('leaves bytes that are no certificate unused', () => {
    const junk = Uint8Array.of(1, 2, 3)
    expect(orderChain(leaf.der, [junk]).unused).toEqual([junk])
    expect(orderChain(junk, [leaf.der])).toEqual({ chain: [], unused: [leaf.der] })
  })
})

describe('verifySignature', () => {
  it.each(['rsa', 'ec', 'ec384', 'ed25519'] as const)('knows the key that signed: %s', async (kind) => {
    const ca = issue({ subject: ['CN=ca'], isCa: true, key: kind })
    const child = issue({ subject: ['CN=child'], issuer: ca })
    const other = issue({ subject: ['CN=ca'], isCa: true, key: kind })
    expect(createPublicKey(ca.keyPem).asymmetricKeyType).toBe(kind === 'ec384' ? 'ec' : kind)
    expect(await verifySignature(child.der, ca.der)).toBe(true)
    expect(await verifySignature(child.der, other.der)).toBe(false)
  })

  it('verifies every root of a public bundle with its own key', async () => {
    const roots = pemBlocks(new TextDecoder().decode(file('corpus/bundles/certifi__cacert.pem'))).map(({ der }) => der)
    const answers = await Promise.all(roots.map((der) => verifySignature(der, der)))
    expect(answers.filter((answer) => answer !== true)).toHaveLength(0)
    expect(answers).toHaveLength(121)
  })

  it.each(['bssl__x509-pss_sha384.pem', 'pyca__rsa_pss_cert_invalid_mgf.der'])('verifies RSA-PSS: %s', async (name) => {
    const found = await certificatesIn(name, file(`corpus/certificates/${name}`), undefined, today)
    const der = found.ok ? found.value.certificates[0]!.der : Uint8Array.of()
    expect(await verifySignature(der, der)).toBe(true)
    expect(await verifySignature(der, root.der)).toBe(false)
  })

  it('says null where it cannot know', async () => {
    const dsa = pemBlocks(new TextDecoder().decode(file('corpus/certificates/osc__test-dsa-2048.crt')))[0]!.der
    expect(await verifySignature(dsa, dsa)).toBeNull()
    expect(await verifySignature(Uint8Array.of(0x30, 0), dsa)).toBeNull()
  })
})

describe('certificatesIn', () => {
  it.each([
    ['client.crt', 1],
    ['client.der', 1],
    ['chain-ca-first.pem', 2],
    ['two-in-der.cer', 2],
    ['collection.p7b', 2],
    ['collection-der.p7b', 2],
    ['key-and-certificate.pem', 1],
    ['bundle-empty-passphrase.p12', 1],
    ['keystore.jks', 2],
    ['utf-16le.crt', 1],
  ])('finds those of %s', async (name, count) => {
    const found = await certificatesIn(name, file(`kinds/${name}`), undefined, today)
    expect(found.ok && found.value.certificates.length).toBe(count)
    if (!found.ok) return
    for (const { der, pem, facts } of found.value.certificates) {
      expect(sameBytes(pemBlocks(pem)[0]!.der, der)).toBe(true)
      expect(facts.sha256).toMatch(/^[0-9a-f]{64}$/)
    }
  })

  it.each([
    ['client.csr', { code: 'attach.is-request', name: 'client.csr' }],
    ['key-pkcs8.pem', { code: 'attach.is-private-key', name: 'key-pkcs8.pem' }],
    ['key-encrypted.pem', { code: 'attach.is-private-key', name: 'key-encrypted.pem' }],
    ['bundle.p12', { code: 'key.passphrase-needed', name: 'bundle.p12' }],
    ['list.crl', { code: 'attach.no-certificate', name: 'list.crl', found: 'a revocation list' }],
    ['public-key.pem', { code: 'attach.no-certificate', name: 'public-key.pem', found: 'a public key' }],
    ['empty.crt', { code: 'file.empty', name: 'empty.crt' }],
    ['notes.txt', { code: 'file.unknown-kind', name: 'notes.txt' }],
    ['cut-off.crt', { code: 'file.damaged', name: 'cut-off.crt', what: 'certificate' }],
    ['web-page.cer', { code: 'file.something-else', name: 'web-page.cer', what: 'web-page' }],
    ['archive.cer', { code: 'file.something-else', name: 'archive.cer', what: 'archive' }],
  ])('refuses %s by what it is', async (name, problem) => {
    expect(await certificatesIn(name, file(`kinds/${name}`), undefined, today)).toEqual({ ok: false, problem })
  })

  it('opens a bundle with its passphrase, and says when it does not fit', async () => {
    const found = await certificatesIn('bundle.p12', file('kinds/bundle.p12'), 'kinds', today)
    expect(found.ok && found.value.certificates.length).toBe(2)
    const wrong = await certificatesIn('bundle.p12', file('kinds/bundle.p12'), 'other', today)
    expect(wrong).toEqual({ ok: false, problem: { code: 'key.passphrase-wrong', name: 'bundle.p12' } })
  })
})
