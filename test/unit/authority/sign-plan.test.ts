import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { PlanChoice, PlanRow } from '../../../shared/authority/plan-row.ts'
import { consentsOf, planSigning } from '../../../shared/authority/sign-plan.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { der } from '../../../shared/pki/der.ts'
import { encodeName } from '../../../shared/pki/name-writer.ts'
import { readRequest } from '../../../shared/pki/request.ts'
import { type AskedFor, nameOfParts, requestMaker } from '../../support/made-request.ts'
import { apataRules, ownAuthority, planFor, signingNow, signPlan } from '../../support/signing.ts'

const authority = await ownAuthority()
const maker = requestMaker()
const clientAuth = '1.3.6.1.5.5.7.3.2'
const serverAuth = '1.3.6.1.5.5.7.3.1'

const subject = encodeName([
  { type: 'C', value: 'IE' },
  { type: 'O', value: 'Apata' },
  { type: 'CN', value: 'outbound.apata.example' },
])
const uses = (...oids: string[]): AskedFor => ({
  oid: '2.5.29.37',
  value: der.sequence(...oids.map((oid) => der.oid(oid))),
})
const names = (...hosts: string[]): AskedFor => ({
  oid: '2.5.29.17',
  value: der.sequence(...hosts.map((host) => der.contextPrimitive(2, new TextEncoder().encode(host)))),
})
const ca: AskedFor = { oid: '2.5.29.19', critical: true, value: der.sequence(der.boolean(true)) }
const usages = (bits: number, unused: number): AskedFor => ({
  oid: '2.5.29.15',
  value: der.bitString(Uint8Array.of(bits), unused),
})

const plan = (asked: AskedFor[], choices: PlanChoice[] = [], rules = apataRules) =>
  planFor(authority.plan, maker.request(subject, asked).der, choices, rules)
const row = (rows: PlanRow[], field: string): PlanRow => rows.find((one) => one.field === field)!
const codes = (list: { code: string }[]) => list.map(({ code }) => code)
const issued = async (asked: AskedFor[], choices: PlanChoice[] = []) =>
  readCertificate(await signPlan(await plan(asked, choices), authority))!

