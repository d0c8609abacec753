/** A plain word and the term behind it. */
export type Words = { plain: string; term: string }

const attributes: Record<string, string> = {
  CN: 'Name (common name)',
  C: 'Country',
  ST: 'State or province',
  L: 'City',
  O: 'Organisation',
  OU: 'Unit',
  DC: 'Domain component',
  UID: 'User id',
  street: 'Street',
  postalCode: 'Postcode',
  emailAddress: 'E-mail',
  serialNumber: 'Number in its register',
  businessCategory: 'Kind of business',
  jurisdictionC: 'Registered in (country)',
  jurisdictionST: 'Registered in (state)',
  jurisdictionL: 'Registered in (city)',
  organizationIdentifier: 'Organisation id',
  title: 'Title',
  GN: 'Given name',
  SN: 'Surname',
  initials: 'Initials',
  dnQualifier: 'Name qualifier',
}

/** One attribute of a name in words; an unknown one keeps its type or OID. */
export const attributeWord = (type: string): string => attributes[type] ?? type

const keyUsages: Record<string, string> = {
  digitalSignature: 'Sign, as TLS handshakes need',
  nonRepudiation: 'Sign documents',
  contentCommitment: 'Sign documents',
  keyEncipherment: 'Receive encrypted keys (RSA in TLS 1.2 and older)',
  dataEncipherment: 'Receive encrypted data',
  keyAgreement: 'Agree on keys',
  keyCertSign: 'Issue certificates',
  cRLSign: 'Sign revocation lists',
  encipherOnly: 'Only encrypt, in key agreement',
  decipherOnly: 'Only decrypt, in key agreement',
}

const purposes: Record<string, string> = {
  clientAuth: 'Prove who a client is',
  serverAuth: 'Prove who a server is',
  codeSigning: 'Sign programs',
  emailProtection: 'Protect e-mail',
  timeStamping: 'Sign time stamps',
  OCSPSigning: 'Answer revocation questions',
  anyExtendedKeyUsage: 'Any purpose',
}

const worded = (table: Record<string, string>, term: string): Words => ({ plain: table[term] ?? 'Other use', term })

export const keyUsageWords = (term: string): Words => worded(keyUsages, term)
export const purposeWords = (term: string): Words => worded(purposes, term)

/** What an extension is for, by the name that programs give it. */
const extensions: Record<string, string> = {
  'Subject Key Identifier': 'Its key, in short',
  'Key Usage': 'What the key may do',
  'Private Key Usage Period': 'When the key may sign',
  'Subject Alternative Name': 'Names it stands for',
  'Issuer Alternative Name': 'Other names of the issuer',
  'Basic Constraints': 'May it issue certificates',
  'CRL Number': 'Number of the list',
  'Delta CRL Indicator': 'Changes since another list',
  'Issuing Distribution Point': 'What the list covers',
  'Name Constraints': 'Names it may issue for',
  'CRL Distribution Points': 'Where its revocation list is',
  'Certificate Policies': 'Rules it was issued under',
  'Policy Mappings': 'Rules that count as the same',
  'Authority Key Identifier': 'The issuer’s key, in short',
  'Policy Constraints': 'Rules that a chain must keep',
  'Extended Key Usage': 'Purposes',
  'Freshest CRL': 'Where changes of its revocation list are',
  'Inhibit Any Policy': 'No catch-all rules below it',
  'No Revocation Available': 'Never revoked, by intention',
  'Authority Information Access': 'Where to ask about its issuer',
  'TLS Feature': 'TLS features it needs',
  'CT Precertificate SCTs': 'Public logs it stands in',
  'CT Precertificate Poison': 'A draft for the public logs',
}

/** An extension in plain words, or its own name. */
export const extensionWordsOf = (name: string): string => extensions[name] ?? name

/** The same, and what it is where nobody knows it. */
export const extensionWords = ({ oid, name }: { oid: string; name: string }): string =>
  name === oid ? 'Unknown extension' : extensionWordsOf(name)

const altNames: Record<string, string> = {
  DNS: 'Host name',
  IP: 'IP address',
  email: 'E-mail',
  URI: 'Address (URI)',
  dirName: 'Directory name',
  otherName: 'Other name',
  RID: 'Registered id',
}

/** `DNS:api.example.com` as its kind in words and its value. */
export function altNameWords(name: string): { kind: string; value: string } {
  const colon = name.indexOf(':')
  const kind = colon > 0 ? altNames[name.slice(0, colon)] : undefined
  return kind ? { kind, value: name.slice(colon + 1) } : { kind: 'Name', value: name }
}

/** Pairs of hex digits with colons between them. */
export const withColons = (hex: string): string => (hex.match(/../g) ?? []).join(':').toUpperCase()

/** Bytes written in hex as base64. */
export const base64OfHex = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))))
