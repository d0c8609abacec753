import type { TokenJob, TokenReport } from './token-jobs.ts'
import { createTokenWork } from './token-work.ts'

/**
 * Where one library of PKCS #11 runs: a process of its own, in the app and on the command line, because a vendor's
 * library may crash or hang. It gets the environment (libraries find their configuration and devices by it).
 */

type Port = { postMessage(report: TokenReport): void; on(event: 'message', hear: (message: unknown) => void): unknown }

const electronPort = (process as { parentPort?: Port }).parentPort
const report = (word: TokenReport) => (electronPort ? electronPort.postMessage(word) : process.send?.(word))

const work = createTokenWork()
let last: Promise<unknown> = Promise.resolve()

function take(job: TokenJob) {
  last = last.then(async () => report((await work(job)) as TokenReport))
}

// Electron wraps what it hands over in an event.
electronPort?.on('message', (message) => take((message as { data: TokenJob }).data))
if (!electronPort) {
  process.on('message', (message) => take(message as TokenJob))
  // Whoever started this has ended: nobody is left to lock what is open.
  process.on('disconnect', () => process.exit())
}

report({ up: true })
