import { z } from 'zod'
import { Profile } from './profile.ts'

/** What is wrong with one field of a provider file: reads as `${field} ${why}`. */
export type ProfileFault = { field: string; why: string }

type Node = {
  type?: string
  const?: unknown
  enum?: unknown[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  properties?: Record<string, Node>
  items?: Node
  additionalProperties?: Node | boolean
  anyOf?: Node[]
}

/** The schema as JSON Schema knows more than one issue does: both ends of a range, not only the one that was passed. */
const described = new WeakMap<z.ZodType, Node>()
function description(schema: z.ZodType): Node {
  const known = described.get(schema) ?? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node)
  described.set(schema, known)
  return known
}

type Path = readonly PropertyKey[]

/** `environments[0].port`, as people write it; names that are no plain word in quotes: `sources["my page"]`. */
export function spellPath(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(String(part))) text += text === '' ? String(part) : `.${String(part)}`
    else text += `[${JSON.stringify(String(part).slice(0, 60))}]`
  }
  return text === '' ? 'the file' : text
}

function nodeAt(schema: z.ZodType, path: Path): Node | undefined {
  let node: Node | undefined = description(schema)
  for (const part of path) {
    if (typeof part === 'number') node = node?.items
    else if (node?.properties && Object.hasOwn(node.properties, String(part))) node = node.properties[String(part)]
    else node = typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined
  }
  return node
}

/** The first fault that the schema found, in plain words. `schema` is the one that found it. */
export function faultInWords(error: z.ZodError, input: unknown, schema: z.ZodType = Profile): ProfileFault {
  const issue = error.issues[0]!
  const { path } = issue
  const field = spellPath(path)
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(nodeAt(schema, path)?.properties ?? {})
    const meant = issue.keys[0] === undefined ? undefined : nearest(issue.keys[0], known)
    return {
      field: spellPath([...path, issue.keys[0] ?? '']),
      why: `is not known here${meant === undefined ? '' : `; did you mean “${meant}”`}`,
    }
  }
  if (valueAt(input, path) === undefined)
    return { field, why: `is missing; it ${mustBe(nodeAt(schema, path), issue.message)}` }
  if (issue.code === 'invalid_key')
    return { field, why: `has a name that must be ${issue.issues[0]?.message ?? 'another'}` }
  return { field, why: mustBe(nodeAt(schema, path), ownWords(issue)) }
}

/** The message when the schema carries one of ours; the library's own begin with a capital. */
const ownWords = (issue: { message: string; code: string }) =>
  /^[a-z]/.test(issue.message) ? issue.message : undefined

function mustBe(node: Node | undefined, words: string | undefined): string {
  if (words !== undefined && /^[a-z]/.test(words)) return `must be ${words}`
  if (node === undefined) return 'has a value of the wrong form'
  if (node.const !== undefined) return `must be ${JSON.stringify(node.const)}`
  if (node.enum !== undefined) return `must be one of ${node.enum.map((one) => `“${one}”`).join(', ')}`
  if (node.anyOf !== undefined) return 'must be a text, or a text for each environment id'
  if (node.type === 'integer' || node.type === 'number') {
    const from = node.minimum ?? 0
    const to = node.maximum ?? Number.MAX_SAFE_INTEGER
    return to === Number.MAX_SAFE_INTEGER
      ? `must be a whole number from ${from} on`
      : `must be a whole number from ${from} to ${to}`
  }
  if (node.type === 'string')
    return node.maxLength === undefined
      ? 'must be a text'
      : `must be a text of ${node.minLength ?? 0} to ${node.maxLength} characters`
  if (node.type === 'boolean') return 'must be true or false'
  if (node.type === 'array') {
    if (node.minItems !== undefined && node.maxItems !== undefined)
      return `must be a list of ${node.minItems} to ${node.maxItems} entries`
    if (node.minItems !== undefined)
      return `must be a list of at least ${node.minItems === 1 ? 'one entry' : `${node.minItems} entries`}`
    return node.maxItems === undefined ? 'must be a list' : `must be a list of at most ${node.maxItems} entries`
  }
  if (node.type === 'object') return 'must be an object in { }'
  return 'has a value of the wrong form'
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<PropertyKey, unknown>)[part]
  }
  return value
}

/** A known name that differs by capitals or by little; `undefined` when none is near. */
function nearest(name: string, known: string[]): string | undefined {
  const small = name.toLowerCase()
  return (
    known.find((one) => one.toLowerCase() === small) ??
    known.find((one) => distanceAtMostTwo(one.toLowerCase(), small)) ??
    known.find((one) => small.length > 2 && one.toLowerCase().startsWith(small))
  )
}

/** Levenshtein's distance, only as far as it matters here; names are short. */
function distanceAtMostTwo(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 2 || a.length > 40 || b.length > 40) return false
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length]! <= 2
}
