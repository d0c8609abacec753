import type { Finding } from '../findings.ts'
import type { Facts } from './facts.ts'
import { chromeRootProgram, rfc3279, rfc5280, rfc8410, rfc8813 } from './finding-sources.ts'
import { publicTlsCa } from './public-cas.ts'

/** What stands in the way of calling with a certificate. Not for authorities. */
export function purposeFindings(facts: Facts, today: Date): Finding[] {
  const found: Finding[] = []
  const purposes = facts.extendedKeyUsage
  if (purposes && !purposes.includes('clientAuth') && !purposes.includes('anyExtendedKeyUsage')) {
    const forServers = purposes.includes('serverAuth')
    found.push({
      code: 'certificate.no-client-auth',
      severity: forServers ? 'notes' : 'warns',
      message: forServers
        ? 'It is a server’s certificate: it lacks the purpose “client authentication” (clientAuth).'
        : 'It lacks the purpose “client authentication” (clientAuth): servers refuse it from a client.',
      next: 'To call with it, ask for a certificate with clientAuth.',
      source: rfc5280('4.2.1.12'),
    })
  }
  if (facts.keyUsage && !facts.keyUsage.includes('digitalSignature')) {
    found.push({
      code: 'certificate.no-digital-signature',
      severity: 'warns',
      message: 'Its key usage lacks digitalSignature: OpenSSL and nginx refuse it from a client.',
      next: 'Ask for a certificate with digitalSignature.',
      source: rfc5280('4.2.1.3'),
    })
  }
  if (facts.subjectAltNames?.length === 0) {
    found.push({
      code: 'certificate.no-san',
      severity: 'notes',
      message: 'It has no subject alternative name (SAN): newer programs do not look at the common name.',
      next: 'Servers need one; a client needs one where the provider asks for it.',
      source: rfc5280('4.2.1.6'),
    })
  }
  return [...found, ...sunsetFindings(facts, today)]
}

/** From this day on every new certificate of a public TLS CA is for servers alone. */
const lastDay = Date.parse('2027-03-15T00:00:00Z')

/** Public CAs give up clientAuth: who calls with one of their certificates cannot renew it. */
function sunsetFindings(facts: Facts, today: Date): Finding[] {
  if (!facts.extendedKeyUsage?.includes('clientAuth')) return []
  const ca = publicTlsCa(facts)
  if (ca === null) return []
  const over = today.getTime() >= lastDay
  return [
    {
      code: 'certificate.public-ca-client-auth',
      severity: 'warns',
      message: `It was issued by a public CA (${ca}). Such CAs ${over ? 'have given up' : 'give up'} certificates for clients: DigiCert and Sectigo in May 2026, all new intermediates on 15 June 2026, all new certificates on 15 March 2027. Its renewal will lack clientAuth, and calls will fail.`,
      next: 'Before it expires, ask the provider which CA to use instead: its own, or a private one.',
      source: chromeRootProgram,
    },
  ]
}

/** Rights that do not fit: a leaf that says it is an authority, an authority that may not sign. */
export function authorityFindings(facts: Facts): Finding[] {
  const { isCa = false, keyUsage, extendedKeyUsage = [], selfSigned } = facts
  const signs = keyUsage === undefined || keyUsage.includes('keyCertSign')
  if (!isCa) {
    if (!keyUsage?.includes('keyCertSign')) return []
    return [
      {
        code: 'certificate.signs-without-ca',
        severity: 'notes',
        message:
          'Its key usage lets it issue certificates (keyCertSign), although it is no authority: nobody accepts those.',
        next: 'Ask for a certificate without keyCertSign.',
        source: rfc5280('4.2.1.3'),
      },
    ]
  }
  const used = extendedKeyUsage.some((purpose) => purpose === 'clientAuth' || purpose === 'serverAuth')
  const named = (facts.subjectAltNames ?? []).some((name) => /^(DNS|IP):/.test(name))
  if (!signs || (keyUsage === undefined && (used || named || selfSigned))) {
    return [
      {
        code: 'certificate.ca-as-leaf',
        severity: signs ? 'notes' : 'warns',
        message: signs
          ? 'It says that it is an authority (CA:TRUE), as openssl req -x509 writes unasked: as a client’s certificate some servers refuse it.'
          : 'It says that it is an authority (CA:TRUE), but its key usage does not let it sign: as a client’s certificate some servers refuse it.',
        next: 'To call with it, ask for (or make) one with CA:FALSE.',
        source: rfc5280('4.2.1.9'),
      },
    ]
  }
  return []
}

/** Usages that a key of this type cannot have. */
export function keyUsageFindings(facts: Facts, area: string): Finding[] {
  const { keyUsage, keyAlgorithm: algorithm = '' } = facts
  if (!keyUsage) return []
  const rule = impossible.find(({ keys }) => keys.test(algorithm))
  const odd = rule ? keyUsage.filter((usage) => rule.usages.includes(usage)) : []
  const found: Finding[] = []
  if (rule && odd.length > 0) {
    found.push({
      code: `${area}.key-usage-odd`,
      severity: 'notes',
      message: `Its key usage names ${odd.join(' and ')}, which ${rule.article} ${algorithm} key cannot do; a few strict programs refuse that.`,
      next: 'Ask for digitalSignature alone.',
      source: rule.source,
    })
  }
  if (keyUsage.length === 0) {
    found.push({
      code: `${area}.key-usage-empty`,
      severity: 'warns',
      message: 'Its key usage is empty: the key may be used for nothing.',
      next: 'Ask for a certificate with digitalSignature.',
      source: rfc5280('4.2.1.3'),
    })
  }
  return found
}

const encipherment = ['keyEncipherment', 'dataEncipherment']

const impossible = [
  { keys: /^EC$/, article: 'an', usages: encipherment, source: rfc8813('3') },
  {
    keys: /^Ed(25519|448)$/,
    article: 'an',
    usages: [...encipherment, 'keyAgreement', 'encipherOnly', 'decipherOnly'],
    source: rfc8410('5'),
  },
  {
    keys: /^RSA(-PSS)?$/,
    article: 'an',
    usages: ['keyAgreement', 'encipherOnly', 'decipherOnly'],
    source: rfc3279('2.3.1'),
  },
  { keys: /^DSA$/, article: 'a', usages: [...encipherment, 'keyAgreement'], source: rfc3279('2.3.2') },
]
