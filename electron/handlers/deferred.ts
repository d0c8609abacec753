import { type CallName, contract } from '../../shared/contract.ts'
import type { Handlers } from '../ipc.ts'

/** Handlers of every call, whose table is loaded with the first call that is made of it. */
export function deferredHandlers(load: () => Promise<Handlers>): Handlers {
  const names = Object.keys(contract) as CallName[]
  const entries = names.map((name) => [
    name,
    async (input: unknown) => ((await load())[name] as (input: unknown) => Promise<unknown>)(input),
  ])
  return Object.fromEntries(entries) as Handlers
}
