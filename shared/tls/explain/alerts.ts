import type { Words } from './words.ts'

/** What programs call the alerts of RFC 8446 section 6.2 and its predecessors, by number. */
const called: [number, readonly string[]][] = [
  [40, ['handshake failure']],
  [41, ['no certificate']],
  [42, ['bad certificate']],
  [43, ['unsupported certificate']],
  [44, ['certificate revoked', 'revoked certificate']],
  [45, ['certificate expired', 'expired certificate']],
  [46, ['certificate unknown', 'unknown certificate']],
  [47, ['illegal parameter']],
  [48, ['unknown ca', 'unknownca', 'unknown certificate authority', 'ca is unknown']],
  [49, ['access denied']],
  [50, ['decode error', 'error decoding message']],
  [51, ['decrypt error', 'error decrypting message']],
  [70, ['protocol version']],
  [71, ['insufficient security']],
  [80, ['internal error']],
  [86, ['inappropriate fallback']],
  [112, ['unrecognized name']],
  [116, ['certificate required']],
  [120, ['no application protocol']],
]

/** OpenSSL and BoringSSL write `tlsv1 alert …`, Java `fatal alert: …`, Go `remote error: tls: …`. */
const before = ['alert', 'error tls']

export type FoundAlert = { number: number; phrase: string }

/** The alerts that a text tells of, by number or by name; the number is the same in every program. */
export function alertsIn({ text }: Words): FoundAlert[] {
  const found = new Map<number, string>()
  for (const match of text.matchAll(/ alert (?:number |code |received )?(\d{1,3})(?= )/g)) {
    const number = Number(match[1])
    if (!found.has(number)) found.set(number, `${match[0]} `)
  }
  for (const [number, names] of called) {
    for (const name of names) {
      const phrase = before.map((word) => ` ${word} ${name} `).find((words) => text.includes(words))
      // `unknown certificate` is also how Go begins `unknown certificate authority`.
      if (phrase === undefined || (number === 46 && text.includes(`${phrase}authority `))) continue
      found.set(number, phrase)
    }
  }
  return [...found].map(([number, phrase]) => ({ number, phrase }))
}
