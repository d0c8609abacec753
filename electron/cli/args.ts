import { ok, type Result, refuse } from '../../shared/result.ts'

/** One option: a flag, or with `takes` a value; `many` may be given again. */
export type Option = { takes?: string; many?: boolean; says: string }

/** Parsed arguments of one command. */
export type Arguments = {
  rest: string[]
  has(name: string): boolean
  /** The value given, the last one when given twice. */
  one(name: string): string | undefined
  all(name: string): string[]
}

export const usageProblem = (says: string) => refuse({ code: 'cli.usage', says })

/** Options that are refused with more than "there is no such option". */
const wellMeant: Record<string, string> = {
  passphrase:
    'A passphrase is not taken as an argument, because every user of this computer could see it: use --passphrase-file, or a terminal that can be asked',
  password: 'A passphrase is not taken as an argument: use --passphrase-file, or a terminal that can be asked',
}

/** `--name value`, `--name=value`, flags (`--json`, `-4`), and the rest in order; after `--` everything is rest. */
export function parseArguments(options: Record<string, Option>, argv: readonly string[]): Result<Arguments> {
  const given = new Map<string, string[]>()
  const rest: string[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? ''
    if (word === '--') {
      rest.push(...argv.slice(i + 1))
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      rest.push(word)
      continue
    }
    const [name = '', inline] = splitOnce(word.replace(/^--?/, ''), '=')
    const dashes = name.length === 1 ? 1 : 2
    const option = word.startsWith('-'.repeat(dashes)) && Object.hasOwn(options, name) ? options[name] : undefined
    if (!option) return usageProblem(wellMeant[name] ?? `There is no option ${word.split('=')[0]} here`)
    if (given.has(name) && !option.many) return usageProblem(`--${name} is given twice`)
    if (option.takes === undefined) {
      if (inline !== undefined) return usageProblem(`--${name} takes no value`)
      given.set(name, [])
      continue
    }
    const next = argv[i + 1]
    const value = inline ?? (next === undefined || next.startsWith('--') ? undefined : argv[++i])
    if (value === undefined || value === '') return usageProblem(`--${name} needs a value (${option.takes})`)
    given.set(name, [...(given.get(name) ?? []), value])
  }
  return ok({
    rest,
    has: (name) => given.has(name),
    one: (name) => given.get(name)?.at(-1),
    all: (name) => given.get(name) ?? [],
  })
}

/** `name=acme` → `['name', 'acme']`; without the mark the second part is absent. */
export function splitOnce(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}

/** A whole number within limits, or the usage problem. */
export function wholeNumber(args: Arguments, name: string, least: number, most: number): Result<number | undefined> {
  const text = args.one(name)
  if (text === undefined) return ok(undefined)
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return ok(value)
  return usageProblem(`--${name} is a whole number from ${least} to ${most}, not “${text}”`)
}
