export type Call = { url: URL; method: string; headers: { name: string; value: string }[]; body?: string }

/** What the caller may not set: they frame the message, and two framings are how requests get smuggled. */
const framing = new Set(['content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect'])

/** The headers to send, in the caller's spelling and order, one entry a name; what everybody sends is added. */
export function requestHeaders({ url, headers }: Call): { name: string; values: string[] }[] {
  const entries = new Map<string, { name: string; values: string[] }>()
  const defaults = [
    { name: 'Host', value: url.host },
    { name: 'Accept', value: '*/*' },
    { name: 'Accept-Encoding', value: 'identity' },
    { name: 'User-Agent', value: 'countersign' },
  ]
  for (const { name, value } of headers) {
    const key = name.toLowerCase()
    if (framing.has(key)) continue
    const entry = entries.get(key) ?? { name, values: [] }
    entry.values.push(value)
    entries.set(key, entry)
  }
  for (const { name, value } of defaults) {
    if (!entries.has(name.toLowerCase())) entries.set(name.toLowerCase(), { name, values: [value] })
  }
  return [...entries.values()]
}
