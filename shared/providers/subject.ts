import type { Finding, Source } from '../findings.ts'
import { countryMeant, countryName, isCountryCode } from './country.ts'
import { charName, readHostName, readIp } from './host-name.ts'
import type { SubjectFieldName } from './profile.ts'

/** A finding about one answer. `field`: `CN`, `answers.<question>`, `subjectAltNames.<index>` or `key`. */
export type FieldFinding = Finding & { field?: string }

/** The plain word for an attribute; the screens put the short name beside it. */
export const fieldLabels: Record<SubjectFieldName, string> = {
  C: 'Country',
  ST: 'State or province',
  L: 'City or town',
  O: 'Organisation',
  OU: 'Department',
  CN: 'Common name',
  emailAddress: 'E-mail address',
  serialNumber: 'Serial number',
}

/** The order in which the attributes are encoded: from the widest to the nearest, as most tools write them. */
export const subjectOrder: readonly SubjectFieldName[] = [
  'C',
  'ST',
  'L',
  'O',
  'OU',
  'CN',
  'emailAddress',
  'serialNumber',
]

/** RFC 5280, appendix A.1, upper bounds in characters, not bytes. */
export const longest: Record<SubjectFieldName, number> = {
  C: 2,
  ST: 128,
  L: 128,
  O: 64,
  OU: 64,
  CN: 64,
  emailAddress: 255,
  serialNumber: 64,
}

export const bounds: Source = {
  title: 'RFC 5280, appendix A.1 (upper bounds)',
  url: 'https://www.rfc-editor.org/rfc/rfc5280#appendix-A.1',
}
const iso: Source = {
  title: 'ISO 3166-1, country codes',
  url: 'https://www.iso.org/iso-3166-country-codes.html',
}
const ia5: Source = {
  title: 'RFC 5280, section 4.1.2.6 (subject)',
  url: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.6',
}

/**
 * What is wrong with one attribute's value, whatever the provider: it could not be encoded, or no reader would
 * understand it as meant. An empty value has no findings; whether it may be empty is the provider's rule.
 */
export function checkSubjectValue(field: SubjectFieldName, value: string): FieldFinding[] {
  if (value === '') return []
  const label = `${fieldLabels[field]} (${field})`
  const says = (code: string, message: string, next: string, more: Partial<FieldFinding> = {}): FieldFinding => ({
    field,
    code,
    severity: 'refuses',
    message,
    next,
    ...more,
  })

  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.exec(value)
  if (hidden !== null)
    return [
      says(
        'subject.hidden-character',
        `${label} contains ${charName(hidden[0])}.`,
        'Type the value by hand: hidden characters come along with text copied from documents and web pages.',
      ),
    ]
  if (value.trim() === '')
    return [says('subject.blank', `${label} holds only spaces.`, 'Enter a value, or leave it out.')]
  if (field === 'C') return country(value, says)

  const findings: FieldFinding[] = []
  if (value !== value.trim())
    findings.push(
      says(
        'subject.outer-space',
        `${label} begins or ends with a space.`,
        'Remove the space: values are compared character by character.',
      ),
    )
  const length = [...value].length
  if (length > longest[field])
    findings.push(
      says(
        'subject.too-long',
        `${label} has ${length} characters; ${longest[field]} is the most.`,
        `Shorten it by ${length - longest[field]}.`,
        { source: bounds },
      ),
    )
  // UTF-8 read as Latin-1 shows ü as Ã¼: OpenSSL does this to names given without -utf8.
  if (/[ÂÃ][\u0080-\u00bf]|â€/.test(value))
    findings.push(
      says(
        'subject.garbled',
        `${label} looks garbled: “${value}”.`,
        'Type the accented letters anew: they were read in the wrong character set on the way here.',
        { severity: 'warns' },
      ),
    )
  if (field === 'emailAddress') findings.push(...email(value, says))
  if (field === 'serialNumber' && !/^[A-Za-z0-9 '()+,./:=?-]*$/.test(value))
    findings.push(
      says(
        'subject.characters',
        `${label} may hold only unaccented letters, digits, spaces and ' ( ) + , - . / : = ?`,
        'Remove the other characters.',
        { source: bounds },
      ),
    )
  if (field === 'CN') findings.push(...hostLike(value, says))
  return findings
}

type Says = (code: string, message: string, next: string, more?: Partial<FieldFinding>) => FieldFinding

function country(value: string, says: Says): FieldFinding[] {
  if (isCountryCode(value)) return []
  const meant = countryMeant(value)
  const inCapitals = meant !== null && value.trim().toUpperCase() === meant
  const message = inCapitals
    ? value === value.trim()
      ? `The country code “${value}” is not in upper case.`
      : `The country code “${value}” has a space around it.`
    : [...value].length === 2
      ? `“${value}” is not an assigned ISO 3166-1 country code.`
      : `Country (C) takes the two-letter ISO 3166-1 code, not “${value}”.`
  const next =
    meant === null
      ? 'Choose the country from the list.'
      : `Use ${meant} (${countryName(meant)})${inCapitals ? ', upper case' : ''}.`
  return [says('subject.country', message, next, { source: iso })]
}

function email(value: string, says: Says): FieldFinding[] {
  const fault = emailFault(value)
  if (fault === null) return []
  return [says('subject.email', `E-mail address (emailAddress) ${fault.fault}.`, fault.next, { source: ia5 })]
}

/** Why a text is no e-mail address that fits a certificate (IA5String, so ASCII only); `null` when it is one. */
export function emailFault(value: string): { fault: string; next: string } | null {
  const at = value.lastIndexOf('@')
  const local = value.slice(0, at)
  if (at < 1 || at === value.length - 1)
    return { fault: 'is not of the form name@example.com', next: 'Enter one address, name@host.' }
  if (!/^[\x21-\x7e]+$/.test(local) || /[@,;:<>()[\]\\"]/.test(local))
    return {
      fault: `has characters before the @ that certificates do not carry (“${local}”)`,
      next: 'Use an address with unaccented letters, digits and . _ + - before the @.',
    }
  const host = readHostName(value.slice(at + 1))
  if (!host.ok) return { fault: `has a host name after the @ that ${host.fault}`, next: host.next }
  if (host.wildcard) return { fault: 'has a wildcard after the @', next: 'Enter one address, name@host.' }
  return null
}

/** A common name that is meant as a host name, though it is not spelt as certificates spell host names. */
function hostLike(value: string, says: Says): FieldFinding[] {
  if (!/^[^\s]+\.[^\s]+$/u.test(value) || readIp(value) !== null) return []
  const scheme = /^https?:\/\//i.exec(value)
  if (scheme !== null)
    return [
      says(
        'subject.common-name-is-address',
        `Common name (CN) holds a web address, “${value}”.`,
        `Leave out ${scheme[0]} and everything after the host name.`,
        { severity: 'warns' },
      ),
    ]
  if (/^[\x20-\x7e]*$/.test(value)) return []
  const host = readHostName(value)
  if (!host.ok) return []
  return [
    says(
      'subject.common-name-not-ascii',
      `“${value}” is written ${host.ascii} in certificates.`,
      `Use ${host.ascii}, unless the provider asks for the accented spelling.`,
      { severity: 'warns' },
    ),
  ]
}
