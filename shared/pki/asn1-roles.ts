import { extensionShapes } from './asn1-extension-roles.ts'
import type { Field, Shape } from './asn1-shape.ts'
import { algorithm, name } from './asn1-shape.ts'
import type { ObjectKind } from './facts.ts'

const time = [0x17, 0x18]

const extension: Field = {
  role: 'extension',
  inside: {
    fields: [
      { role: 'extnID', ids: [0x06] },
      { role: 'critical', ids: [0x01], optional: true },
      { role: 'extnValue', inside: (oid) => extensionShapes[oid ?? ''] },
    ],
  },
}
const extensions: Field = { role: 'extensions', inside: { each: extension } }

const rsaPublicKey: Shape = {
  each: { role: 'RSAPublicKey', inside: { fields: [{ role: 'modulus' }, { role: 'publicExponent' }] } },
}
const publicKeyInfo: Shape = {
  fields: [
    { role: 'algorithm', ids: [0x30], inside: algorithm },
    { role: 'subjectPublicKey', ids: [0x03], inside: rsaPublicKey },
  ],
}

/** The shape of a file whose one value has these children. */
const file = (role: string, inside: Shape): Shape => ({ fields: [{ role, inside }] })

const signed = (part: Field): Shape => ({
  fields: [
    part,
    { role: 'signatureAlgorithm', ids: [0x30], inside: algorithm },
    { role: 'signatureValue', ids: [0x03], inside: ecdsaSignature() },
  ],
})

/** A BIT STRING that wraps a value is an (EC)DSA signature; an RSA one wraps none. */
function ecdsaSignature(): Shape {
  return { each: { role: 'signature', inside: { fields: [{ role: 'r' }, { role: 's' }] } } }
}

const certificate = signed({
  role: 'tbsCertificate',
  inside: {
    fields: [
      { role: 'version', ids: [0xa0], optional: true },
      { role: 'serialNumber', ids: [0x02] },
      { role: 'signature', ids: [0x30], inside: algorithm },
      { role: 'issuer', ids: [0x30], inside: name },
      { role: 'validity', ids: [0x30], inside: { fields: [{ role: 'notBefore' }, { role: 'notAfter' }] } },
      { role: 'subject', ids: [0x30], inside: name },
      { role: 'subjectPublicKeyInfo', ids: [0x30], inside: publicKeyInfo },
      { role: 'issuerUniqueID', ids: [0x81, 0xa1], optional: true },
      { role: 'subjectUniqueID', ids: [0x82, 0xa2], optional: true },
      { role: 'extensions', ids: [0xa3], optional: true, inside: { fields: [extensions] } },
    ],
  },
})

const request = signed({
  role: 'certificationRequestInfo',
  inside: {
    fields: [
      { role: 'version', ids: [0x02] },
      { role: 'subject', ids: [0x30], inside: name },
      { role: 'subjectPKInfo', ids: [0x30], inside: publicKeyInfo },
      {
        role: 'attributes',
        ids: [0xa0],
        optional: true,
        inside: {
          each: {
            role: 'attribute',
            inside: {
              fields: [
                { role: 'type', ids: [0x06] },
                { role: 'values', inside: attributeValues },
              ],
            },
          },
        },
      },
    ],
  },
})

function attributeValues(oid: string | undefined): Shape | undefined {
  const asked = oid === '1.2.840.113549.1.9.14' || oid === '1.3.6.1.4.1.311.2.1.14'
  return asked ? { each: extensions } : { each: { role: 'value' } }
}

const crl = signed({
  role: 'tbsCertList',
  inside: {
    fields: [
      { role: 'version', ids: [0x02], optional: true },
      { role: 'signature', ids: [0x30], inside: algorithm },
      { role: 'issuer', ids: [0x30], inside: name },
      { role: 'thisUpdate', ids: time },
      { role: 'nextUpdate', ids: time, optional: true },
      {
        role: 'revokedCertificates',
        ids: [0x30],
        optional: true,
        inside: {
          each: {
            role: 'revokedCertificate',
            inside: {
              fields: [
                { role: 'userCertificate' },
                { role: 'revocationDate' },
                { role: 'crlEntryExtensions', inside: { each: extension } },
              ],
            },
          },
        },
      },
      { role: 'crlExtensions', ids: [0xa0], optional: true, inside: { fields: [extensions] } },
    ],
  },
})

const signerInfo: Shape = {
  fields: [
    { role: 'version', ids: [0x02] },
    { role: 'signerIdentifier', ids: [0x30, 0x80] },
    { role: 'digestAlgorithm', ids: [0x30], inside: algorithm },
    { role: 'signedAttributes', ids: [0xa0], optional: true },
    { role: 'signatureAlgorithm', ids: [0x30], inside: algorithm },
    { role: 'signature', ids: [0x04] },
    { role: 'unsignedAttributes', ids: [0xa1], optional: true },
  ],
}
const signedData: Shape = {
  fields: [
    { role: 'version', ids: [0x02] },
    { role: 'digestAlgorithms', ids: [0x31], inside: { each: { role: 'digestAlgorithm', inside: algorithm } } },
    {
      role: 'encapsulatedContentInfo',
      ids: [0x30],
      inside: { fields: [{ role: 'contentType', ids: [0x06] }, { role: 'content' }] },
    },
    {
      role: 'certificates',
      ids: [0xa0],
      optional: true,
      inside: { each: { role: 'certificate', ids: [0x30], inside: certificate } },
    },
    { role: 'crls', ids: [0xa1], optional: true, inside: { each: { role: 'crl', ids: [0x30], inside: crl } } },
    { role: 'signerInfos', ids: [0x31], inside: { each: { role: 'signerInfo', inside: signerInfo } } },
  ],
}
const contentInfo: Shape = {
  fields: [
    { role: 'contentType', ids: [0x06] },
    {
      role: 'content',
      ids: [0xa0],
      inside: (oid) => ({
        fields: [oid === '1.2.840.113549.1.7.2' ? { role: 'signedData', inside: signedData } : { role: 'content' }],
      }),
    },
  ],
}

/** The shape of a whole object of this kind; `undefined` where nothing is known of its parts. */
export const shapeOfKind: Partial<Record<ObjectKind, Shape>> = {
  certificate: file('Certificate', certificate),
  request: file('CertificationRequest', request),
  crl: file('CertificateList', crl),
  pkcs7: file('ContentInfo', contentInfo),
  'public-key': file('SubjectPublicKeyInfo', publicKeyInfo),
}
