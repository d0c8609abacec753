/**
 * Where in a JSON text the value at a path begins: line and column, from 1. The text has to be JSON already (`jsonFault`
 * answers null for it). A path that leads nowhere is answered with the nearest value that contains it.
 */
export function placeIn(text: string, path: readonly PropertyKey[]): { line: number; column: number } {
  let at = 0
  const space = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++
  }
  const string = (): string => {
    const found = /"(?:[^"\\]|\\.)*"/y
    found.lastIndex = at
    const whole = found.exec(text)?.[0] ?? '""'
    at += whole.length
    return JSON.parse(whole) as string
  }
  /** Steps over one value without looking for anything in it. */
  const skip = () => {
    let depth = 0
    do {
      space()
      const next = text[at] ?? ''
      if (next === '"') string()
      else if (next === '{' || next === '[') depth++
      else if (next === '}' || next === ']') depth--
      if (next !== '"') {
        const word = /[^\s",:[\]{}]+/y
        word.lastIndex = at
        at += word.exec(text)?.[0].length ?? 1
      }
    } while (depth > 0 && at < text.length)
  }
  /** To the entry of this name or number in the value at hand; false when there is none. */
  const enter = (part: PropertyKey): boolean => {
    const open = text[at]
    if (open !== '{' && open !== '[') return false
    at++
    for (let index = 0; ; index++) {
      space()
      if (at >= text.length || text[at] === '}' || text[at] === ']') return false
      const name = open === '{' ? string() : index
      if (open === '{') {
        space()
        at++
        space()
      }
      if (name === part) return true
      skip()
      space()
      if (text[at] === ',') at++
    }
  }
  space()
  for (const part of path) {
    const before = at
    if (!enter(part)) {
      at = before
      break
    }
  }
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
