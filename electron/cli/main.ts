import { processIo } from './io.ts'
import { wholeRun } from './whole-run.ts'

// Built as a plain script, which cannot wait at its top level.
void wholeRun(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code
})
