/** Headers that prove who somebody is: what they hold is as good as a password. */
const secretNames =
  /^(?:proxy-)?authorization$|^cookie$|^set-cookie$|secret|token|password|passwd|credential|api-?key|access-?key|auth-?key/i

export const isSecretHeader = (name: string): boolean => secretNames.test(name)

/** A value that is not kept: its scheme (`Bearer`) and its length stay, because they tell mistakes apart. */
export function maskedValue(value: string): string {
  const [, scheme = '', secret = value] = /^(Basic|Bearer|Digest|Token|ApiKey) +(.*)$/i.exec(value) ?? []
  return `${scheme}${scheme ? ' ' : ''}•••• (${secret.length} ${secret.length === 1 ? 'character' : 'characters'})`
}

/** Headers as they are kept, and the names of those whose value is not. */
export function withoutSecretHeaders(headers: readonly [string, string][]): {
  headers: [string, string][]
  masked: string[]
} {
  const masked = new Set<string>()
  const kept = headers.map(([name, value]): [string, string] => {
    if (!isSecretHeader(name)) return [name, value]
    masked.add(name)
    return [name, maskedValue(value)]
  })
  return { headers: kept, masked: [...masked] }
}
