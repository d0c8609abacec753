import { app, utilityProcess } from 'electron'
import type { Gone, ReaderHost } from './reader-host.ts'
import { usualMemoryMiB } from './reader-limits.ts'

/** What a process of Chromium ends with when V8 has no memory left (SIGABRT). */
const abortCodes = new Set([6, 134])

/**
 * The reader in a process of its own: for the app, whose window has to live whatever a file does. Electron gives such
 * processes Node, so its sandbox is off; what is left of it is this: no environment, no standard streams, a limit of
 * memory, and no code made from strings.
 */
export const readerProcess =
  (entry: string, memoryMiB = usualMemoryMiB): ReaderHost =>
  (hear, gone) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Reader of dropped files',
      // An empty list would be taken for none given, and hand on everything.
      env: { COUNTERSIGN: 'reader' },
      // V8's own flag: as an argument of Node's it is not heeded here.
      execArgv: [`--js-flags=--max-old-space-size=${memoryMiB} --disallow-code-generation-from-strings`],
      stdio: 'ignore',
    })
    let how: Gone = 'broken'
    // Newer versions of Electron tell of V8's end before the process's own.
    ;(child as NodeJS.EventEmitter).on('error', () => {
      how = 'heavy'
    })
    child.on('message', hear)
    child.once('exit', (code) => gone(abortCodes.has(code) ? 'heavy' : how))
    const metric = () => app.getAppMetrics().find(({ pid }) => pid === child.pid)
    return {
      post: (job) => child.postMessage(job),
      memory: () => {
        const size = metric()?.memory.workingSetSize
        return size === undefined ? null : size / 1024
      },
      workedMs: () => {
        const seconds = metric()?.cpu.cumulativeCPUUsage
        return seconds === undefined ? null : seconds * 1000
      },
      kill: () => {
        try {
          // Electron's own kill asks politely, which a busy process may not hear.
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
        } catch {
          // It has ended meanwhile.
        }
        child.kill()
      },
      hold: () => {},
    }
  }
