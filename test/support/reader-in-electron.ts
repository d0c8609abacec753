// An Electron program without a window: reads files that bring a reader down in a process of its own, as the app does,
// and prints what became of them, one line of JSON for each way.
import { appendFileSync } from 'node:fs'
import { app } from 'electron'
import { createReader } from '../../electron/reader-client.ts'
import { usualLimits } from '../../electron/reader-limits.ts'
import { readerProcess } from '../../electron/reader-process.ts'

const [entry, good, output] = ['READER', 'GOOD', 'OUTPUT'].map((name) => process.env[`TEST_${name}`] ?? '')

async function tell(how: string): Promise<void> {
  const memoryMiB = 300
  const limits = { ...usualLimits, memoryMiB, ...(how === 'HANG' ? { fileMs: 1000 } : { fileMs: 60_000 }) }
  const reader = createReader(readerProcess(entry!, how === 'HOARD' ? 150 : memoryMiB), limits)
  const bytes = (text: string) => new TextEncoder().encode(text)
  const files = ['a.crt', 'bad.crt', 'c.crt'].map((file) => ({ file, bytes: bytes(file === 'bad.crt' ? how : good!) }))
  const reading = reader.reading(files, new Date())
  const began = performance.now()
  const rows = await reading.rows(0)
  const opened = await reading.open('2')
  const said = rows.ok ? rows.value.rows.map(({ kind, problem }) => problem?.code ?? kind) : rows.problem.code
  const line = { how, said, opened: opened.ok, ms: Math.round(performance.now() - began) }
  appendFileSync(output!, `${JSON.stringify(line)}\n`)
  await reader.close()
}

app.on('window-all-closed', () => {})
app.whenReady().then(async () => {
  for (const how of ['HANG', 'HOARD', 'FILL', 'THROW', 'EXIT']) await tell(how)
  app.exit()
})
