/** What the words of a reason can name. `who` is the certificate it is about: `the certificate “x”`, `the root “y”`. */
export type Named = { who: string; name: string; issuer: string; detail: string; names: string }

type Words = {
  /** Short words beside the link in a drawing of the path. */
  mark: string | ((named: Named) => string)
  /** One sentence. */
  says: (named: Named) => string
  next: string
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `0` → `no CA`, `1` → `one CA`. */
const authorities = (count: string): string => (count === '0' ? 'no CA' : count === '1' ? 'one CA' : `${count} CAs`)

const askIssuer = 'Ask the issuer for a new certificate.'
const findChain = 'Add the intermediate certificates: the provider or CA hands them out beside the certificate.'

/**
 * Every reason to say no. The order is that of telling: of several problems on one path the first in this list is the
 * reason, and of several paths the one whose reason stands last, because it is closest to being trusted.
 */
const catalogue = {
  'path.not-a-certificate': {
    mark: 'Not readable as a certificate',
    says: () => 'There is no certificate to judge.',
    next: 'Give the certificate itself: PEM, DER, PKCS#7 or PKCS#12.',
  },
  'path.no-roots': {
    mark: 'Nothing is trusted',
    says: () => 'No certificate is given as trusted, so nothing can be.',
    next: 'Name a root certificate (CA) that is to be trusted.',
  },
  'path.too-complex': {
    mark: 'Too many ways upwards',
    says: ({ who }) => `From ${who} upwards there are more ways than can be tried.`,
    next: 'Give only the certificates that belong to the chain.',
  },
  'path.signature-wrong': {
    mark: ({ issuer }) => `Not signed by “${issuer}”`,
    says: ({ who, issuer }) => `The signature of ${who} was not made with the key of “${issuer}”.`,
    next: 'The file was changed, or the issuer of that name is another one. Get both certificates again.',
  },
  'path.self-signed': {
    mark: 'Self-signed, and not trusted itself',
    says: ({ who }) => `${upper(who)} is self-signed: nobody vouches for it, and it is not among what is trusted.`,
    next: 'Trust this very certificate, or use one that a trusted CA has signed.',
  },
  'path.root-untrusted': {
    mark: 'Not among what is trusted',
    says: ({ who }) => `The chain ends in ${who}, which is not among what is trusted.`,
    next: 'Trust this root if you know whose it is, or use a certificate of a trusted CA.',
  },
  'path.issuer-missing': {
    mark: ({ issuer }) => `Issuer “${issuer}” is missing`,
    says: ({ who, issuer }) => `The certificate of “${issuer}”, which issued ${who}, is missing.`,
    next: findChain,
  },
  'path.issuer-other-key': {
    mark: ({ issuer }) => `Another key of “${issuer}” signed it`,
    says: ({ who, issuer }) =>
      `The certificate of “${issuer}” that is there has another key than the one that signed ${who}.`,
    next: 'A CA that renews its key has several certificates of one name: add the one that belongs to this certificate.',
  },
  'path.key-unreadable': {
    mark: 'Public key is malformed',
    says: ({ who }) => `The public key in ${who} is malformed.`,
    next: askIssuer,
  },
  'path.signature-unknown': {
    mark: ({ detail }) => `Signature (${detail}) cannot be checked here`,
    says: ({ who, detail }) => `The signature of ${who} (${detail}) cannot be checked on this computer.`,
    next: 'Check it with OpenSSL 3.5 or later, or use a common algorithm such as ECDSA with SHA-256.',
  },
  'path.version-unknown': {
    mark: ({ detail }) => `Version ${detail}`,
    says: ({ who, detail }) => `${upper(who)} says it is of version ${detail}, which does not exist.`,
    next: askIssuer,
  },
  'path.extension-twice': {
    mark: ({ detail }) => `${detail} twice`,
    says: ({ who, detail }) => `${upper(who)} has the extension “${detail}” twice.`,
    next: askIssuer,
  },
  'path.extension-malformed': {
    mark: ({ detail }) => `${detail} is malformed`,
    says: ({ who, detail }) => `The extension “${detail}” of ${who} is malformed.`,
    next: askIssuer,
  },
  'path.extension-unknown': {
    mark: ({ detail }) => `Unknown critical extension ${detail}`,
    says: ({ who, detail }) =>
      `${upper(who)} has the critical extension ${detail}, which must be refused where it is not understood.`,
    next: 'Use the certificate with the program it was made for, or ask for one without the extension.',
  },
  'path.precertificate': {
    mark: 'A precertificate',
    says: ({ who }) => `${upper(who)} is a precertificate: it was made for a public log, not for use.`,
    next: 'Use the final certificate that the CA issued with it.',
  },
  'path.algorithms-differ': {
    mark: 'Two different signature algorithms',
    says: ({ who }) => `${upper(who)} names its signature algorithm twice, differently.`,
    next: askIssuer,
  },
  'path.revoked': {
    mark: ({ detail }) => `Revoked${detail}`,
    says: ({ who, detail }) => `${upper(who)} was revoked${detail}.`,
    next: 'Do not use it. Ask the issuer why, and request a new one with a new key.',
  },
  'path.distrusted': {
    mark: 'Distrusted for this use',
    says: ({ who }) => `${upper(who)} is marked as not to be trusted for this use.`,
    next: 'The mark is in the file of trusted certificates (TRUSTED CERTIFICATE): change it there.',
  },
  'path.not-a-ca': {
    mark: 'Not a CA',
    says: ({ who }) => `${upper(who)} is no CA: it may not issue certificates.`,
    next: 'Check where the chain comes from: the certificate of a server or client cannot vouch for another.',
  },
  'path.may-not-sign': {
    mark: 'May not sign certificates',
    says: ({ who }) => `The key usage of ${who} lacks “certificate signing”.`,
    next: 'Ask the CA for its right certificate.',
  },
  'path.too-long': {
    mark: ({ detail }) => `Allows ${authorities(detail)} below it`,
    says: ({ who, detail }) => `${upper(who)} allows ${authorities(detail)} below it, and there are more.`,
    next: 'Ask the issuer: a CA on this path was not entitled to issue what is below it.',
  },
  'path.name-not-permitted': {
    mark: ({ detail }) => `${detail} is not permitted`,
    says: ({ who, detail, issuer }) => `“${issuer}” may not issue certificates for ${detail}, a name of ${who}.`,
    next: 'Ask for a certificate by a CA that may issue for this name.',
  },
  'path.constraint-unknown': {
    mark: 'Under a name constraint that is not understood',
    says: ({ who, detail, issuer }) =>
      `“${issuer}” limits names of the kind ${detail} in a way that is not understood, and ${who} has one.`,
    next: 'Ask for a certificate without such a name.',
  },
  'path.constraints-too-many': {
    mark: 'Too many names and constraints',
    says: ({ who }) =>
      `${upper(who)} has so many names, under so many constraints, that programs refuse to compare them.`,
    next: 'Ask for a certificate with fewer names.',
  },
  'path.policy-missing': {
    mark: 'No acceptable policy',
    says: ({ who }) => `A certificate policy is demanded, and ${who} has none that is valid along the whole chain.`,
    next: 'Ask the issuer for a certificate under the policy that the CA demands.',
  },
  'path.curve-explicit': {
    mark: 'Curve spelt out',
    says: ({ who }) => `The key in ${who} spells out its curve instead of naming it.`,
    next: 'Create a key on a named curve, such as P-256.',
  },
  'path.key-weak': {
    mark: ({ detail }) => `Weak key: ${detail}`,
    says: ({ who, detail }) => `The key in ${who} (${detail}) is too weak.`,
    next: 'Create a new key: RSA 2048 or more, or EC P-256.',
  },
  'path.digest-weak': {
    mark: ({ detail }) => `Signed with ${detail}`,
    says: ({ who, detail }) => `The signature of ${who} uses ${detail}, which can be forged.`,
    next: 'Ask for it to be signed with SHA-256.',
  },
  'path.dates-unreadable': {
    mark: 'Dates are malformed',
    says: ({ who }) => `The validity dates of ${who} are malformed.`,
    next: askIssuer,
  },
  'path.purpose-not-passed-on': {
    mark: ({ detail }) => `Not for ${detail}`,
    says: ({ who, detail }) => `${upper(who)} may not issue certificates for ${detail} (extended key usage).`,
    next: 'Ask for a certificate by a CA that issues for this use.',
  },
  'path.purpose-wrong': {
    mark: ({ detail }) => `Not for ${detail}`,
    says: ({ who, detail }) => `${upper(who)} is not for ${detail} (extended key usage).`,
    next: 'Request a certificate for this use.',
  },
  'path.key-usage-wrong': {
    mark: ({ detail }) => `Key usage does not suit ${detail}`,
    says: ({ who, detail }) => `The key usage of ${who} does not suit ${detail}.`,
    next: 'Request a certificate whose key usage has “digital signature”.',
  },
  'path.expired': {
    mark: ({ detail }) => `Expired on ${detail}`,
    says: ({ who, detail }) => `${upper(who)} expired on ${detail}.`,
    next: 'Renew it, or add the certificate that replaced it.',
  },
  'path.not-yet-valid': {
    mark: ({ detail }) => `Not valid before ${detail}`,
    says: ({ who, detail }) => `${upper(who)} is not valid before ${detail}.`,
    next: 'Wait until then, or check the date that is asked about.',
  },
  'path.host-none': {
    mark: 'Is for no host',
    says: ({ who, detail }) => `${upper(who)} is for no host, so not for ${detail}: the common name does not count.`,
    next: 'Request a certificate with this name as subject alternative name.',
  },
  'path.host-mismatch': {
    mark: ({ detail }) => `Not for ${detail}`,
    says: ({ who, detail, names }) => `${upper(who)} is for ${names}, not for ${detail}.`,
    next: 'Use a name that the certificate has, or request a certificate with this one as subject alternative name.',
  },
  'path.rule-broken': {
    mark: ({ detail }) => upper(detail),
    says: ({ who, detail }) => `${upper(who)} breaks a rule: ${detail}.`,
    next: 'Programs that are less strict accept it; strict ones do not. Ask the issuer for one that follows the rule.',
  },
  'path.revocation-unknown': {
    mark: 'No revocation list covers it',
    says: ({ who }) => `No valid revocation list says whether ${who} was revoked.`,
    next: 'Add the current revocation list (CRL) of its issuer.',
  },
  'path.crl-outdated': {
    mark: ({ detail }) => `Revocation list ended on ${detail}`,
    says: ({ who, detail }) => `The revocation list for ${who} was good until ${detail}.`,
    next: 'Get the current revocation list (CRL) of the issuer.',
  },
  'path.crl-unsound': {
    mark: 'Revocation list is not to be trusted',
    says: ({ who, detail }) => `The revocation list for ${who} cannot be used: ${detail}.`,
    next: 'Get the revocation list (CRL) from its issuer again.',
  },
} satisfies Record<string, Words>

/** Why a path is not trusted: stable codes, of which none is renamed. */
export type PathReason = keyof typeof catalogue

const order = new Map(Object.keys(catalogue).map((reason, i) => [reason as PathReason, i]))

/** Place of a reason in the order of telling; lower is told first. */
export const rankOf = (reason: PathReason): number => order.get(reason) ?? 0

export const reasonWords = (reason: PathReason): Words => catalogue[reason]

export const pathReasons = [...order.keys()]