describe('the plan for a request', () => {
  it('fills the right side by the provider’s page: client authentication, 365 days', async () => {
    const { facts } = await issued([])
    expect(facts).toMatchObject({
      version: 3,
      subject: 'CN=outbound.apata.example,O=Apata,C=IE',
      issuer: 'CN=Acme CA,O=Acme Ltd,C=IE',
      isCa: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['clientAuth'],
      notBefore: '2026-03-01T11:55:00Z',
      notAfter: '2027-03-01T12:00:00Z',
      signatureAlgorithm: 'ecdsa-with-SHA256',
      authorityKeyIdentifier: authority.plan.certificate.facts.subjectKeyIdentifier,
    })
    expect(facts.serialHex).toMatch(/^[4-7][0-9A-F]{31}$/)
    expect(facts.subjectKeyIdentifier).toMatch(/^[0-9a-f]{40}$/)
  })

  it('shows one row for each part of the name and each extension, asked for or issued', async () => {
    const { rows } = await plan([names('a.example'), ca])
    expect(rows.map(({ term, label, mark }) => `${term ?? label} ${mark}`)).toEqual([
      'C same',
      'O same',
      'CN same',
      'basicConstraints changed',
      'keyUsage added',
      'extendedKeyUsage added',
      'subjectKeyIdentifier added',
      'authorityKeyIdentifier added',
      'subjectAltName same',
      'cRLDistributionPoints same',
      'authorityInfoAccess same',
      'Validity added',
      'Issuer added',
      'Serial number added',
      'Public key same',
      'Signed with added',
      'Version added',
    ])
  })

  it('never makes an authority of somebody, and asks why the request wants it', async () => {
    const planned = await plan([ca, usages(0x86, 1)])
    expect(codes(consentsOf(planned))).toEqual(['sign.asks-authority', 'sign.asks-to-sign'])
    const { facts } = readCertificate(await signPlan(planned, authority))!
    expect(facts).toMatchObject({ isCa: false, keyUsage: ['digitalSignature'] })
    const stubborn = await issued([ca], [{ field: 'extension.2.5.29.19', choice: 'take' }])
    expect(stubborn.facts.isCa).toBe(false)
  })

  it('leaves foreign uses out, and asks before one is taken', async () => {
    const asked = [uses(clientAuth, serverAuth, '1.3.6.1.5.5.7.3.3')]
    const planned = await plan(asked)
    expect(row(planned.rows, 'extension.2.5.29.37')).toMatchObject({ choice: 'set', mark: 'changed' })
    expect(consentsOf(planned)).toEqual([])
    const taking = await plan(asked, [{ field: 'extension.2.5.29.37', choice: 'take' }])
    expect(codes(consentsOf(taking))).toEqual(['sign.foreign-use'])
    expect(row(taking.rows, 'extension.2.5.29.37').mark).toBe('same')
  })

  it('never issues what is good for everything or vouches for revocation, even when it is taken', async () => {
    const asked = [uses('2.5.29.37.0', '1.3.6.1.5.5.7.3.9', clientAuth)]
    const { facts } = await issued(asked, [{ field: 'extension.2.5.29.37', choice: 'take' }])
    expect(facts.extendedKeyUsage).toEqual(['clientAuth'])
    const only = await plan([uses('2.5.29.37.0')], [{ field: 'extension.2.5.29.37', choice: 'take' }])
    expect(row(only.rows, 'extension.2.5.29.37')).toMatchObject({ choice: 'set', offers: ['drop', 'set'] })
  })

  it('asks before a certificate is good for every use', async () => {
    const planned = await plan([], [{ field: 'extension.2.5.29.37', choice: 'drop' }])
    expect(codes(consentsOf(planned))).toEqual(['sign.any-use'])
    expect(readCertificate(await signPlan(planned, authority))!.facts.extendedKeyUsage).toBeUndefined()
  })

  it('asks before more days than the provider names, and refuses what is no number of days', async () => {
    expect(codes(consentsOf(await plan([], [{ field: 'validity', choice: 'set', value: ['366'] }])))).toEqual([
      'sign.validity-long',
    ])
    for (const wrong of ['0', '-1', '3651', '1e3', '', '12.5']) {
      const planned = await plan([], [{ field: 'validity', choice: 'set', value: [wrong] }])
      expect(planned.blocked?.code, wrong).toBe('sign.choice-wrong')
    }
  })

  it('never outlives the authority, and says so', async () => {
    const young = await ownAuthority({ years: 1 })
    const planned = await planFor(young.plan, maker.request(subject, []).der, [
      { field: 'validity', choice: 'set', value: ['800'] },
    ])
    expect(codes(row(planned.rows, 'validity').issues)).toEqual(['sign.ends-with-authority'])
    expect(planned.content.validity.to.toISOString()).toBe('2027-03-01T12:00:00.000Z')
  })

  it('takes, leaves out and sets parts of the name, and adds some', async () => {
    const { facts } = await issued(
      [],
      [
        { field: 'subject.0', choice: 'drop' },
        { field: 'subject.1', choice: 'set', value: ['Apata Ltd'] },
        { field: 'subject.+OU', choice: 'set', value: ['Webhooks'] },
      ],
    )
    expect(facts.subject).toBe('OU=Webhooks,CN=outbound.apata.example,O=Apata Ltd')
  })

  it.each([
    ['CN', 'x'.repeat(65)],
    ['C', 'IRL'],
    ['CN', ' '],
    ['O', 'a\u202eb'],
  ])('refuses %s=%j with a reason', async (type, value) => {
    const planned = await plan([], [{ field: `subject.+${type}`, choice: 'set', value: [value] }])
    expect(planned.blocked?.code).toBe('sign.choice-wrong')
    expect(codes(row(planned.rows, `subject.+${type}`).issues)).toEqual(['sign.value-wrong'])
  })

  it('does not take a part of the name that hides characters', async () => {
    const odd = nameOfParts(['2.5.4.3', der.utf8String('good.example\u0000.evil')], ['2.5.4.10', der.utf8String('A')])
    const planned = await planFor(authority.plan, maker.request(odd, []).der, [{ field: 'subject.0', choice: 'take' }])
    expect(row(planned.rows, 'subject.0')).toMatchObject({ choice: 'drop', offers: ['drop', 'set'], value: [] })
    expect(planned.content.subject).toEqual(encodeName([{ type: 'O', value: 'A' }]))
  })

  it('takes names as they are asked for, and sets others', async () => {
    expect((await issued([names('a.example', 'b.example')])).facts.subjectAltNames).toEqual([
      'DNS:a.example',
      'DNS:b.example',
    ])
    const set: PlanChoice = { field: 'extension.2.5.29.17', choice: 'set', value: ['DNS:c.example', 'IP:192.0.2.1'] }
    expect((await issued([names('a.example')], [set])).facts.subjectAltNames).toEqual(['DNS:c.example', 'IP:192.0.2.1'])
    const wrong = await plan([], [{ field: 'extension.2.5.29.17', choice: 'set', value: ['c.example'] }])
    expect(wrong.blocked?.code).toBe('sign.choice-wrong')
  })

  it('makes the names critical when there is nothing else to say who it is', async () => {
    const planned = await planFor(authority.plan, maker.request(der.sequence(), [names('a.example')]).der)
    expect(row(planned.rows, 'extension.2.5.29.17').critical).toBe(true)
    const nobody = await planFor(authority.plan, maker.request(der.sequence(), []).der)
    expect(nobody.blocked?.code).toBe('issue.nobody-named')
  })

  it('writes the authority’s addresses, and asks before those of the requester are taken', async () => {
    const own = await ownAuthority({
      defaults: { crlUrls: ['http://ca.acme.example/acme.crl'], issuerUrls: ['http://ca.acme.example/acme.crt'] },
    })
    const theirs: AskedFor = {
      oid: '2.5.29.31',
      value: der.sequence(
        der.sequence(
          der.context(0, der.context(0, der.contextPrimitive(6, new TextEncoder().encode('http://evil.example/x')))),
        ),
      ),
    }
    const request = maker.request(subject, [theirs]).der
    const usual = await planFor(own.plan, request)
    expect(row(usual.rows, 'extension.2.5.29.31').value).toEqual(['URI:http://ca.acme.example/acme.crl'])
    expect(row(usual.rows, 'extension.1.3.6.1.5.5.7.1.1').value).toEqual([
      'CA Issuers: URI:http://ca.acme.example/acme.crt',
    ])
    const taken = await planFor(own.plan, request, [{ field: 'extension.2.5.29.31', choice: 'take' }])
    expect(codes(consentsOf(taken))).toEqual(['sign.foreign-address'])
  })

  it('asks before an authority issues for a use that its own certificate does not name', async () => {
    const limited = { ...authority.plan, certificate: structuredClone(authority.plan.certificate) }
    limited.certificate.facts.extendedKeyUsage = ['serverAuth']
    const request = maker.request(subject, []).der
    expect(codes(consentsOf(await planFor(limited, request)))).toEqual(['sign.authority-limited'])
    limited.certificate.facts.extendedKeyUsage = ['clientAuth', 'serverAuth']
    expect(consentsOf(await planFor(limited, request))).toEqual([])
  })

  it('leaves unknown extensions out, and shows every octet of one that is taken', async () => {
    const odd: AskedFor = { oid: '1.2.3.4.5', value: der.utf8String('hello') }
    expect(row((await plan([odd])).rows, 'extension.1.2.3.4.5')).toMatchObject({ choice: 'drop', mark: 'left-out' })
    const taken = await plan([odd], [{ field: 'extension.1.2.3.4.5', choice: 'take' }])
    expect(codes(consentsOf(taken))).toEqual(['sign.extension-unknown'])
    expect(row(taken.rows, 'extension.1.2.3.4.5').value).toContain('octets 0c0568656c6c6f')
  })

  it.each([
    ['1.3.6.1.5.5.7.48.1.5', der.null()],
    ['2.5.29.30', der.sequence()],
    ['1.3.6.1.5.5.7.1.14', der.sequence()],
    ['1.3.6.1.4.1.311.25.2', der.sequence()],
  ])('never issues extension %s', async (oid, value) => {
    const taken = await plan([{ oid, value }], [{ field: `extension.${oid}`, choice: 'take' }])
    expect(row(taken.rows, `extension.${oid}`)).toMatchObject({ choice: 'drop', offers: ['drop'], value: [] })
  })

  it('does not copy an extension that is asked for twice or is too long to be shown', async () => {
    const twice = [1, 2].map((n): AskedFor => ({ oid: '1.2.3.4.5', value: der.integer(n) }))
    const long: AskedFor = { oid: '1.2.3.4.6', value: der.octetString(new Uint8Array(2000)) }
    const { rows } = await plan(
      [...twice, long],
      [
        { field: 'extension.1.2.3.4.5', choice: 'take' },
        { field: 'extension.1.2.3.4.6', choice: 'take' },
      ],
    )
    expect(row(rows, 'extension.1.2.3.4.5').value).toEqual([])
    expect(row(rows, 'extension.1.2.3.4.6').value).toEqual([])
  })
})

