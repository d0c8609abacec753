import type { AlternativeName } from './alternative-names.ts'
import type { NameConstraints, Subtree } from './constraint-form.ts'

/** How a name stands to constraints; `unknown` when a constraint on its kind is not understood. */
export type Standing = 'permitted' | 'not-permitted' | 'excluded' | 'unknown'

/** How `name` stands to the constraints of one CA (RFC 5280 section 4.2.1.10). */
export function standingOf(name: AlternativeName, { permitted, excluded }: NameConstraints): Standing {
  const ofKind = (subtree: Subtree) => subtree.kind === name.kind
  const [inside, outside] = [permitted.filter(ofKind), excluded.filter(ofKind)]
  if ([...inside, ...outside].some(({ base }) => base === undefined)) return 'unknown'
  if (outside.some(({ base }) => falls(name, base!, true))) return 'excluded'
  if (inside.length > 0 && !inside.some(({ base }) => falls(name, base!, false))) return 'not-permitted'
  // A name whose host cannot be told is within nothing, so it may be within what is excluded.
  return outside.length > 0 && hostless(name) ? 'excluded' : 'permitted'
}

/** `partly`: a wildcard falls within when one of the hosts it stands for does. */
function falls(name: AlternativeName, base: AlternativeName, partly: boolean): boolean {
  if (name.kind === 'DNS' && base.kind === 'DNS') return hostWithin(name.value, base.value, partly)
  if (name.kind === 'email' && base.kind === 'email') return mailboxWithin(name.value, base.value)
  if (name.kind === 'URI' && base.kind === 'URI') return hostAt(hostOfUri(name.value), base.value)
  if (name.kind === 'IP' && base.kind === 'IP') return addressWithin(name.value, base.value)
  if (name.kind === 'directory' && base.kind === 'directory') {
    return base.value.parts.every((part, i) => part === name.value.parts[i])
  }
  return false
}

function hostless(name: AlternativeName): boolean {
  if (name.kind === 'URI') return hostOfUri(name.value) === null
  return name.kind === 'email' && !name.value.includes('@')
}

const under = (name: string, domain: string): boolean => name.endsWith(domain) && name.length > domain.length

/** `base` and everything below it; with a dot before it, as many write it, only what is below. */
function hostWithin(given: string, base: string, partly: boolean): boolean {
  const name = given.replace(/\.$/, '')
  const domain = base.toLowerCase()
  if (domain === '' || name === domain) return true
  if (under(name, domain.startsWith('.') ? domain : `.${domain}`)) return true
  if (!partly || !name.startsWith('*.')) return false
  const parent = name.slice(1)
  return domain.endsWith(parent) && !domain.slice(0, -parent.length).includes('.')
}

/** Of e-mail addresses and URIs: one host exactly, or with a dot before it everything below. */
function hostAt(host: string | null, base: string): boolean {
  if (host === null) return false
  const domain = base.toLowerCase()
  return domain === '' || (domain.startsWith('.') ? under(host, domain) : host === domain)
}

/** The part before the `@` is compared with case, as RFC 5280 section 7.5 wants. */
function mailboxWithin(mailbox: string, base: string): boolean {
  const at = mailbox.lastIndexOf('@')
  if (at < 0) return false
  const host = mailbox.slice(at + 1).toLowerCase()
  const baseAt = base.lastIndexOf('@')
  if (baseAt < 0) return hostAt(host, base)
  return mailbox.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase()
}

/** The host of a URI with an authority; `null` without one, and for an address, to which no constraint can apply. */
function hostOfUri(uri: string): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  if (authority === undefined) return null
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase()
  return host === '' || host.startsWith('[') || /^[\d.]+$/.test(host) ? null : host
}

function addressWithin(address: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== address.length * 2) return false
  return address.every((octet, i) => (octet & base[address.length + i]!) === (base[i]! & base[address.length + i]!))
}
