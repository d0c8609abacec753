import { parentPort } from 'node:worker_threads'
import { certificatesIn } from '../shared/pki/certificates-in.ts'
import type { NamedFile } from '../shared/pki/inspect.ts'
import { inspectAll } from '../shared/pki/inspect.ts'
import { quietCurveWarnings } from './quiet-warnings.ts'

/**
 * The worker that parses foreign files: it may run out of time or memory without harm to the app. Only public facts
 * leave it: an opened private key stays here and is dropped.
 */

export type Job = { id: number; today: string; passphrases: string[] } & (
  | { call: 'inspect'; files: NamedFile[] }
  | { call: 'certificatesIn'; name: string; bytes: Uint8Array }
)

/** `at` names the file that is being read, so that a hang or a crash can be laid at its door. */
export type Report = { id: number } & ({ at: number } | { value: unknown } | { failed: true })

quietCurveWarnings()

const report = (message: Report): void => parentPort?.postMessage(message)

async function run(job: Job): Promise<unknown> {
  const today = new Date(job.today)
  report({ id: job.id, at: 0 })
  if (job.call === 'certificatesIn') return certificatesIn(job.name, job.bytes, job.passphrases[0], today)
  return inspectAll(job.files, job.passphrases, today, (at) => report({ id: job.id, at }))
}

parentPort?.on('message', (job: Job) => {
  run(job).then(
    (value) => report({ id: job.id, value }),
    () => report({ id: job.id, failed: true }),
  )
})
