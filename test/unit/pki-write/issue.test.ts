import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { words } from '../../../shared/phrasebook.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import type { Bytes } from '../../../shared/pki/der.ts'
import { der } from '../../../shared/pki/der.ts'
import { generateKey } from '../../../shared/pki/keys.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { readRequest } from '../../../shared/pki/request.ts'
import { buildRequest, createAuthority, issueFromRequest, selfSign } from '../../../shared/pki/x509.ts'
import { corpusRows } from '../../support/corpus.ts'

const now = new Date('2026-03-01T12:00:00.500Z')
const authority = await createAuthority({ commonName: 'Test CA', key: 'ec-p256', days: 100, now })
const { pkcs8 } = await generateKey('ec-p256')
const named = [{ type: 'CN', value: 'client' }]
const request = await buildRequest({
  pkcs8,
  key: 'ec-p256',
  subject: named,
  subjectAltNames: ['DNS:a.example', 'IP:::1'],
})
const order = { authority, requestDer: request.der, days: 30, now, purposes: ['clientAuth' as const] }

async function certificateFor(
  change: Partial<typeof order> & { subject?: typeof named; subjectAltNames?: string[] } = {},
) {
  const made = await issueFromRequest({ ...order, ...change })
  if (!made.ok) throw new Error(made.problem.code)
  return readCertificate(made.value.der)!
}

const refusal = async (change: Partial<typeof order>) => {
  const made = await issueFromRequest({ ...order, ...change })
  return made.ok ? 'issued' : made.problem
}

describe('an issued certificate', () => {
  it('carries the request’s key and names, and the authority’s rules', async () => {
    const { facts, spki } = await certificateFor()
    expect(Buffer.from(spki).equals(readRequest(request.der)!.spki)).toBe(true)
    expect(facts).toMatchObject({
      version: 3,
      subject: 'CN=client',
      issuer: 'CN=Test CA',
      isCa: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
      subjectAltNames: ['DNS:a.example', 'IP:::1'],
      authorityKeyIdentifier: readCertificate(authority.certificateDer)!.facts.subjectKeyIdentifier,
    })
  })

  it('begins five minutes ago and ends after the days asked for, in whole seconds', async () => {
    expect((await certificateFor()).facts).toMatchObject({
      notBefore: '2026-03-01T11:55:00Z',
      notAfter: '2026-03-31T12:00:00Z',
    })
  })

  it('never outlives its authority', async () => {
    expect((await certificateFor({ days: 5000 })).facts.notAfter).toBe(
      readCertificate(authority.certificateDer)!.facts.notAfter,
    )
  })

  it('never begins before its authority', async () => {
    const young = await createAuthority({
      commonName: 'Young',
      key: 'ec-p256',
      days: 9,
      now: new Date(now.getTime() + 240_000),
    })
    const made = await certificateFor({ authority: young })
    expect(made.facts.notBefore).toBe(readCertificate(young.certificateDer)!.facts.notBefore)
  })

  it('writes years from 2050 on as RFC 5280 wants', async () => {
    const lasting = await createAuthority({ commonName: 'Lasting', key: 'ec-p256', days: 36_500, now })
    expect((await certificateFor({ authority: lasting, days: 10_000 })).facts.notAfter).toBe('2053-07-17T12:00:00Z')
  })

  it('has a positive serial number of sixteen octets, another each time', async () => {
    const serials = await Promise.all(Array.from({ length: 20 }, async () => (await certificateFor()).facts.serialHex!))
    expect(new Set(serials).size).toBe(20)
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/)
  })

  it('takes a subject and names that are given instead', async () => {
    const { facts } = await certificateFor({ subject: [{ type: 'CN', value: 'other' }], subjectAltNames: [] })
    expect(facts).toMatchObject({ subject: 'CN=other', subjectAltNames: [] })
  })

  it('lets an RSA server take keys, and no client', async () => {
    const rsa = await generateKey('rsa-2048')
    const { der: requestDer } = await buildRequest({ ...rsa, key: 'rsa-2048', subject: named, subjectAltNames: [] })
    expect((await certificateFor({ requestDer })).facts.keyUsage).toEqual(['digitalSignature'])
    const made = await issueFromRequest({ ...order, requestDer, purposes: ['serverAuth'] })
    if (!made.ok) throw new Error(made.problem.code)
    expect(readCertificate(made.value.der)!.facts.keyUsage).toEqual(['digitalSignature', 'keyEncipherment'])
  })

  it('says nothing of purposes when none is given', async () => {
    const made = await issueFromRequest({ ...order, purposes: [] })
    if (!made.ok) throw new Error(made.problem.code)
    expect(readCertificate(made.value.der)!.facts.extendedKeyUsage).toBeUndefined()
  })

  it('marks the names critical when the subject is empty', async () => {
    const { der: requestDer } = await buildRequest({
      pkcs8,
      key: 'ec-p256',
      subject: [],
      subjectAltNames: ['DNS:a.example'],
    })
    const { facts } = await certificateFor({ requestDer })
    expect(facts.extensions?.find(({ oid }) => oid === '2.5.29.17')?.critical).toBe(true)
  })
})

