import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Gives back what the start has left behind: texts of scripts, answers, schemas that were built in steps. A page's V8
 * does that by itself when nothing goes on there; in the main process nobody tells V8 that nothing does. Some
 * milliseconds, for a moment in which nobody waits.
 */
export function tidyMemory(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
