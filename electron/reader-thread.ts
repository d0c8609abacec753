import { existsSync } from 'node:fs'
import { cpuUsage, memoryUsage } from 'node:process'
import { Worker } from 'node:worker_threads'
import { codeOf } from './files.ts'
import type { Gone, ReaderHost } from './reader-host.ts'
import { usualMemoryMiB } from './reader-limits.ts'

/** The built reader lies beside the bundle, or one folder up from a chunk of it. */
export function builtReader(): URL {
  const beside = new URL('./reader.js', import.meta.url)
  return existsSync(beside) ? beside : new URL('../reader.js', import.meta.url)
}

/** The reader in a thread: for the command line, where a second Electron or Node would cost more than it guards. */
export const readerThread =
  (url: URL = builtReader(), memoryMiB = usualMemoryMiB): ReaderHost =>
  (hear, gone) => {
    const before = memoryUsage.rss()
    const worker = new Worker(url, {
      name: 'reader',
      resourceLimits: { maxOldGenerationSizeMb: memoryMiB },
      env: {},
    })
    let how: Gone = 'broken'
    // Without a listener an error of an idle worker would end the program.
    worker.on('error', (error) => {
      if (codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY') how = 'heavy'
    })
    worker.on('message', hear)
    worker.once('exit', () => gone(how))
    worker.unref()
    return {
      post: (job) => worker.postMessage(job),
      // Buffers do not count towards the thread's limit, and are not told by thread.
      memory: () => (memoryUsage.rss() - before) / 2 ** 20,
      // All threads of the program: the one that waits for this one does nothing.
      workedMs: () => {
        const { user, system } = cpuUsage()
        return (user + system) / 1000
      },
      kill: () => void worker.terminate(),
      hold: (busy) => (busy ? worker.ref() : worker.unref()),
    }
  }
