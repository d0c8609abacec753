import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { der } from '../../../shared/pki/der.ts'
import { extensionLines } from '../../../shared/pki/extension-values.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { readRequest } from '../../../shared/pki/request.ts'

const corpus = join(import.meta.dirname, '..', '..', 'fixtures', 'corpus')

async function linesOf(file: string, oid: string): Promise<string[] | undefined> {
  const objects = await inspectBytes(file, new Uint8Array(readFileSync(join(corpus, file))), [], new Date('2020-01-01'))
  return objects.flatMap((object) => object.facts.extensions ?? []).find((extension) => extension.oid === oid)?.value
}

/** One certificate with all that OpenSSL has a word for. */
const everyExtension = `[req]
distinguished_name=dn
x509_extensions=ext
prompt=no
[dn]
CN=all
[ext]
subjectAltName=@san
issuerAltName=email:ca@example.com,URI:https://example.com/ca
nameConstraints=critical,permitted;DNS:.example.com,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:2001:db8::/ffff:ffff::,excluded;email:example.org,excluded;URI:.example.net,permitted;dirName:ncdn
certificatePolicies=1.2.3.4,@pol
policyMappings=1.2.3:2.5.6
policyConstraints=requireExplicitPolicy:1,inhibitPolicyMapping:0
inhibitAnyPolicy=2
crlDistributionPoints=dp1,dp2
freshestCRL=URI:http://example.com/delta.crl
authorityInfoAccess=OCSP;URI:http://ocsp.example.com,caIssuers;URI:http://example.com/ca.cer
subjectInfoAccess=caRepository;URI:http://example.com/repo
tlsfeature=status_request,status_request_v2
noCheck=ignored
nsCertType=client,sslCA
nsComment=hello
nsBaseUrl=http://example.com/
keyUsage=critical,digitalSignature,keyAgreement,decipherOnly
extendedKeyUsage=clientAuth,1.2.3.4.5,msSmartcardLogin
proxyCertInfo=language:id-ppl-anyLanguage,pathlen:3,policy:text:AB
1.3.6.1.4.1.11129.2.4.3=critical,ASN1:NULL
[san]
DNS.1=xn--mnchen-3ya.example
DNS.2=*.example.com
IP.1=192.0.2.1
IP.2=2001:db8::1
email.1=a@xn--mnchen-3ya.example
URI.1=https://u@xn--bcher-kva.example:8443/x
RID.1=1.2.840.113549
dirName.1=ncdn
otherName.1=1.3.6.1.4.1.311.20.2.3;UTF8:ann@corp.example
otherName.2=1.3.6.1.5.5.7.8.9;FORMAT:UTF8,UTF8:jörg@example.com
otherName.3=1.3.6.1.5.5.7.8.7;IA5:_ldap.example.com
otherName.4=1.3.6.1.5.2.2;SEQUENCE:krb
otherName.5=1.3.6.1.5.5.7.8.3;SEQUENCE:perm
[krb]
realm=EXP:0,GeneralString:EXAMPLE.COM
name=EXP:1,SEQUENCE:krbname
[krbname]
type=EXP:0,INTEGER:1
str=EXP:1,SEQUENCE:krbstr
[krbstr]
a=GeneralString:host
b=GeneralString:a.example.com
[perm]
v=UTF8:dev-17
a=OID:1.2.3.4
[ncdn]
C=GB
O=Acme
[pol]
policyIdentifier=2.23.140.1.2.2
CPS.1=https://example.com/cps
userNotice.1=@notice
[notice]
explicitText=UTF8:Text of the notice
organization=Acme
noticeNumbers=1,2
[dp1]
fullname=URI:http://example.com/a.crl,URI:ldap://example.com/a
reasons=keyCompromise,CACompromise
CRLissuer=dirName:ncdn
[dp2]
relativename=rel
CRLissuer=dirName:ncdn
[rel]
OU=Lists
`

