import type { Finding } from '../findings.ts'
import type { Bytes, DerNode } from './der.ts'
import { children, childrenOf, orNull, present, readDer, Tag } from './der.ts'
import { oidOf, textOf, visible } from './der-values.ts'
import { fileFinding } from './file-findings.ts'
import { shortNameOrOid } from './oids.ts'

/** What OpenSSL keeps beside a certificate under the label `TRUSTED CERTIFICATE` (its X509_CERT_AUX). */
type Trust = { trusted: string[] | null; rejected: string[] | null; alias: string | null }

const mostNamed = 20

function trustOf(node: DerNode): Trust {
  const trust: Trust = { trusted: null, rejected: null, alias: null }
  const purposes = (list: DerNode) =>
    children(list)
      .slice(0, mostNamed)
      .map((one) => shortNameOrOid(oidOf(one)))
  for (const part of childrenOf(node, Tag.sequence)) {
    if (part.id === Tag.sequence) trust.trusted = purposes(part)
    if (part.id === 0xa0) trust.rejected = purposes(part)
    if (part.id === Tag.utf8String) trust.alias = visible(textOf(part) ?? '').slice(0, 200)
  }
  return trust
}

/** The finding about the trust settings in `rest`, the octets that follow the certificate. */
export function trustFinding(rest: Bytes): Finding {
  const finding = fileFinding('openssl-trust')
  const trust = orNull(() => trustOf(present(readDer(rest) ?? undefined)))
  if (!trust) return finding
  const { trusted, rejected, alias } = trust
  const says = [
    trusted && `trusted for ${trusted.join(', ') || 'nothing'}`,
    rejected && `rejected for ${rejected.join(', ') || 'nothing'}`,
    alias && `called “${alias}”`,
  ].filter(Boolean)
  const settings = says.length > 0 ? ` (${says.join('; ')})` : ''
  return { ...finding, message: finding.message.replace('trust settings', `trust settings${settings}`) }
}
