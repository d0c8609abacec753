/**
 * The four or sixteen bytes of an IP address in text (RFC 4291 section 2.2), its zone left out and an IPv4 address in
 * IPv6 clothes (`::ffff:192.0.2.1`) taken for what it is. Null for anything else.
 */
export function addressBytes(text: string): Uint8Array | null {
  const plain = text.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return plain.includes(':') ? ipv6Bytes(plain) : ipv4Bytes(plain)
}

function ipv4Bytes(text: string): Uint8Array | null {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return null
  return Uint8Array.from(parts, Number)
}

function ipv6Bytes(text: string): Uint8Array | null {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return null
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'))
  const before = groupsOf(head)
  const after = groupsOf(tail ?? '')
  const missing = 8 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 0) return null
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return null
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}

/** The text of four or sixteen bytes, IPv6 shortened as RFC 5952 section 4 has it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  )
  const runs = groups.join(':').match(/(?:^|(?<=:))0(?::0)+(?=:|$)/g) ?? []
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  const at = groups.join(':').search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`))
  const text = groups.join(':')
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`
}
