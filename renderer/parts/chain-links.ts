/** What the picture needs to know of one certificate; names as RFC 2253. */
export type ChainCertificate = {
  subject: string
  issuer: string
  notAfter: string
  sha256: string
  /** What is wrong with this one: here the path breaks. */
  problem?: string
}

/** A link of the picture from leaf to root, a gap where a certificate is missing, or the name where the chain ends. */
export type ChainItem =
  | { at: 'certificate'; role: 'leaf' | 'intermediate' | 'root'; name: string; certificate: ChainCertificate }
  | { at: 'gap'; name: string; below: string }
  | { at: 'anchor'; name: string; known: boolean }

/** Attribute by attribute; a comma or plus sign that is escaped belongs to the value. */
const attribute = /([^=,+\\]+)=((?:\\[\s\S]|[^,+\\])*)(?:[,+]|$)/gy

/** The most telling part of a name: CN, else O, else OU, else all of it. Escapes of RFC 2253 are taken back. */
export function shortName(name: string): string {
  const values = new Map<string, string>()
  for (const [, type = '', value = ''] of name.matchAll(attribute)) {
    if (!values.has(type)) values.set(type, value)
  }
  const value = values.get('CN') ?? values.get('O') ?? values.get('OU')
  return value ? unescapeName(value) : name || 'no name'
}

/** Escapes of RFC 2253 taken back: a character after a backslash, and pairs of hex digits, which are UTF-8. */
export const unescapeName = (value: string): string =>
  value.replace(/((?:\\[0-9A-Fa-f]{2})+)|\\([\s\S])/gu, (_, pairs: string | undefined, char: string) =>
    pairs === undefined ? char : utf8Of(pairs),
  )

const utf8Of = (pairs: string): string =>
  new TextDecoder().decode(
    new Uint8Array(
      pairs
        .slice(1)
        .split('\\')
        .map((pair) => Number.parseInt(pair, 16)),
    ),
  )

/**
 * The chain as a picture from leaf to root. A certificate whose issuer is not the next one leaves a gap that names
 * who is missing. `trusted` tells whether somebody vouched for the end: then the name above it is an anchor, not a gap.
 */
export function chainItems(chain: readonly ChainCertificate[], trusted?: boolean): ChainItem[] {
  const items: ChainItem[] = []
  chain.forEach((certificate, at) => {
    const isRoot = certificate.subject === certificate.issuer
    const role = at === 0 ? 'leaf' : isRoot ? 'root' : 'intermediate'
    items.push({ at: 'certificate', role, name: shortName(certificate.subject), certificate })
    if (isRoot) return
    const next = chain[at + 1]
    if (next?.subject === certificate.issuer) return
    const name = shortName(certificate.issuer)
    if (!next && trusted !== false) items.push({ at: 'anchor', name, known: trusted === true })
    else items.push({ at: 'gap', name, below: shortName(certificate.subject) })
  })
  return items
}

/** The picture in one sentence. */
export function chainSays(items: readonly ChainItem[]): string {
  if (items.length === 0) return 'No certificates'
  return items
    .map((item) => {
      if (item.at === 'gap') return `missing: ${item.name}`
      if (item.at === 'anchor') return item.known ? `trusted: ${item.name}` : `issued by ${item.name}, not included`
      return item.name
    })
    .join(', then ')
}
