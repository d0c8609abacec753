import { nameOfFile } from '../shared/pki/inspect.ts'
import type { Problem } from '../shared/problems.ts'
import type { ReaderLimits } from './reader-limits.ts'
import type { Ending } from './reader-line.ts'

/** Why a file could not be read to its end, in the words of a problem about that file. */
export function blame(
  file: string,
  ending: Exclude<Ending, { how: 'done' }>,
  { memoryMiB }: Pick<ReaderLimits, 'memoryMiB'>,
): Problem {
  const name = nameOfFile(file)
  switch (ending.how) {
    case 'late':
      return { code: 'file.took-too-long', name, limitMs: ending.limitMs }
    case 'heavy':
      return { code: 'file.took-too-much', name, limitMiB: memoryMiB }
    case 'stopped':
      return { code: 'app.cancelled' }
    default:
      return { code: 'file.stopped-reader', name }
  }
}
