import { checkSignaturesBy } from '../../shared/pki/verify.ts'
import { nodeVerifies } from '../node-signatures.ts'
import { quietCurveWarnings } from '../quiet-warnings.ts'
import { processIo } from './io.ts'
import { problemJson } from './print.ts'
import { run } from './run.ts'

// Nothing that a command writes is for other users of the computer, unless it says so.
process.umask(0o077)
quietCurveWarnings()
checkSignaturesBy(nodeVerifies)

const io = processIo()
const tellFault = (error: unknown): number => {
  const { name, stack } = error instanceof Error ? error : new Error('unknown')
  // Messages of libraries may quote what they were given; places in the code may not.
  const places = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  if (process.argv.includes('--json'))
    io.out(JSON.stringify({ problem: problemJson({ code: 'app.unexpected' }) }, null, 2))
  io.note(`countersign: a fault in Countersign itself (${name}). Report it with these lines:\n${places.join('\n')}`)
  return 1
}

// Built as a plain script, which cannot wait at its top level.
void run(process.argv.slice(2), io)
  .catch(tellFault)
  .then((code) => {
    process.exitCode = code
  })
