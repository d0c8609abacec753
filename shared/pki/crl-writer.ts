import type { RevocationReason } from '../authority/revocation-reason.ts'
import type { Bytes } from './der.ts'
import { der } from './der.ts'
import type { NewExtension } from './extension-writer.ts'
import { authorityKeyIdentifier } from './extension-writer.ts'
import type { KeyAlgorithm } from './key-plan.ts'
import { signatureIdentifier } from './sign-der.ts'

/** One entry. `serial` is hex; `invalidSince`: since when the key is known or feared to be in other hands. */
export type RevokedCertificate = { serial: string; at: Date; reason: RevocationReason; invalidSince?: Date }

export type ListContent = {
  /** The authority's subject, DER: written octet for octet, because readers compare it so. */
  issuer: Bytes
  /** Hex: the subject key identifier in the authority's certificate. */
  keyIdentifier: string
  /** What will sign it: the signed part names the algorithm. */
  key: KeyAlgorithm
  number: number
  thisUpdate: Date
  nextUpdate: Date
  revoked: readonly RevokedCertificate[]
}

/** CRLReason (RFC 5280 section 5.3.1). `unspecified` is left out, as the section wants it. */
const reasonNumbers: Record<RevocationReason, number | null> = {
  unspecified: null,
  keyCompromise: 1,
  CACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
}

/** The TBSCertList of a complete list, version 2 (RFC 5280 section 5.1), in the order of the serial numbers. */
export function encodeList(list: ListContent): Bytes {
  const revoked = [...list.revoked].sort((a, b) => (padded(a.serial) < padded(b.serial) ? -1 : 1))
  return der.sequence(
    der.integer(1),
    signatureIdentifier(list.key),
    list.issuer,
    der.time(list.thisUpdate),
    der.time(list.nextUpdate),
    // Section 5.1.2.6: absent when there is nothing on it.
    ...(revoked.length > 0 ? [der.sequence(...revoked.map(entry))] : []),
    der.context(
      0,
      extensions([
        authorityKeyIdentifier(list.keyIdentifier),
        { oid: '2.5.29.20', critical: false, value: der.integer(list.number) },
      ]),
    ),
  )
}

function entry({ serial, at, reason, invalidSince }: RevokedCertificate): Bytes {
  const number = reasonNumbers[reason]
  const further: NewExtension[] = [
    ...(number === null ? [] : [{ oid: '2.5.29.21', critical: false, value: der.enumerated(number) }]),
    // Section 5.3.2: GeneralizedTime, whatever the year.
    ...(invalidSince ? [{ oid: '2.5.29.24', critical: false, value: der.generalizedTime(invalidSince) }] : []),
  ]
  return der.sequence(der.integer(octetsOf(serial)), der.time(at), ...(further.length > 0 ? [extensions(further)] : []))
}

const extensions = (list: readonly NewExtension[]): Bytes =>
  der.sequence(
    ...list.map(({ oid, critical, value }) =>
      der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value)),
    ),
  )

const padded = (serial: string): string => serial.padStart(40, '0')

const octetsOf = (serial: string): Bytes =>
  Uint8Array.from(serial.padStart(serial.length + (serial.length % 2), '0').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )
