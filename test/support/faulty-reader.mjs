// A worker that keeps the reader's protocol and misbehaves on request: the first letters of a file say how.
import { parentPort } from 'node:worker_threads'

const misbehave = {
  HANG: () => {
    for (;;);
  },
  HOARD: () => {
    const kept = []
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i + 0.5))
  },
  THROW: () => {
    throw new Error('a bug')
  },
  EXIT: () => process.exit(3),
}

parentPort.on('message', (job) => {
  const report = (message) => parentPort.postMessage({ id: job.id, ...message })
  const read = (bytes) => misbehave[new TextDecoder().decode(bytes)]?.()
  try {
    report({ at: 0 })
    if (job.call === 'certificatesIn') {
      read(job.bytes)
      report({ value: { ok: true, value: { objects: [], certificates: [] } } })
      return
    }
    const objects = job.files.map(({ file, bytes, refused }, at) => {
      report({ at })
      if (!refused) read(bytes)
      return { file, problem: refused ?? null }
    })
    report({ at: job.files.length })
    report({ value: { objects, relations: [] } })
  } catch {
    report({ failed: true })
  }
})
