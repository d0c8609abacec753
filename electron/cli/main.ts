import { processIo } from './io.ts'
import { run } from './run.ts'

// Nothing that a command writes is for other users of the computer, unless it says so.
process.umask(0o077)
// WebCrypto warns that Ed25519 is experimental: of no use to whoever runs a command.
process.removeAllListeners('warning')

const io = processIo()
process.exitCode = await run(process.argv.slice(2), io).catch((error: unknown) => {
  const { name, stack } = error instanceof Error ? error : new Error('unknown')
  // Messages of libraries may quote what they were given; places in the code may not.
  const places = (stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  io.note(`countersign: a fault in Countersign itself (${name}). Report it with these lines:\n${places.join('\n')}`)
  return 1
})
