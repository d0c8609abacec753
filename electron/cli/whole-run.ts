import { checkSignaturesBy } from '../../shared/pki/verify.ts'
import { nodeVerifies } from '../node-signatures.ts'
import { quietCurveWarnings } from '../quiet-warnings.ts'
import type { Io } from './io.ts'
import { problemJson } from './print.ts'
import { run } from './run.ts'

/** A command line from its words to its exit code, on plain Node and in the app's own process alike. */
export async function wholeRun(argv: readonly string[], io: Io): Promise<number> {
  // Nothing that a command writes is for other users of the computer, unless it says so.
  process.umask(0o077)
  quietCurveWarnings()
  checkSignaturesBy(nodeVerifies)
  try {
    return await run(argv, io)
  } catch (error) {
    return tellFault(error, argv, io)
  }
}

function tellFault(error: unknown, argv: readonly string[], io: Io): number {
  const { name, stack } = error instanceof Error ? error : new Error('unknown')
  // Messages of libraries may quote what they were given; places in the code may not.
  const places = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  if (argv.includes('--json')) io.out(JSON.stringify({ problem: problemJson({ code: 'app.unexpected' }) }, null, 2))
  io.note(`countersign: a fault in Countersign itself (${name}). Report it with these lines:\n${places.join('\n')}`)
  return 1
}