const everyLine = {
  'Subject Alternative Name': [
    'DNS:xn--mnchen-3ya.example (münchen.example)',
    'DNS:*.example.com',
    'IP:192.0.2.1',
    'IP:2001:db8::1',
    'email:a@xn--mnchen-3ya.example (münchen.example)',
    'URI:https://u@xn--bcher-kva.example:8443/x (bücher.example)',
    'RID:1.2.840.113549',
    'dirName:O=Acme,C=GB',
    'otherName:1.3.6.1.4.1.311.20.2.3 (Microsoft User Principal Name) ann@corp.example',
    'otherName:1.3.6.1.5.5.7.8.9 (Smtp UTF8 Mailbox) jörg@example.com',
    'otherName:1.3.6.1.5.5.7.8.7 (SRVName) _ldap.example.com',
    'otherName:1.3.6.1.5.2.2 (Kerberos principal name) host/a.example.com@EXAMPLE.COM',
    'otherName:1.3.6.1.5.5.7.8.3 (Permanent Identifier) dev-17 assigned by 1.2.3.4',
  ],
  'Issuer Alternative Name': ['email:ca@example.com', 'URI:https://example.com/ca'],
  'Name Constraints !': [
    'Permitted: DNS:.example.com',
    'Permitted: IP:10.0.0.0/8',
    'Permitted: IP:2001:db8::/32',
    'Permitted: dirName:O=Acme,C=GB',
    'Excluded: email:example.org',
    'Excluded: URI:.example.net',
  ],
  'Certificate Policies': [
    '1.2.3.4',
    'Organization validated (2.23.140.1.2.2)',
    'Practice statement: https://example.com/cps',
    'Notice of Acme, numbers 1, 2',
    'Notice: Text of the notice',
  ],
  'Policy Mappings': ['1.2.3 stands for 2.5.6'],
  'Policy Constraints': ['Explicit policy required after: 1', 'Policy mapping inhibited after: 0'],
  'Inhibit Any Policy': ['After 2 further certificates'],
  'CRL Distribution Points': [
    'Point 1: URI:http://example.com/a.crl',
    'Point 1: URI:ldap://example.com/a',
    'Point 1: Reasons: keyCompromise, cACompromise',
    'Point 1: Issuer: dirName:O=Acme,C=GB',
    'Point 2: Relative to the issuer: OU=Lists',
    'Point 2: Issuer: dirName:O=Acme,C=GB',
  ],
  'Freshest CRL': ['URI:http://example.com/delta.crl'],
  'Authority Information Access': ['OCSP: URI:http://ocsp.example.com', 'CA Issuers: URI:http://example.com/ca.cer'],
  'Subject Information Access': ['CA Repository: URI:http://example.com/repo'],
  'TLS Feature': [
    'status_request (5): the server must staple its revocation status (must-staple)',
    'status_request_v2 (17): the server must staple the status of its chain',
  ],
  'OCSP No Check': ['Not to be checked for revocation'],
  'Netscape Cert Type': ['SSL client', 'SSL CA'],
  'Netscape Comment': ['hello'],
  'Netscape Base Url': ['http://example.com/'],
  'Key Usage !': ['digitalSignature', 'keyAgreement', 'decipherOnly'],
  'Extended Key Usage': [
    'clientAuth (TLS Web Client Authentication)',
    '1.2.3.4.5',
    'msSmartcardLogin (Microsoft Smartcard Login)',
  ],
  'Proxy Certificate Information': [
    'Path length: 3',
    'Policy language: Any language (1.3.6.1.5.5.7.21.0)',
    'Policy: AB',
  ],
  'CT Precertificate Poison !': ['A precertificate: not for use'],
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
      'Log a4b90990b418581487bb13a2cc67700a3c359804f91bdfb8e377cd0ec80ddc10 on 2019-10-10T21:32:47Z, ECDSA with SHA-256',
    )
  })

  it('name the payment roles of a PSD2 certificate and the authority that licensed them', () => {
    const roles = der.sequence(
      der.sequence(der.oid('0.4.0.19495.1.2'), der.utf8String('PSP_PI')),
      der.sequence(der.oid('0.4.0.19495.1.3'), der.utf8String('PSP_AI')),
    )
    const info = der.sequence(roles, der.utf8String('Financial Conduct Authority'), der.utf8String('GB-FCA'))
    const value = der.sequence(der.sequence(der.oid('0.4.0.19495.2'), info))
    expect(extensionLines('1.3.6.1.5.5.7.1.3', value)).toEqual({
      known: true,
      lines: [
        'Payment roles: PSP_PI (payment initiation), PSP_AI (account information)',
        'Licensed by: Financial Conduct Authority (GB-FCA)',
      ],
    })
  })

  it('spell out the statements of a qualified certificate', () => {
    const statement = (oid: string, ...info: Uint8Array[]) => der.sequence(der.oid(oid), ...info)
    const value = der.sequence(
      statement('0.4.0.1862.1.1'),
      statement('0.4.0.1862.1.2', der.sequence(der.printableString('EUR'), der.integer(5), der.integer(3))),
      statement('0.4.0.1862.1.3', der.integer(10)),
      statement(
        '0.4.0.1862.1.5',
        der.sequence(der.sequence(der.ia5String('https://pds.example'), der.printableString('en'))),
      ),
      statement('0.4.0.1862.1.6', der.sequence(der.oid('0.4.0.1862.1.6.3'))),
      statement('0.4.0.1862.1.7', der.sequence(der.printableString('GB'))),
      statement('1.3.6.1.5.5.7.11.2', der.sequence(der.oid('0.4.0.194121.1.2'))),
      statement('1.2.3.4', der.integer(1)),
    )
    expect(extensionLines('1.3.6.1.5.5.7.1.3', value).lines).toEqual([
      'EU qualified certificate (0.4.0.1862.1.1)',
      'Limit of transactions: 5000 EUR',
      'Retention period: 10 years after it expires',
      'Disclosure statements: https://pds.example (en)',
      'Certificate type: Website authentication',
      'Countries whose law applies: GB',
      'Meaning of the names: Identifier of an organization (0.4.0.194121.1.2)',
      '1.2.3.4: 01',
    ])
  })

  it('say what Windows puts into certificates', () => {
    const sid = der.context(
      0,
      der.oid('1.3.6.1.4.1.311.25.2.1'),
      der.context(0, der.octetString(new TextEncoder().encode('S-1-5-21-1-2-3-1104'))),
    )
    expect(extensionLines('1.3.6.1.4.1.311.25.2', der.sequence(sid)).lines).toEqual([
      'otherName:1.3.6.1.4.1.311.25.2.1 (Security identifier (SID)) S-1-5-21-1-2-3-1104',
    ])
    expect(extensionLines('1.3.6.1.4.1.311.21.1', der.integer(0x20002)).lines).toEqual([
      'V2.2 (certificate 2 of the CA, key 2)',
    ])
    const policy = der.sequence(der.sequence(der.oid('1.3.6.1.5.5.7.3.2')))
    expect(extensionLines('1.3.6.1.4.1.311.21.10', policy).lines).toEqual([
      'TLS Web Client Authentication (1.3.6.1.5.5.7.3.2)',
    ])
  })

  it.each([
    [
      'certificates/zlint__orgid_subj_and_ext_ok_02.pem',
      '2.23.140.3.1',
      ['Scheme: NTR', 'Country: IT', 'Number: 1234567890'],
    ],
    ['certificates/bssl__parse-name_constraints_bad_ip.pem', '1.3.6.1.4.1.311.20.2', ['SubCA']],
    [
      'certificates/bssl__parse-name_constraints_bad_ip.pem',
      '1.3.6.1.4.1.311.21.2',
      ['aae3dd8194c59365652a65b47c7bc72e9795a3a0'],
    ],
    ['certificates/ossl__grfc.pem', '1.2.643.100.111', ['"КриптоПро CSP" (версия 3.6)']],
  ])('read what is not in RFC 5280: %s, %s', async (file, oid, lines) => {
    expect(await linesOf(file, oid)).toEqual(lines)
  })

  it('read every extension that OpenSSL can write', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'extensions-'))
    writeFileSync(join(folder, 'all.cnf'), everyExtension)
    const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-utf8', '-days', '10']
    execFileSync('openssl', ['req', '-x509', ...options, '-keyout', 'k', '-out', 'c', '-config', 'all.cnf'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const [object] = await inspectBytes('c', new Uint8Array(readFileSync(join(folder, 'c'))), [], new Date())
    const read = object!.facts.extensions!.map(({ name, critical, value }) => [critical ? `${name} !` : name, value])
    expect(Object.fromEntries(read)).toMatchObject(everyLine)
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

describe('the attributes of a request', () => {
  const attributesOf = async (file: string) => {
    const [object] = await inspectBytes(file, new Uint8Array(readFileSync(join(corpus, file))))
    return object!.facts.attributes
  }

  it('are told beside the extensions, but for a challenge password', async () => {
    expect(await attributesOf('requests/pyca__req-challenge-multi-valued.der')).toEqual([
      { oid: '1.2.840.113549.1.9.7', name: 'challengePassword', value: ['there, not shown'] },
    ])
    expect(await attributesOf('requests/pyca__req-basic_constraints.pem')).toBeUndefined()
  })

  it('are read where Windows put them', () => {
    const name = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8String('x'))))
    const attribute = (oid: string, ...values: Uint8Array[]) => der.sequence(der.oid(oid), der.set(...values))
    const attributes = der.context(
      0,
      attribute('1.3.6.1.4.1.311.13.2.3', der.ia5String('10.0.19045.2')),
      attribute(
        '1.3.6.1.4.1.311.21.20',
        der.sequence(der.integer(5), der.utf8String('PC-7'), der.utf8String('CORP\\\\ann')),
      ),
      attribute('1.2.840.113549.1.9.2', der.utf8String('an unstructured name')),
      attribute('1.2.3.4', der.octetString(Uint8Array.of(1, 2))),
    )
    const key = der.sequence(der.sequence(der.oid('1.3.101.112')), der.bitString(new Uint8Array(32)))
    const info = der.sequence(der.integer(0), name, key, attributes)
    const request = readRequest(
      der.sequence(info, der.sequence(der.oid('1.3.101.112')), der.bitString(new Uint8Array(64))),
    )
    expect(request!.facts.attributes!.map((one) => [one.name, one.value])).toEqual([
      ['Microsoft Operating System Version', ['10.0.19045.2']],
      ['Microsoft Request Client Information', ['5, PC-7, CORP\\\\ann']],
      ['unstructuredName', ['an unstructured name']],
      ['1.2.3.4', ['0102']],
    ])
  })
})
