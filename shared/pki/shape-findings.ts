import type { Finding } from '../findings.ts'
import type { Certificate } from './certificate.ts'
import type { Bytes } from './der.ts'
import { derBreach } from './der-strict.ts'
import type { Extensions } from './extensions.ts'
import { rfc5280, rfc6962, rfc9155, x690 } from './finding-sources.ts'
import type { SignatureAlgorithm } from './signature-algorithms.ts'

const weakHashes = new Set(['MD2', 'MD4', 'MD5', 'SHA-1'])

export function weakSignature({ hash, name }: SignatureAlgorithm, area: string): Finding[] {
  if (hash === undefined || !weakHashes.has(hash)) return []
  return [
    {
      code: `${area}.weak-signature`,
      severity: 'warns',
      message: `The signature uses ${hash} (${name}), which OpenSSL 3, Node.js 20 and others refuse.`,
      next: 'Ask for it to be signed with SHA-256.',
      source: rfc9155('2'),
    },
  ]
}

/** BER where DER is due. Most programs read on; Go, BoringSSL and Java refuse the one or other. */
export function encodingFindings(bytes: Bytes, area: string): Finding[] {
  const breach = derBreach(bytes)
  if (!breach) return []
  return [
    {
      code: `${area}.not-der`,
      severity: 'warns',
      message: `It is not encoded as it must be (DER): ${breach.says}, at octet ${breach.at}. Go, BoringSSL and other strict programs may refuse it.`,
      next: 'Ask for it to be made again with another program.',
      source: x690,
    },
  ]
}

/** Version, algorithms, serial number, and what a precertificate is. */
export function shapeFindings({ facts, algorithmsDiffer, publicKey }: Certificate): Finding[] {
  const found: Finding[] = []
  if ((facts.version ?? 3) < 3) {
    found.push({
      code: 'certificate.version-1',
      severity: facts.selfSigned ? 'notes' : 'warns',
      message: `The certificate is of version ${facts.version}: it cannot say what it may be used for.`,
      next: 'Ask for a version 3 certificate with the purpose “client authentication”.',
      source: rfc5280('4.1.2.1'),
    })
  }
  if (algorithmsDiffer) {
    found.push({
      code: 'certificate.algorithms-differ',
      severity: 'warns',
      message: 'The signature algorithm is given twice, differently: strict programs refuse the certificate.',
      next: 'Ask the issuer for a new certificate.',
      source: rfc5280('4.1.1.2'),
    })
  }
  found.push(...serialFindings(facts))
  if (facts.extensions?.some((extension) => extension.oid === '1.3.6.1.4.1.11129.2.4.3')) {
    found.push({
      code: 'certificate.precertificate',
      severity: 'refuses',
      message: 'It is a precertificate, made for a public log only: programs refuse it.',
      next: 'Choose the certificate that was issued after it.',
      source: rfc6962('3.1'),
    })
  }
  if (/^\d+(\.\d+)+$/.test(publicKey.facts.keyAlgorithm ?? '')) {
    found.push({
      code: 'key.type-unknown',
      severity: 'notes',
      message: `The key is of a type that Countersign does not know (${publicKey.facts.keyAlgorithm}).`,
      next: 'If it is to be used for calls, create an RSA or EC key.',
      source: rfc5280('4.1.2.7'),
    })
  }
  return found
}

function serialFindings({ serialHex: serial = '', selfSigned, isCa }: Certificate['facts']): Finding[] {
  const octets = Math.ceil(serial.replace('-', '').length / 2)
  const negative = serial.startsWith('-')
  // Old roots are numbered 0, and nobody minds.
  if (!(negative || serial === '00' || octets > 20) || (selfSigned && isCa)) return []
  const what = negative ? 'negative' : serial === '00' ? 'zero' : `longer than 20 octets (${octets})`
  const who = negative ? 'Go 1.23 and newer, GnuTLS and other strict programs refuse' : 'which strict programs refuse'
  return [
    {
      code: 'certificate.serial-odd',
      severity: negative ? 'warns' : 'notes',
      message: negative ? `The serial number is negative: ${who} it.` : `The serial number is ${what}, ${who}.`,
      next: 'Ask the issuer for a certificate with another number.',
      source: rfc5280('4.1.2.2'),
    },
  ]
}

export function extensionFindings({ facts, duplicate, malformed }: Extensions, area: string): Finding[] {
  const found: Finding[] = []
  if (duplicate.length > 0) {
    found.push({
      code: `${area}.duplicate-extension`,
      severity: 'warns',
      message: `An extension occurs twice (${duplicate.join(', ')}): strict programs refuse it.`,
      next: 'Ask for it to be made again with each extension once.',
      source: rfc5280('4.2'),
    })
  }
  if (malformed.length > 0) {
    found.push({
      code: `${area}.malformed-extension`,
      severity: 'warns',
      message: `An extension is malformed (${malformed.join(', ')}): many programs refuse it.`,
      next: 'Ask for it to be made again; the extension is shown in hex.',
      source: rfc5280('4.2'),
    })
  }
  const strange = facts.extensions?.filter((extension) => extension.critical && extension.name === extension.oid) ?? []
  if (strange.length > 0) {
    found.push({
      code: `${area}.critical-unknown`,
      severity: 'warns',
      message: `A critical extension is unknown (${strange.map((e) => e.oid).join(', ')}): programs refuse it.`,
      next: 'Ask the issuer what it is for, and for one without it.',
      source: rfc5280('4.2'),
    })
  }
  return found
}
