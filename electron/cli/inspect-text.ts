import type { z } from 'zod'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import type { InspectOut } from './output.ts'
import { columns, findingLines, type Paint, plain } from './print.ts'

type Inspected = z.infer<typeof InspectOut>[number]

const kinds: Record<Inspected['kind'], string> = {
  certificate: 'Certificate',
  request: 'Signing request (CSR)',
  crl: 'Revocation list (CRL)',
  'private-key': 'Private key',
  'public-key': 'Public key',
  pkcs12: 'Bundle (PKCS#12)',
  pkcs7: 'Collection (PKCS#7)',
  keystore: 'Keystore',
  unknown: 'Nothing known',
}

/** All objects under the names of their files. */
export function inspectionText(objects: readonly Inspected[], paint: Paint, now: Date): string {
  const places = new Map(objects.map((object) => [object.id, object]))
  const parts: string[] = []
  let file: string | undefined
  for (const object of objects) {
    if (object.file !== file) parts.push(`${file === undefined ? '' : '\n'}${paint(plain(object.file), 'strong')}`)
    file = object.file
    parts.push(objectText(object, places, paint, now))
  }
  return parts.join('\n')
}

function objectText(object: Inspected, places: Map<string, Inspected>, paint: Paint, now: Date): string {
  const indent = '  '.repeat(object.id.startsWith('left-out') ? 1 : object.id.split('.').length)
  const { facts, problem, findings } = object
  const lines = [`${indent}${kinds[object.kind]}${object.encoding ? paint(`, ${object.encoding}`, 'quiet') : ''}`]
  if (problem) lines.push(`${indent}  ${paint(plain(problem.title), 'bad')}`, `${indent}  ${plain(problem.next)}`)
  const rows = columns([...factRows(facts, now), ...relationRows(object, places)], `${indent}  `)
  if (rows) lines.push(rows)
  if (findings.length > 0) lines.push(findingLines(findings, paint, `${indent}  `))
  return lines.join('\n')
}

function factRows(facts: Facts, now: Date): [string, string | readonly string[] | undefined][] {
  const key = [facts.keyAlgorithm, facts.curve ?? (facts.keyBits && `${facts.keyBits}`)].filter(Boolean).join(' ')
  const names = facts.subjectAltNames ?? []
  return [
    ['subject', facts.subject],
    ['issuer', facts.selfSigned ? 'itself (self-signed)' : facts.issuer],
    ['serial', facts.serialHex],
    ['valid', validity(facts, now)],
    ['key', key || undefined],
    ['names', names.length > 12 ? [...names.slice(0, 12), `and ${names.length - 12} more`] : names],
    ['use', [...(facts.keyUsage ?? []), ...(facts.extendedKeyUsage ?? [])].join(', ') || undefined],
    ['authority', facts.isCa ? 'yes, may issue certificates' : undefined],
    ['protection', facts.encrypted ? (facts.protection ?? 'encrypted') : facts.container && 'none'],
    ['format', facts.container],
    ['revoked', facts.revokedCount === undefined ? undefined : `${facts.revokedCount} certificates`],
    ['updated', facts.thisUpdate && `${facts.thisUpdate}, next ${facts.nextUpdate ?? 'unsaid'}`],
    ['sha256', facts.sha256],
  ]
}

function validity({ notBefore, notAfter }: Facts, now: Date): string | undefined {
  if (!notBefore || !notAfter) return undefined
  const left = daysLeft(notAfter, now)
  return `${notBefore} to ${notAfter} (${left < 0 ? `expired ${-left} days ago` : `${left} days left`})`
}

function relationRows(object: Inspected, places: Map<string, Inspected>): [string, string][] {
  const says = { 'same-key': 'belongs to', 'issued-by': 'issued by', 'issuer-of': 'issued' }
  return object.relations.map(({ kind, with: id, verified }) => {
    const other = places.get(id)
    const what = other ? `${kinds[other.kind].toLowerCase()} in ${other.file}` : id
    return [says[kind], `${what}${kind !== 'same-key' && verified ? ', signature checked' : ''}`]
  })
}
