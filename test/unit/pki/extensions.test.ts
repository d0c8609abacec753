import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { der } from '../../../shared/pki/der.ts'
import { extensionLines } from '../../../shared/pki/extension-values.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'corpus')

async function linesOf(file: string, oid: string): Promise<string[] | undefined> {
  const objects = await inspectBytes(file, new Uint8Array(readFileSync(join(corpus, file))), [], new Date('2020-01-01'))
  return objects.flatMap((object) => object.facts.extensions ?? []).find((extension) => extension.oid === oid)?.value
}

describe('extensions in readable lines', () => {
  it.each([
    ['certificates/bssl__parse-basic_constraints_pathlen_256.pem', '2.5.29.19', ['CA: yes', 'Path length: 256']],
    ['bundles/badssl__subdomain-10000-sans.pem', '2.5.29.19', ['CA: no']],
    [
      'certificates/xca__pemcpp-L56.pem',
      '2.5.29.15',
      ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
    ],
    [
      'certificates/pyca__pc_inhibit_require.pem',
      '2.5.29.36',
      ['Explicit policy required after: 1', 'Policy mapping inhibited after: 1'],
    ],
    ['certificates/pyca__ian_uri.pem', '2.5.29.18', ['URI:http://path.to.root/root.crt']],
    [
      'certificates/pyca__ms-certificate-template.pem',
      '1.3.6.1.4.1.311.21.7',
      ['Template 1.2.3.4.5.6.7.8.9.0 version 1.0'],
    ],
    ['certificates/pyca__cryptography.io.precert.pem', '1.3.6.1.4.1.11129.2.4.3', ['A precertificate: not for use']],
    ['crls/ossl__cve-2026-28388-crls.pem', '2.5.29.27', ['01']],
    [
      'crls/pyca__crl_idp_fullname_only_aa.pem',
      '2.5.29.28',
      ['URI:http://myhost.com/myca.crl', 'Only attribute certificates'],
    ],
    [
      'certificates/pyca__belgian-eid-invalid-visiblestring.pem',
      '1.3.6.1.5.5.7.1.3',
      ['EU qualified certificate (0.4.0.1862.1.1)', 'Key kept in a qualified device (0.4.0.1862.1.4)'],
    ],
    [
      'certificates/go__verifytest-L619.pem',
      '1.3.6.1.5.5.7.1.1',
      ['OCSP: URI:http://ocsp.pki.goog/gts1c3', 'CA Issuers: URI:http://pki.goog/repo/certs/gts1c3.der'],
    ],
    [
      'certificates/pyca__wildcard_san.pem',
      '2.5.29.32',
      ['1.3.6.1.4.1.30360.3.3.3.3.4.4.3', 'Practice statement: https://ssl.trustwave.com/CA'],
    ],
    ['requests/pyca__req-unsupported_extension.pem', '1.2.3.4', ['76616c7565']],
  ])('of %s: %s', async (file, oid, lines) => {
    expect(await linesOf(file, oid)).toEqual(lines)
  })

  it('count signed certificate timestamps and name their logs', async () => {
    const lines = await linesOf('bundles/badssl__subdomain-10000-sans.pem', '1.3.6.1.4.1.11129.2.4.2')
    expect(lines![0]).toBe('3 signed certificate timestamps')
    expect(lines![1]).toBe(
      'Log a4b90990b418581487bb13a2cc67700a3c359804f91bdfb8e377cd0ec80ddc10 on 2019-10-10T21:32:47Z',
    )
  })

  it('name the payment roles of a PSD2 certificate', () => {
    const roles = der.sequence(
      der.sequence(der.oid('0.4.0.19495.1.2'), der.utf8String('PSP_PI')),
      der.sequence(der.oid('0.4.0.19495.1.3'), der.utf8String('PSP_AI')),
    )
    const info = der.sequence(roles, der.utf8String('Financial Conduct Authority'), der.utf8String('GB-FCA'))
    const value = der.sequence(der.sequence(der.oid('0.4.0.19495.2'), info))
    expect(extensionLines('1.3.6.1.5.5.7.1.3', value)).toEqual({
      known: true,
      lines: ['Payment roles: PSP_PI, PSP_AI; licensed by Financial Conduct Authority (GB-FCA)'],
    })
  })

  it('show a Windows logon name inside an alternative name', () => {
    const upn = der.context(0, der.oid('1.3.6.1.4.1.311.20.2.3'), der.context(0, der.utf8String('ann@corp.example')))
    expect(extensionLines('2.5.29.17', der.sequence(upn)).lines).toEqual([
      'otherName:1.3.6.1.4.1.311.20.2.3 (Microsoft User Principal Name) ann@corp.example',
    ])
  })

  it('tell a malformed value from an unknown one', () => {
    expect(extensionLines('2.5.29.19', Uint8Array.of(1, 2, 3))).toEqual({ known: true, lines: null })
    expect(extensionLines('1.2.3', Uint8Array.of(1, 2, 3))).toEqual({ known: false, lines: ['010203'] })
    expect(extensionLines('1.2.3', new Uint8Array(600)).lines![0]).toMatch(/… \(600 bytes\)$/)
  })
})
