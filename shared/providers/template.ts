/**
 * Templates of a profile: text with `{name}` blanks. Pure text work; what the blanks hold is judged elsewhere.
 */
const blank = /\{([A-Za-z][A-Za-z0-9]*)\}/g

/** The names of a template's blanks, each once, in order of appearance. */
export function blanksIn(template: string): string[] {
  return [...new Set([...template.matchAll(blank)].map((found) => found[1]!))]
}

/** Braces that are not part of a `{name}` blank: a slip of the pen in a provider file. */
export function hasStrayBrace(template: string): boolean {
  return /[{}]/.test(template.replace(blank, ''))
}

/** Fills blanks that have a value; `null` when one is left without. An empty value counts as none. */
export function fill(template: string, values: Readonly<Record<string, string>>): string | null {
  let complete = true
  const filled = template.replace(blank, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name]! : ''
    if (value === '') complete = false
    return value
  })
  return complete ? filled : null
}

/** Fills blanks that have a value and leaves the others standing as `{name}`. */
export function fillKnown(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(blank, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name]! : ''
    return value === '' ? whole : value
  })
}

/**
 * The expression that a filled template matches, each blank standing for what `patternOf` allows in it. Unanchored
 * source text, for `matchesPattern`.
 */
export function templatePattern(template: string, patternOf: (name: string) => string): string {
  let source = ''
  let from = 0
  for (const found of template.matchAll(blank)) {
    source += `${literally(template.slice(from, found.index))}(?:${patternOf(found[1]!)})`
    from = found.index + found[0].length
  }
  return source + literally(template.slice(from))
}

/**
 * What the blanks of a template held when this text came out of it; null when it cannot have. `patternOf` are patterns
 * of a checked profile.
 */
export function matchTemplate(
  template: string,
  text: string,
  patternOf: (name: string) => string,
): Record<string, string> | null {
  const names = blanksIn(template)
  const seen = new Set<string>()
  let source = ''
  let from = 0
  for (const found of template.matchAll(blank)) {
    const at = names.indexOf(found[1]!)
    const again = seen.has(found[1]!)
    seen.add(found[1]!)
    source += literally(template.slice(from, found.index))
    source += again ? `\\k<blank${at}>` : `(?<blank${at}>${patternOf(found[1]!)})`
    from = found.index + found[0].length
  }
  const match = new RegExp(`^${source}${literally(template.slice(from))}$`, 'u').exec(text)
  return match && Object.fromEntries(names.map((name, at) => [name, match.groups?.[`blank${at}`] ?? '']))
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
