import { app } from 'electron'
import { processIo } from './cli/io.ts'
import { wholeRun } from './cli/whole-run.ts'
import { systemKeychain } from './vault/keychain.ts'

/** A command line in the app’s own process, where the keychain answers. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  let broken = 0
  const io = processIo((code) => {
    broken = code
  })
  const code = await wholeRun(argv, { ...io, keychain: systemKeychain })
  // On Windows a pipe takes its text later than the call that wrote it; elsewhere a full pipe does too.
  await Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))),
  )
  // A result that could not be written is told by an event, which comes after the answer to the call.
  await new Promise((done) => setImmediate(done))
  app.exit(broken || code)
}
