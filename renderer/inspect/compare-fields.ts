import type { ObjectKind } from '../../shared/pki/facts.ts'
import type { ComparedField } from '../../shared/pki/inspect-calls.ts'
import { timeText } from '../parts/dates.ts'
import { attributeWord, extensionWordsOf } from './field-words.ts'
import { kindWords } from './object-words.ts'

export const groupWords: Record<ComparedField['group'], string> = {
  object: 'Object',
  subject: 'Subject',
  issuer: 'Issuer',
  validity: 'Validity',
  key: 'Key',
  signature: 'Signature',
  extensions: 'Extensions',
}

const fields: Record<string, string> = {
  'object kind': 'Kind',
  'object version': 'Version',
  'object serial': 'Serial number',
  'object sha256': 'Fingerprint (SHA-256)',
  'object crlNumber': 'Number of the list',
  'object revokedCount': 'Revoked certificates',
  'object revoked': 'Only in one of them',
  'subject order': 'Spelling',
  'issuer order': 'Spelling',
  'validity notBefore': 'Valid from',
  'validity notAfter': 'Valid to',
  'validity length': 'Valid for',
  'validity thisUpdate': 'Made on',
  'validity nextUpdate': 'Next due',
  'key algorithm': 'Algorithm',
  'key size': 'Size in bits',
  'key curve': 'Curve',
  'key spkiSha256': 'Fingerprint (SPKI)',
  'signature algorithm': 'Algorithm',
}

/** A compared field as it is read. */
export function fieldWord({ group, field }: ComparedField): string {
  const known = fields[`${group} ${field}`]
  if (known) return known
  return group === 'extensions' ? extensionWordsOf(field) : attributeWord(field)
}

/** Its values as they are read: kinds in plain words, times in the user's own way. */
export function fieldValues({ group, field }: ComparedField, values: readonly string[]): readonly string[] {
  if (field === 'kind') return values.map((value) => kindWords[value as ObjectKind]?.plain ?? value)
  if (group !== 'validity' || field === 'length') return values
  return values.map((value) => (Number.isNaN(Date.parse(value)) ? value : timeText(value)))
}
