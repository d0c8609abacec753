import { createReader, type Reader } from '../../electron/reader-client.ts'
import { usualLimits } from '../../electron/reader-limits.ts'
import { createReaderWork } from '../../electron/reader-work.ts'

/** The reader's own work in this process: quick to start, and nothing that could end it. */
export const readerHere = (): Reader =>
  createReader((hear) => {
    const work = createReaderWork((report) => setImmediate(hear, structuredClone(report)))
    return {
      post: (job) => void work(structuredClone(job)),
      memory: () => null,
      workedMs: () => null,
      kill: () => {},
      hold: () => {},
    }
  }, usualLimits)
