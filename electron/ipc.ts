import type { z } from 'zod'
import type { CallName, Input, Output } from '../shared/contract.ts'
import type { Problem } from '../shared/problems.ts'
import { type Result, refuse } from '../shared/result.ts'
import { pageOrigin } from './channels.ts'
import type { Log } from './log.ts'

export type Handlers = { [N in CallName]: (input: Input<N>) => Promise<Result<Output<N>>> }

/** One call: what may come in, who answers it, what may go out. */
export type Way = { input: z.ZodType; handle(input: unknown): Promise<Result<unknown>>; output: z.ZodType }
export type Ways = ReadonlyMap<unknown, Way>

/** Calls with those who answer them, by name. */
export function waysOf<N extends CallName>(
  calls: Record<N, Pick<Way, 'input' | 'output'>>,
  handlers: Pick<Handlers, N>,
): Ways {
  const names = Object.keys(calls) as N[]
  return new Map(names.map((name) => [name, { ...calls[name], handle: handlers[name] as Way['handle'] }]))
}

export type Frame = { readonly url: string; readonly parent: unknown }

/** Only the top frame of our own page may call. No frame at all (it is gone already) means no. */
export function isOurPage(frame: Frame | null | undefined): boolean {
  return frame != null && frame.parent === null && frame.url.startsWith(`${pageOrigin}/`)
}

/** A private key has no business in any reply, whatever field it sits in. */
const privateKeyPem = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/

/**
 * The door: sender, input, run, output, in this order. Answers a Result whatever happens; what a handler throws is a
 * bug, is logged without its message (which may quote a value) and becomes `app.unexpected`.
 */
export function createDoor(find: (name: unknown) => Way | undefined | Promise<Way | undefined>, log: Log) {
  const asked = new Set<unknown>()
  return async (frame: Frame | null | undefined, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isOurPage(frame)) {
      log.note('door: stranger refused')
      return refuse({ code: 'app.stranger' })
    }
    try {
      const way = await find(name)
      if (!way) return refuse({ code: 'app.input-invalid', field: 'call' })
      // Zod writes a function for each form that it checks: not worth its while for what is asked once.
      const how = { jitless: !asked.has(name) }
      asked.add(name)
      const given = way.input.safeParse(input, how)
      if (!given.success) return refuse({ code: 'app.input-invalid', field: fieldOf(given.error.issues[0]) })
      const result = await way.handle(given.data)
      if (!result.ok) return isPlain(result.problem) ? refuse(result.problem) : leaked(log, name, 'problem')
      const answer = way.output.safeParse(result.value, how)
      if (!answer.success) return leaked(log, name, fieldOf(answer.error.issues[0]))
      if (privateKeyPem.test(JSON.stringify(answer.data, withBytes))) return leaked(log, name, 'a private key')
      return { ok: true, value: answer.data }
    } catch (thrown) {
      log.bug(`call ${name}`, thrown)
      return refuse({ code: 'app.unexpected' })
    }
  }
}

/** Octets as text: a key hides no better in a list of numbers, and that list would be six times as long. */
const withBytes = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1') : value

function leaked(log: Log, name: unknown, field: string) {
  log.note(`door: the reply to ${name} was not of its form: ${field}`)
  return refuse({ code: 'app.unexpected' })
}

/** Problems carry names, sizes and counts only: short strings and numbers, one level deep. */
function isPlain(problem: Problem): boolean {
  return Object.values(problem).every(
    (value) =>
      (typeof value === 'string' && value.length <= 4096 && !privateKeyPem.test(value)) || Number.isFinite(value),
  )
}

type Issue = { code?: string; path: PropertyKey[]; keys?: string[] } | undefined

/** The name of the field, never its value: `plan.name`, or the key that was not expected. */
export function fieldOf(issue: Issue): string {
  const path = issue?.path.map(String) ?? []
  const named = issue?.code === 'unrecognized_keys' && issue.keys?.[0] !== undefined ? [...path, issue.keys[0]] : path
  return (named.join('.') || 'input').slice(0, 120)
}
