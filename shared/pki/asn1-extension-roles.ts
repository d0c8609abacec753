import type { Field, Shape } from './asn1-shape.ts'
import { name } from './asn1-shape.ts'

const one = (role: string, inside?: Shape): Shape => ({ fields: [{ role, ...(inside && { inside }) }] })
const list = (role: string, inside?: Field['inside']): Shape => ({ each: { role, ...(inside && { inside }) } })

/** A CHOICE at one place of a SEQUENCE. */
const choice = (byId: Readonly<Record<number, Field>>): Field[] =>
  Object.entries(byId).map(([id, field]) => ({ ...field, ids: [Number(id)], optional: true }))

const generalName: Record<number, Field> = {
  160: { role: 'otherName', inside: { fields: [{ role: 'type-id' }, { role: 'value' }] } },
  129: { role: 'rfc822Name' },
  130: { role: 'dNSName' },
  163: { role: 'x400Address' },
  164: { role: 'directoryName', inside: one('rdnSequence', name) },
  165: { role: 'ediPartyName' },
  134: { role: 'uniformResourceIdentifier' },
  135: { role: 'iPAddress' },
  136: { role: 'registeredID' },
}
const generalNames: Shape = { byId: generalName }
const distributionPoint: Shape = {
  byId: {
    160: {
      role: 'distributionPoint',
      inside: { byId: { 160: { role: 'fullName', inside: generalNames }, 161: { role: 'nameRelativeToCRLIssuer' } } },
    },
    129: { role: 'reasons' },
    162: { role: 'cRLIssuer', inside: generalNames },
  },
}
const distributionPoints = one('CRLDistributionPoints', list('distributionPoint', distributionPoint))
const access = one(
  'AuthorityInfoAccessSyntax',
  list('accessDescription', {
    fields: [{ role: 'accessMethod', ids: [0x06] }, ...choice(generalName)],
  }),
)
const subtree: Shape = list('generalSubtree', {
  fields: [
    ...choice(generalName),
    { role: 'minimum', ids: [0x80], optional: true },
    { role: 'maximum', ids: [0x81], optional: true },
  ],
})
/** Extension values by OID (RFC 5280 sections 4.2 and 5.2, RFC 6962); each wraps one value in its OCTET STRING. */
export const extensionShapes: Readonly<Record<string, Shape>> = {
  '2.5.29.14': one('SubjectKeyIdentifier'),
  '2.5.29.15': one('KeyUsage'),
  '2.5.29.17': one('SubjectAltName', generalNames),
  '2.5.29.18': one('IssuerAltName', generalNames),
  '2.5.29.19': one('BasicConstraints', {
    fields: [
      { role: 'cA', ids: [0x01], optional: true },
      { role: 'pathLenConstraint', ids: [0x02] },
    ],
  }),
  '2.5.29.20': one('CRLNumber'),
  '2.5.29.21': one('CRLReason'),
  '2.5.29.24': one('InvalidityDate'),
  '2.5.29.27': one('BaseCRLNumber'),
  '2.5.29.28': one('IssuingDistributionPoint', {
    byId: {
      ...distributionPoint.byId,
      129: { role: 'onlyContainsUserCerts' },
      130: { role: 'onlyContainsCACerts' },
      131: { role: 'onlySomeReasons' },
      132: { role: 'indirectCRL' },
      133: { role: 'onlyContainsAttributeCerts' },
    },
  }),
  '2.5.29.29': one('CertificateIssuer', generalNames),
  '2.5.29.30': one('NameConstraints', {
    byId: {
      160: { role: 'permittedSubtrees', inside: subtree },
      161: { role: 'excludedSubtrees', inside: subtree },
    },
  }),
  '2.5.29.31': distributionPoints,
  '2.5.29.32': one(
    'CertificatePolicies',
    list('policyInformation', {
      fields: [
        { role: 'policyIdentifier' },
        {
          role: 'policyQualifiers',
          inside: list('policyQualifierInfo', { fields: [{ role: 'policyQualifierId' }, { role: 'qualifier' }] }),
        },
      ],
    }),
  ),
  '2.5.29.33': one(
    'PolicyMappings',
    list('mapping', { fields: [{ role: 'issuerDomainPolicy' }, { role: 'subjectDomainPolicy' }] }),
  ),
  '2.5.29.35': one('AuthorityKeyIdentifier', {
    byId: {
      128: { role: 'keyIdentifier' },
      161: { role: 'authorityCertIssuer', inside: generalNames },
      130: { role: 'authorityCertSerialNumber' },
    },
  }),
  '2.5.29.36': one('PolicyConstraints', {
    byId: { 128: { role: 'requireExplicitPolicy' }, 129: { role: 'inhibitPolicyMapping' } },
  }),
  '2.5.29.37': one('ExtKeyUsageSyntax', list('keyPurposeId')),
  '2.5.29.46': distributionPoints,
  '2.5.29.54': one('InhibitAnyPolicy'),
  '1.3.6.1.5.5.7.1.1': access,
  '1.3.6.1.5.5.7.1.11': access,
  '1.3.6.1.4.1.11129.2.4.2': one('SignedCertificateTimestampList'),
}
