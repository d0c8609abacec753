import { randomBytes } from 'node:crypto'
import type { TakenIn } from '../shared/intake/take-in.ts'
import type { NamedBytes } from './gather.ts'

export type PendingImport = { files: NamedBytes[]; leftOut: TakenIn['leftOut']; passphrases: string[]; taken: TakenIn }

const keptForMs = 15 * 60_000

/**
 * Keys that were read and wait for the user's word, in memory alone. One import at a time: a new one, the lock, or a
 * quarter of an hour ends it, and its keys are overwritten.
 */
export function createPendingImports() {
  let now: { token: string; one: PendingImport; timer: NodeJS.Timeout } | null = null

  function clear() {
    if (!now) return
    clearTimeout(now.timer)
    for (const { pkcs8 } of now.one.taken.keys) pkcs8.fill(0)
    for (const { bytes } of now.one.files) bytes.fill(0)
    now = null
  }

  return {
    /** Answers the token that the page names it by. */
    keep(one: PendingImport): string {
      if (now?.one !== one) clear()
      else clearTimeout(now.timer)
      const token = now?.token ?? randomBytes(12).toString('hex')
      now = { token, one, timer: setTimeout(clear, keptForMs) }
      now.timer.unref()
      return token
    },
    find: (token: string): PendingImport | undefined => (now?.token === token ? now.one : undefined),
    clear,
  }
}

export type PendingImports = ReturnType<typeof createPendingImports>
