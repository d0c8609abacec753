// @ts-check
// Runs inside of the tour's session: starts the app, hands it to the steps, numbers the pictures.
// Arguments: the provider's id, and a folder for the pictures.

import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { _electron } from 'playwright'
import { duration, line, main, Refusal } from '../say.mjs'
import { tour } from '../tour-steps.mjs'

const root = resolve(import.meta.dirname, '..', '..')
const [provider = 'truv', pictures = join(root, 'out', 'tour')] = process.argv.slice(2)
const binary = process.env.COUNTERSIGN_ELECTRON_BINARY
const data = join(process.env.HOME ?? root, 'countersign-data')

let taken = 0
let last = performance.now()

/** @param {string} text One line for a step that is done. */
function say(text) {
  line(`✓ ${text} (${duration(performance.now() - last)})`)
  last = performance.now()
}

await main(async () => {
  if (!binary || !existsSync(binary)) throw new Refusal('COUNTERSIGN_ELECTRON_BINARY does not name an Electron')
  // Where Electron's own package finds its binary: the checkout may be a copy without one.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = dirname(binary)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const app = await _electron.launch({
    args: ['-r', join(import.meta.dirname, 'real-keyring.cjs'), root, `--user-data-dir=${data}`],
    cwd: root,
    chromiumSandbox: true,
    timeout: 60_000,
  })
  let told = ''
  app.process().stderr?.on('data', (chunk) => {
    told += String(chunk)
  })
  try {
    const page = await app.firstWindow({ timeout: 60_000 })
    /** @param {string} name one or two words; the number is put before it */
    const shot = async (name) => {
      taken += 1
      const file = `${String(taken).padStart(2, '0')}-${name}.png`
      await page.screenshot({ path: join(pictures, file), animations: 'disabled' })
      return file
    }
    try {
      await tour({ app, page, provider, shot, say })
    } catch (error) {
      const file = await shot('stopped-here').catch(() => undefined)
      const why = error instanceof Error ? error.message.split('\n') : [String(error)]
      throw new Refusal(`The tour stopped after picture ${taken}`, [
        ...why,
        ...(file ? [`How the window looked: ${file}`] : []),
        ...told
          .split('\n')
          .filter((text) => text && !/ERROR:|WARNING:/.test(text))
          .slice(-10),
      ])
    }
    return 0
  } finally {
    await app.close().catch(() => app.process().kill('SIGKILL'))
  }
})
