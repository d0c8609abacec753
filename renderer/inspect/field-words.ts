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
