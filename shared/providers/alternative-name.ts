import type { Finding, Source } from '../findings.ts'
import { readHostName, readIp } from './host-name.ts'
import { emailFault } from './subject.ts'

/**
 * Subject alternative names as the app writes them: `DNS:…`, `IP:…`, `email:…`, `URI:…` (RFC 5280, 4.2.1.6).
 * `normal` is the text to encode: host names in ASCII, addresses in canonical form.
 */
export type AlternativeName = { ok: true; normal: string; findings: Finding[] } | { ok: false; findings: Finding[] }

const source: Source = {
  title: 'RFC 5280, section 4.2.1.6 (subject alternative names)',
  url: 'https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6',
}

const invalid = (entry: string, fault: string, next: string): AlternativeName => ({
  ok: false,
  findings: [{ code: 'san.invalid', severity: 'refuses', message: `“${short(entry)}” ${fault}.`, next, source }],
})

const short = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

export function readAlternativeName(entry: string): AlternativeName {
  const found = /^(DNS|IP|email|URI):(.*)$/is.exec(entry.trim())
  if (found === null) {
    const guess =
      readIp(entry.trim()) !== null ? 'IP' : entry.includes('://') ? 'URI' : entry.includes('@') ? 'email' : 'DNS'
    return invalid(entry, 'does not say what kind of name it is', `Write ${guess}:${short(entry.trim())}`)
  }
  const kind = found[1]!.toLowerCase()
  const value = found[2]!.trim()
  if (value === '') return invalid(entry, 'is empty', 'Enter a value, or remove the line.')
  if (kind === 'dns') return dns(value)
  if (kind === 'ip') return ip(value)
  if (kind === 'email') return email(value)
  return uri(value)
}

function dns(value: string): AlternativeName {
  const host = readHostName(value)
  if (!host.ok) return invalid(value, host.fault, host.next)
  const findings: Finding[] = []
  if (host.wildcard)
    findings.push({
      code: 'san.wildcard',
      severity: 'warns',
      message: `“${value}” stands for many hosts; a client certificate names one caller.`,
      next: 'Use the full name, unless the provider asks for a wildcard.',
      source,
    })
  if (host.ascii !== value && /[^\x20-\x7e]/.test(value))
    findings.push({
      code: 'san.punycode',
      severity: 'notes',
      message: `“${value}” goes into the request as ${host.ascii}, its ASCII form (punycode).`,
      source,
    })
  return { ok: true, normal: `DNS:${host.ascii}`, findings }
}

function ip(value: string): AlternativeName {
  const address = readIp(value)
  if (address !== null) return { ok: true, normal: `IP:${address.canonical}`, findings: [] }
  if (/\/\d{1,3}$/.test(value))
    return invalid(value, 'is a range of addresses', 'Enter single addresses; a certificate names no ranges.')
  if (value.includes('%')) return invalid(value, 'names a network interface', 'Leave out the part from % on.')
  return invalid(
    value,
    'is not an IP address',
    'Enter four numbers from 0 to 255 without leading zeros, or an IPv6 address.',
  )
}

function email(value: string): AlternativeName {
  const fault = emailFault(value)
  if (fault !== null) return invalid(value, fault.fault, fault.next)
  const at = value.lastIndexOf('@')
  const host = readHostName(value.slice(at + 1))
  return { ok: true, normal: `email:${value.slice(0, at + 1)}${host.ok ? host.ascii : ''}`, findings: [] }
}

function uri(value: string): AlternativeName {
  if (!/^[\x21-\x7e]+$/.test(value))
    return invalid(value, 'holds spaces or accented letters', 'Write them percent-encoded, such as %20 for a space.')
  if (!/^[a-z][a-z0-9+.-]*:./i.test(value))
    return invalid(value, 'is not a complete address', 'Begin with the scheme, such as https:// or urn:.')
  try {
    new URL(value)
  } catch {
    return invalid(value, 'is not a valid address (URI)', 'Check the part after the scheme.')
  }
  return { ok: true, normal: `URI:${value}`, findings: [] }
}