const flipped = (bytes: Bytes, at: number): Bytes => bytes.map((octet, i) => (i === at ? octet ^ 1 : octet))
const corpusRequest = (file: string): Bytes => {
  const row = corpusRows('requests').find((one) => one.file === `requests/${file}`)!
  return pemBlocks(readFileSync(row.path, 'utf8'))[0]!.der
}

describe('an authority refuses', () => {
  it('a request that was altered', async () => {
    const at = Buffer.from(request.der).indexOf('client')
    expect(await refusal({ requestDer: flipped(request.der, at) })).toEqual({ code: 'issue.request-unproven' })
    expect(await refusal({ requestDer: flipped(request.der, request.der.length - 1) })).toEqual({
      code: 'issue.request-unproven',
    })
  })

  it('what is no request', async () => {
    const damaged = { code: 'file.damaged', name: 'the request', what: 'signing request' }
    for (const requestDer of [new Uint8Array(0), authority.certificateDer, der.sequence()]) {
      expect(await refusal({ requestDer })).toEqual(damaged)
    }
  })

  it('a weak key, by its size', async () => {
    const pair = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    )
    const weak = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
    const { der: requestDer } = await buildRequest({
      pkcs8: weak,
      key: 'rsa-2048',
      subject: named,
      subjectAltNames: [],
    })
    const problem = { code: 'issue.key-weak', key: 'RSA 1024', least: 'RSA 2048' } as const
    expect(await refusal({ requestDer })).toEqual(problem)
    expect(words(problem).title).toContain('RSA 1024')
  })

  it('a request that names nobody', async () => {
    const { der: requestDer } = await buildRequest({ pkcs8, key: 'ec-p256', subject: [], subjectAltNames: [] })
    expect(await refusal({ requestDer })).toEqual({ code: 'issue.nobody-named' })
  })

  it('to sign before or after its own time', async () => {
    const { notAfter } = readCertificate(authority.certificateDer)!.facts
    for (const time of ['2026-02-28T12:00:00Z', notAfter!, '2030-01-01T00:00:00Z']) {
      expect(await refusal({ now: new Date(time) })).toEqual({ code: 'issue.authority-over', notAfter })
    }
  })

  it('to be one when its certificate is none', async () => {
    const leaf = await selfSign({ pkcs8, key: 'ec-p256', subject: named, subjectAltNames: [], days: 9, now })
    const unfit = { pkcs8, key: 'ec-p256' as const }
    expect(await refusal({ authority: { ...authority, ...unfit, certificateDer: leaf.der } })).toEqual({
      code: 'issue.authority-unfit',
    })
    expect(await refusal({ authority: { ...authority, ...unfit, certificateDer: der.sequence() } })).toEqual({
      code: 'issue.authority-unfit',
    })
  })

  it('or issues, and never throws, whatever the request of the corpus', async () => {
    const outcomes: Record<string, number> = {}
    for (const row of [...corpusRows('requests'), ...corpusRows('hostile')]) {
      const bytes = readFileSync(row.path)
      const blocks = pemBlocks(bytes.toString('latin1'))
      for (const requestDer of blocks.length > 0 && blocks.length < 50 ? blocks.map((block) => block.der) : [bytes]) {
        const made = await issueFromRequest({ ...order, requestDer })
        const outcome = made.ok ? 'issued' : made.problem.code
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
        if (made.ok) expect(readCertificate(made.value.der)).not.toBeNull()
      }
    }
    expect(outcomes.issued).toBeGreaterThan(5)
    expect(outcomes['file.damaged']).toBeGreaterThan(5)
  })

  it('to make another authority of a request that asks to be one', async () => {
    const made = await issueFromRequest({ ...order, requestDer: corpusRequest('derived__csr-asks-ca-true.pem') })
    if (!made.ok) throw new Error(made.problem.code)
    expect(readCertificate(made.value.der)!.facts).toMatchObject({ isCa: false, keyUsage: ['digitalSignature'] })
  })
})

describe('a self-signed certificate', () => {
  it('names a client, for the days asked', async () => {
    const { der } = await selfSign({
      pkcs8,
      key: 'ec-p256',
      subject: named,
      subjectAltNames: ['DNS:a.example'],
      days: 365,
      now,
    })
    expect(readCertificate(der)!.facts).toMatchObject({
      selfSigned: true,
      isCa: false,
      notBefore: '2026-03-01T11:55:00Z',
      notAfter: '2027-03-01T12:00:00Z',
      subjectAltNames: ['DNS:a.example'],
      extendedKeyUsage: ['clientAuth'],
    })
  })
})
