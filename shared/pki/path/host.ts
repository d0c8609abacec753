import { visible } from '../der-values.ts'
import type { AlternativeName } from './alternative-names.ts'
import type { PathProblem, Rule } from './problem.ts'

export type Host = { kind: 'DNS'; value: string } | { kind: 'IP'; value: Uint8Array }

/**
 * A host as it is asked for: a DNS name, also with letters outside ASCII, or an IP address, with or without brackets.
 * `null` when it is neither.
 */
export function hostOf(text: string): Host | null {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  const address = bare.includes(':') ? ipv6(bare) : ipv4(bare)
  if (address) return { kind: 'IP', value: address }
  if (bare.includes(':') || /^[\d.]+$/.test(bare)) return null
  const name = asciiName(bare.replace(/\.$/, ''))
  return name !== null && /^(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/.test(name)
    ? { kind: 'DNS', value: name }
    : null
}

function asciiName(name: string): string | null {
  if (/^[\x21-\x7e]*$/.test(name)) return name.toLowerCase()
  if (/[/?#@\\:\s]/.test(name)) return null
  return URL.canParse(`https://${name}/`) ? new URL(`https://${name}/`).hostname : null
}

function ipv4(text: string): Uint8Array | null {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  return octets?.every((octet) => octet < 256) ? Uint8Array.from(octets) : null
}

function ipv6(text: string): Uint8Array | null {
  if (!URL.canParse(`http://[${text}]/`)) return null
  // The URL parser checks the address and writes it in groups.
  const [before = '', after] = new URL(`http://[${text}]/`).hostname.slice(1, -1).split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const [head, tail] = [groups(before), groups(after ?? '')]
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 255]))
}

/**
 * Is this name of a certificate for the host (RFC 9525 section 6)? A wildcard is the whole first label, stands for one
 * label, and needs two behind it: none is for a whole top-level domain.
 */
export function isFor(name: AlternativeName, host: Host): boolean {
  if (host.kind === 'IP') {
    return (
      name.kind === 'IP' && name.value.length === host.value.length && name.value.every((o, i) => o === host.value[i])
    )
  }
  if (name.kind !== 'DNS') return false
  if (!name.value.startsWith('*.')) return name.value === host.value
  const parent = name.value.slice(1)
  const label = host.value.slice(0, -parent.length)
  return /^\.[^.*]+\.[^*]*[^.*]$/.test(parent) && host.value.endsWith(parent) && label !== '' && !label.includes('.')
}

/** Is the leaf for the host that is asked for? The common name does not count, as in every browser, Go and Python. */
export const hostRule: Rule = ({ links, settings: { host } }) => {
  if (host === undefined) return []
  const wanted = hostOf(host)
  const leaf = links[0]
  if (wanted && leaf?.terms.names?.some((name) => isFor(name, wanted))) return []
  const names = hostsOf(leaf?.certificate.facts.subjectAltNames ?? [])
  const problem: PathProblem = {
    reason: names === '' ? 'path.host-none' : 'path.host-mismatch',
    at: 0,
    detail: visible(host),
    names,
  }
  return [problem]
}

/** The first names, as many as a sentence holds. */
function hostsOf(names: readonly string[]): string {
  const hosts = names.flatMap((name) => /^(?:DNS|IP):(.{1,100})/.exec(name)?.[1] ?? [])
  const rest = hosts.length > 3 ? [`${hosts.length - 3} more`] : []
  const shown = [...hosts.slice(0, 3), ...rest]
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
