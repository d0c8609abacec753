import { attributeOid, plainName } from '../pki/oids.ts'
import type { CertificateRequest } from '../pki/request.ts'
import type { CertificateField } from './certificate-fields.ts'
import { keyWords } from './certificate-fields.ts'
import type { ExtensionDecision } from './extension-decision.ts'
import { issue } from './plan-issues.ts'
import type { PlanIssue, PlanRow } from './plan-row.ts'
import type { PartDecision } from './subject-choices.ts'
import { oids } from './written-extensions.ts'

type Decided = {
  request: CertificateRequest
  parts: readonly PartDecision[]
  extensions: readonly ExtensionDecision[]
  life: { days: number; issues: PlanIssue[]; wrong?: string }
  fields: readonly CertificateField[]
  /** False where a service decides serial number and signature. */
  signs: boolean
}

/** Every field that is asked for, and every field that will be issued: none is left out of the rows. */
export function rowsOf(decided: Decided): PlanRow[] {
  const { fields, extensions } = decided
  const rows = [
    ...partRows(decided),
    ...extensions.map((one) => extensionRow(one, fields)).filter((row) => row !== null),
    ...lifeRows(decided),
    ...plainRows(decided),
  ]
  const told = new Set(rows.map(({ field }) => field))
  const untold = fields.find(({ field }) => !field.startsWith('subject.') && !told.has(field))
  if (untold) throw new Error(`no row for ${untold.field}`)
  return rows
}

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, at) => one === b[at])

function markOf(asked: readonly string[], value: readonly string[]): PlanRow['mark'] {
  if (asked.length === 0) return value.length === 0 ? 'same' : 'added'
  if (value.length === 0) return 'left-out'
  return same(asked, value) ? 'same' : 'changed'
}

const partLabels: Record<string, string> = {
  CN: 'Common name',
  O: 'Organisation',
  OU: 'Unit',
  C: 'Country',
  ST: 'State or province',
  L: 'City',
  emailAddress: 'E-mail address',
  serialNumber: 'Serial number of the subject',
}

function partRows({ parts, fields }: Decided): PlanRow[] {
  const issued = fields.filter(({ field }) => field.startsWith('subject.'))
  const order = inOrder(parts)
  if (order.length !== issued.length) throw new Error('a part of the name without a row')
  return parts.map((part) => {
    const { row, type, asked, choice, set } = part
    const value = issued[order.indexOf(part)]?.value ?? []
    const askedLines = asked ? [asked.value] : []
    const unreadable = asked !== undefined && !asked.plain
    return {
      field: row,
      label: partLabels[type] ?? plainName(attributeOid(type) ?? type),
      term: type,
      group: 'name',
      asked: askedLines,
      choice,
      offers: asked ? (asked.plain ? ['take', 'drop', 'set'] : ['drop', 'set']) : ['set', 'drop'],
      edit: 'text',
      set: [set],
      value,
      mark: markOf(askedLines, value),
      issues: [...(unreadable ? [issue('sign.part-unreadable', '')] : []), ...wrongIssue(part.wrong)],
    }
  })
}

/** The written parts as the certificate has them: DER sorts those that stand together in one multi-valued part. */
function inOrder(parts: readonly PartDecision[]): PartDecision[] {
  const written = parts.filter((part) => part.written)
  const rdns = [...new Set(written.map(({ rdn }) => rdn))]
  return rdns.flatMap((rdn) =>
    written.filter((part) => part.rdn === rdn).sort((a, b) => byOctets(a.written!, b.written!)),
  )
}

function byOctets(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

const wrongIssue = (wrong: string | undefined): PlanIssue[] =>
  wrong === undefined ? [] : [{ code: 'sign.value-wrong', severity: 'refuses', message: wrong, needsConsent: false }]

type Shown = Pick<PlanRow, 'label' | 'group'> & { term?: string }

const shownAs: Record<string, Shown> = {
  [oids.subjectAltName]: { label: 'Further names', term: 'subjectAltName', group: 'name' },
  [oids.extendedKeyUsage]: { label: 'What it may be used for', term: 'extendedKeyUsage', group: 'use' },
  [oids.keyUsage]: { label: 'What its key may do', term: 'keyUsage', group: 'use' },
  [oids.basicConstraints]: { label: 'Is it an authority', term: 'basicConstraints', group: 'use' },
  [oids.crlDistributionPoints]: { label: 'Revocation list', term: 'cRLDistributionPoints', group: 'life' },
  [oids.authorityInfoAccess]: { label: 'Issuer’s certificate', term: 'authorityInfoAccess', group: 'life' },
  [oids.subjectKeyIdentifier]: { label: 'Key identifier', term: 'subjectKeyIdentifier', group: 'more' },
  [oids.authorityKeyIdentifier]: { label: 'Issuer’s key identifier', term: 'authorityKeyIdentifier', group: 'more' },
}

function extensionRow(one: ExtensionDecision, fields: readonly CertificateField[]): PlanRow | null {
  const { oid, asked, choice, offers, edit, set, issues, wrong } = one
  const field = `extension.${oid}`
  const issued = fields.find((written) => written.field === field)
  const shown = shownAs[oid]
  const name = plainName(oid)
  return {
    field,
    label: shown?.label ?? name,
    ...(shown?.term !== undefined ? { term: shown.term } : name !== oid && { term: oid }),
    group: shown?.group ?? 'more',
    asked: asked?.value ?? [],
    ...(asked && { askedCritical: asked.critical }),
    choice,
    offers,
    edit,
    set,
    value: issued?.value ?? [],
    ...(issued && { critical: issued.critical === true }),
    mark: markOf(
      asked?.value ?? [],
      (issued?.value ?? []).filter((line) => !line.startsWith('octets ')),
    ),
    issues: [...issues, ...wrongIssue(wrong)],
  }
}

function lifeRows({ life, fields }: Decided): PlanRow[] {
  const value = fields.find(({ field }) => field === 'validity')?.value ?? []
  return [
    {
      field: 'validity',
      label: 'Validity',
      group: 'life',
      asked: [],
      choice: 'set',
      offers: ['set'],
      edit: 'days',
      set: [`${life.days}`],
      value,
      mark: 'added',
      issues: [...life.issues, ...wrongIssue(life.wrong)],
    },
  ]
}

/** What is never chosen: whose key it is, who signs, and how. */
function plainRows({ request, fields, signs }: Decided): PlanRow[] {
  const asked: Record<string, string[]> = {
    key: [keyWords(request.publicKey.facts), `SHA-256 ${request.publicKey.facts.spkiSha256 ?? ''}`],
  }
  return fields.flatMap(({ field, label, value }) => {
    if (!['key', 'issuer', 'serial', 'signature', 'version'].includes(field)) return []
    const told = !signs && (field === 'serial' || field === 'signature') ? ['as the signing service decides'] : value
    return [
      {
        field,
        label,
        group: 'more' as const,
        asked: asked[field] ?? [],
        choice: 'set' as const,
        offers: ['set' as const],
        edit: 'none' as const,
        set: [],
        value: told,
        mark: markOf(asked[field] ?? [], told),
        issues: [],
      },
    ]
  })
}