describe('what no choice can mend', () => {
  const rsa = (bits: number, publicExponent = 65537) =>
    requestMaker(generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).privateKey).request(subject, [])
      .der

  it('refuses a weak key', async () => {
    const planned = await planFor(authority.plan, rsa(1024))
    expect(planned.blocked).toEqual({ code: 'issue.key-weak', key: 'RSA 1024', least: 'RSA 2048' })
  })

  it('says that a content was changed after it was signed, and tells it from another key’s signature', async () => {
    const good = rsa(2048)
    const altered = good.slice()
    const at = Buffer.from(altered).indexOf('outbound')
    altered[at] = 0x58
    const why = (planned: Awaited<ReturnType<typeof planFor>>) =>
      planned.blocked?.code === 'sign.unproven' ? planned.blocked.why : planned.blocked?.code
    expect(why(await planFor(authority.plan, altered))).toMatch(/its content was changed afterwards/)
    const other = rsa(2048)
    const mixed = good.slice()
    mixed.set(other.subarray(other.length - 256), mixed.length - 256)
    expect(why(await planFor(authority.plan, mixed))).toMatch(/Another private key signed it/)
  })

  it('refuses to certify the authority’s own key', async () => {
    const key = createPrivateKey({ key: Buffer.from(authority.pkcs8), format: 'der', type: 'pkcs8' })
    const planned = await planFor(authority.plan, requestMaker(key).request(subject, []).der)
    expect(planned.blocked?.code).toBe('sign.own-key')
  })

  it('refuses once the authority is over', async () => {
    const young = await ownAuthority({ years: 1 })
    const planned = await planSigning({
      request: readRequest(maker.request(subject, []).der)!,
      authority: young.plan,
      choices: [],
      now: new Date(signingNow.getTime() + 366 * 86_400_000),
    })
    expect(planned.ok && planned.value.blocked?.code).toBe('issue.authority-over')
  })
})
