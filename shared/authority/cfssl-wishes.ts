import { readCertificate } from '../pki/certificate.ts'
import type { Bytes } from '../pki/der.ts'
import { childrenOf, der, derOf, orNull, sameBytes, Tag, whole } from '../pki/der.ts'
import { nameOf } from '../pki/names.ts'
import { readRequest } from '../pki/request.ts'
import type { CertificateContent } from './certificate-content.ts'
import { encodeTbs } from './certificate-content.ts'

type Part = Partial<Record<'C' | 'ST' | 'L' | 'O' | 'OU', string>>

/** `hosts` and `subject` of a sign request to cfssl: what is to be other than in the request itself. */
export type CfsslWishes = { hosts?: string[]; subject?: { CN: string; names: Part[] } }

const kinds = new Set(['C', 'ST', 'L', 'O', 'OU'])

/**
 * What cfssl can be asked for beside the request. Names of a server or a person go as `hosts` (DNS, IP and e-mail; cfssl
 * knows no others). A changed subject goes as parts; one that cfssl cannot express is left to the request, and the
 * difference shows in the answer.
 */
export function wishesOf(requestDer: Bytes, content: CertificateContent): CfsslWishes {
  // Read as a certificate reader reads it, from the octets that a key of our own would sign.
  const shown = readCertificate(
    der.sequence(
      encodeTbs(content, 'ec-p256'),
      der.sequence(der.oid('1.2.840.10045.4.3.2')),
      der.bitString(new Uint8Array(1)),
    ),
  )
  const hosts = (shown?.facts.subjectAltNames ?? [])
    .filter((name) => /^(DNS|IP|email):/.test(name))
    .map((name) => name.slice(name.indexOf(':') + 1))
  const asked = requestedSubject(requestDer)
  const same = asked !== null && sameBytes(asked, content.subject)
  const subject = same ? undefined : partsOf(content.subject)
  return { ...(hosts.length > 0 && { hosts }), ...(subject && { subject }) }
}

function requestedSubject(requestDer: Bytes): Bytes | null {
  const request = readRequest(requestDer)
  return request && orNull(() => whole(childrenOf(derOf(request.tbs), Tag.sequence)[1]!))
}

function partsOf(subject: Bytes): CfsslWishes['subject'] {
  const parts = orNull(() => nameOf(derOf(subject)).parts) ?? []
  const name = parts.filter(({ type }) => type === 'CN')
  if (name.length > 1 || parts.some(({ type }) => type !== 'CN' && !kinds.has(type))) return undefined
  const names = parts.filter(({ type }) => type !== 'CN').map(({ type, value }) => ({ [type]: value }) as Part)
  return { CN: name[0]?.value ?? '', names }
}
