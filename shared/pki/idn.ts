import { visible } from './der-values.ts'

/**
 * Internationalised host names in both their forms: `xn--mnchen-3ya.example` and `münchen.example` (RFC 3492, RFC 5890).
 * For showing only: nothing is mapped or judged, because a certificate is read as it is.
 */

const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
/** A label has 63 letters; hostile ones may have more, and the work grows with the square. */
const maxLetters = 63

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

const threshold = (k: number, bias: number): number => Math.min(Math.max(k - bias, tMin), tMax)

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  return code >= 0x41 && code <= 0x5a ? code - 0x41 : base
}

/** What follows `xn--`, decoded; `null` when it is no punycode. */
export function fromPunycode(text: string): string | null {
  if (text.length > maxLetters || !/^[\x21-\x7e]*$/.test(text)) return null
  const dash = text.lastIndexOf('-')
  const points = Array.from(dash > 0 ? text.slice(0, dash) : '', (c) => c.charCodeAt(0))
  let code = 0x80
  let bias = 72
  let i = 0
  for (let at = dash > 0 ? dash + 1 : 0; at < text.length; ) {
    const before = i
    for (let weight = 1, k = base; ; k += base) {
      const digit = at < text.length ? digitOf(text.charCodeAt(at++)) : base
      if (digit >= base) return null
      i += digit * weight
      const t = threshold(k, bias)
      if (digit < t) break
      weight *= base - t
      if (i > 0x7fffffff || weight > 0x7fffffff) return null
    }
    const length = points.length + 1
    bias = adapt(i - before, length, before === 0)
    code += Math.floor(i / length)
    i %= length
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null
    points.splice(i++, 0, code)
  }
  return String.fromCodePoint(...points)
}

/** The reverse; `null` when it is too long for a label. */
export function toPunycode(text: string): string | null {
  const points = Array.from(text, (c) => c.codePointAt(0)!)
  if (points.length > maxLetters) return null
  const plain = points.filter((point) => point < 0x80)
  let written = plain.length > 0 ? `${String.fromCharCode(...plain)}-` : ''
  let code = 0x80
  let delta = 0
  let bias = 72
  for (let done = plain.length; done < points.length; ) {
    const next = Math.min(...points.filter((point) => point >= code))
    delta += (next - code) * (done + 1)
    code = next
    for (const point of points) {
      if (point < code) delta++
      if (point !== code) continue
      let rest = delta
      for (let k = base; ; k += base) {
        const t = threshold(k, bias)
        if (rest < t) break
        written += digitFor(t + ((rest - t) % (base - t)))
        rest = Math.floor((rest - t) / (base - t))
      }
      written += digitFor(rest)
      bias = adapt(delta, done + 1, done === plain.length)
      delta = 0
      done++
    }
    delta++
    code++
  }
  return written
}

const digitFor = (digit: number): string => String.fromCharCode(digit < 26 ? digit + 0x61 : digit - 26 + 0x30)

/** Longest host name that is looked at (RFC 1035 section 2.3.4). */
const maxHost = 253

/**
 * A host name in letters, fit to show; `null` when it has no internationalised part or one that cannot be decoded.
 */
export function unicodeHost(host: string): string | null {
  if (host.length > maxHost || !/(^|\.)xn--/i.test(host)) return null
  const labels = host.split('.').map((label) => (/^xn--/i.test(label) ? fromPunycode(label.slice(4)) : label))
  return labels.includes(null) ? null : visible(labels.join('.'))
}

/** A host name that holds letters beyond ASCII in the form that certificates should have; `null` when it has none. */
export function asciiHost(host: string): string | null {
  if (host.length > maxHost || /^[\x00-\x7f]*$/.test(host)) return null
  const labels = host.split('.').map((label) => {
    if (/^[\x00-\x7f]*$/.test(label)) return label
    const written = toPunycode(label.toLowerCase().normalize('NFC'))
    return written === null ? null : `xn--${written}`
  })
  return labels.includes(null) ? null : labels.join('.')
}

/** The other form of a host, where it has one. */
export const otherForm = (host: string): string | null => unicodeHost(host) ?? asciiHost(host)
