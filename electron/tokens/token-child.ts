import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TokenHost } from './token-host.ts'

/** The built worker lies beside the bundle, or one folder up from a chunk of it. */
export function builtTokenWorker(): URL {
  const beside = new URL('./token-worker.js', import.meta.url)
  return existsSync(beside) ? beside : new URL('../token-worker.js', import.meta.url)
}

/** For the command line: a Node of its own. `stderr` of a chatty library would stand among our own words. */
export const tokenChild =
  (entry: URL = builtTokenWorker()): TokenHost =>
  (hear, gone) => {
    const child = fork(fileURLToPath(entry), [], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Octets go over as octets.
      serialization: 'advanced',
      execArgv: [],
    })
    child.on('message', (report) => hear(report as Parameters<typeof hear>[0]))
    child.once('error', gone)
    child.once('exit', gone)
    const hold = (busy: boolean) => {
      if (busy) {
        child.ref()
        child.channel?.ref()
      } else {
        child.unref()
        child.channel?.unref()
      }
    }
    hold(false)
    return {
      post: (job) => child.send(job, () => {}),
      kill: () => void child.kill('SIGKILL'),
      hold,
    }
  }
