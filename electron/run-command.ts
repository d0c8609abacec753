import { app } from 'electron'
import { processIo } from './cli/io.ts'
import { run } from './cli/run.ts'
import { systemKeychain } from './vault/keychain.ts'

/** A command line in the app\u2019s own process, where the keychain answers. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const io = { ...processIo(), keychain: systemKeychain }
  const code = await run(argv, io).catch(() => 1)
  // On Windows a pipe takes its text later than the call that wrote it.
  await new Promise<void>((done) => process.stdout.write('', () => done()))
  app.exit(code)
}
