import { parentPort as threadPort } from 'node:worker_threads'
import { quietCurveWarnings } from './quiet-warnings.ts'
import type { Job, Report } from './reader-jobs.ts'
import { createReaderWork } from './reader-work.ts'

/**
 * Where foreign files are parsed: a process of its own in the app, a thread of its own on the command line. Either may
 * run out of time or memory, or crash, without harm to what started it.
 */

type Port = { postMessage(report: Report): void; on(event: 'message', hear: (message: unknown) => void): unknown }

const processPort = (process as { parentPort?: Port }).parentPort
const port = processPort ?? (threadPort as Port | null)

quietCurveWarnings()

const work = createReaderWork((report) => port?.postMessage(report))

// A word ahead of the first job: whoever started this knows that it is up, and gives it less time from then on.
port?.postMessage({ id: 0, begun: true })

// Electron wraps what it hands over in an event.
port?.on('message', (message) => void work((processPort ? (message as { data: Job }).data : message) as Job))
