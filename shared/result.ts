import type { Problem } from './problems.ts'

/** What every call answers: a value, or the one reason why there is none. Bugs are thrown, refusals are returned. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem })
