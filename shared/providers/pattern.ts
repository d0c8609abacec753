/**
 * Regular expressions of provider files. A file may come from anybody, and a few characters of pattern can keep a
 * matcher busy for years, so only patterns whose effort has a known bound are taken:
 *
 * - a repeated group repeats fixed content only: no alternatives and no repetition inside;
 * - the ways in which all repetitions together can share out a text stay below `mostWays`;
 * - no look-around and no back references, which escape that count;
 * - pattern and text are short.
 */
export const longestPattern = 200
export const longestText = 256
const mostWays = 2e7

/** Why a pattern is not taken, to be read after its name: `repeats a group …`; `null` when it is fine. */
export function patternFault(pattern: string, longest = longestPattern): string | null {
  if (pattern.length > longest) return `is longer than ${longest} characters`
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'is not a valid regular expression (JavaScript syntax with the u flag)'
  }
  const walk = new Walk(pattern)
  const ways = walk.alternatives(0)
  if (walk.fault !== null) return walk.fault
  if (ways > mostWays) return 'has too many repetitions, which can take extreme effort to check; use fewer of * + ? {}'
  return null
}

const compiled = new Map<string, RegExp>()

/**
 * Does the whole text match? The pattern must have passed `patternFault`, or be made from such by `templatePattern`.
 * A text longer than `longestText` never matches: no value that a profile describes is that long.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  if (text.length > longestText) return false
  let expression = compiled.get(pattern)
  if (expression === undefined) {
    expression = new RegExp(`^(?:${pattern})$`, 'u')
    if (compiled.size > 500) compiled.clear()
    compiled.set(pattern, expression)
  }
  return expression.test(text)
}

/** Reads a pattern that is known to be valid and multiplies out the ways in which it can match one text. */
class Walk {
  fault: string | null = null
  private at = 0
  private readonly pattern: string

  constructor(pattern: string) {
    this.pattern = pattern
  }

  /** Ways of `a|b|c` up to the closing bracket or the end. */
  alternatives(depth: number): number {
    if (depth > 20) this.fault ??= 'has brackets nested more than 20 deep'
    let ways = this.sequence(depth)
    while (this.fault === null && this.pattern[this.at] === '|') {
      this.at++
      ways += this.sequence(depth)
    }
    return ways
  }

  private sequence(depth: number): number {
    let ways = 1
    while (this.fault === null && this.at < this.pattern.length && !'|)'.includes(this.pattern[this.at]!)) {
      const start = this.at
      const inside = this.atom(depth)
      const isGroup = this.pattern[start] === '('
      const times = this.quantifier()
      if (times === null) ways *= inside
      else if (isGroup && times.most > 1 && (inside > 1 || this.repeats(start)))
        this.fault ??=
          'repeats a group that has repetitions or alternatives of its own, which can take extreme effort to check; use one character class such as [a-z0-9.-]+ instead'
      else ways *= inside + (Math.min(times.most, longestText) - times.least)
    }
    return ways
  }

  private atom(depth: number): number {
    const open = this.pattern[this.at]!
    if (open === '\\') {
      if (/[1-9k]/.test(this.pattern[this.at + 1] ?? ''))
        this.fault ??= 'uses a back reference (\\1), which is not supported in provider files'
      // \p{…} and \u{…} carry braces that are no quantifier.
      const long = /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|.)/su.exec(
        this.pattern.slice(this.at),
      )
      this.at += long?.[0].length ?? 2
      return 1
    }
    if (open === '[') {
      this.at++
      while (this.at < this.pattern.length && this.pattern[this.at] !== ']')
        this.at += this.pattern[this.at] === '\\' ? 2 : 1
      this.at++
      return 1
    }
    if (open === '(') {
      this.at++
      if (this.pattern[this.at] === '?') {
        if (this.pattern[this.at + 1] !== ':')
          this.fault ??= 'uses a group of the form (?…) other than (?:…), which is not supported in provider files'
        this.at += 2
      }
      const ways = this.alternatives(depth + 1)
      this.at++
      return ways
    }
    this.at++
    return 1
  }

  /** The quantifier at the current place, if any, lazy mark included. */
  private quantifier(): { least: number; most: number } | null {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.pattern.slice(this.at))
    if (found === null) return null
    this.at += found[0].length
    const [whole, least, comma, most] = found
    if (whole.startsWith('*')) return { least: 0, most: Number.POSITIVE_INFINITY }
    if (whole.startsWith('+')) return { least: 1, most: Number.POSITIVE_INFINITY }
    if (whole.startsWith('?')) return { least: 0, most: 1 }
    const from = Number(least)
    const to = comma === '' ? from : most === '' ? Number.POSITIVE_INFINITY : Number(most)
    if (from > longestText || (to !== Number.POSITIVE_INFINITY && to > 1000))
      this.fault ??= `repeats something more than ${longestText} times`
    return { least: from, most: to }
  }

  /** Does the group that began at `start` hold a counted repetition such as {10}? Those multiply the compiled size. */
  private repeats(start: number): boolean {
    return /[*+?}]/.test(
      this.pattern
        .slice(start + 1, this.at)
        .replace(/^\?:/, '')
        .replace(/\\.|\[[^\]]*\]/g, '')
        .replace(/\)[^)]*$/, ''),
    )
  }
}
