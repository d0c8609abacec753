/**
 * Finds the first place where a text is not JSON (RFC 8259), for people who write JSON by hand: the platform's own
 * message differs from engine to engine and quotes the text. Stricter than `JSON.parse` in three ways: a name may stand
 * once in an object, `__proto__` is no name, and nesting ends at `maxDepth`.
 */
const maxDepth = 40

export type JsonFault = { line: number; column: number; why: string }

class Fault extends Error {}

export function jsonFault(text: string): JsonFault | null {
  const scan = new Scan(text)
  try {
    scan.space()
    scan.value(0)
    scan.space()
    if (scan.at < text.length) scan.fail('goes on after the end of the JSON value')
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const before = text.slice(0, scan.at).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1, why: error.message }
  }
}

class Scan {
  at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  fail(why: string): never {
    throw new Fault(why)
  }

  space(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.at++
  }

  value(depth: number): void {
    if (depth > maxDepth) this.fail(`is nested more than ${maxDepth} deep`)
    const next = this.text[this.at]
    if (next === undefined) this.fail('ends too early')
    if (next === '{') this.object(depth)
    else if (next === '[') this.array(depth)
    else if (next === '"') this.string()
    else if (!this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) && !this.take(/true|false|null/y))
      this.fail(
        next === "'" || next === '“'
          ? 'has a quotation mark of the wrong kind (JSON uses ")'
          : next === '/' || next === '#'
            ? 'has a comment, which JSON does not allow'
            : next === ',' || next === ']' || next === '}'
              ? 'lacks a value'
              : 'holds something that is not JSON',
      )
  }

  private object(depth: number): void {
    this.at++
    const names = new Set<string>()
    this.space()
    if (this.text[this.at] === '}') {
      this.at++
      return
    }
    for (;;) {
      this.space()
      if (this.text[this.at] === '}') this.fail('has a comma before the closing }')
      if (this.text[this.at] !== '"') this.fail('lacks a name in double quotes')
      const start = this.at
      const name = this.string()
      if (names.has(name) || name === '__proto__') {
        this.at = start
        this.fail(names.has(name) ? `has the name “${name.slice(0, 40)}” a second time` : 'uses the name __proto__')
      }
      names.add(name)
      this.space()
      if (this.text[this.at] !== ':') this.fail('lacks a colon after the name')
      this.at++
      this.space()
      this.value(depth + 1)
      if (this.separator('}')) return
    }
  }

  private array(depth: number): void {
    this.at++
    this.space()
    if (this.text[this.at] === ']') {
      this.at++
      return
    }
    for (;;) {
      this.space()
      if (this.text[this.at] === ']') this.fail('has a comma before the closing ]')
      this.value(depth + 1)
      if (this.separator(']')) return
    }
  }

  /** Steps over a comma (false) or over the closing bracket (true). */
  private separator(close: string): boolean {
    this.space()
    const next = this.text[this.at]
    if (next !== ',' && next !== close)
      this.fail(
        next === undefined ? `ends too early: a closing ${close} is missing` : `lacks a comma or a closing ${close}`,
      )
    this.at++
    return next === close
  }

  private string(): string {
    const start = this.at
    if (!this.take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y))
      this.fail('has a text that does not end, or that holds a line break or a wrong \\ sequence')
    return JSON.parse(this.text.slice(start, this.at)) as string
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return false
    this.at += found[0].length
    return true
  }
}
