// @ts-check
// `npm start`: sets up what is missing, builds what has changed, opens the app. Without a display it shows the tour.

import './node-version.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildStep } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { start } from './run.mjs'
import { root } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { duration, line, main, note, Refusal, sinceStart, warn } from './say.mjs'
import { setUp } from './setup.mjs'
import { readArguments, usage } from './start/arguments.mjs'
import { tour } from './tour.mjs'

/** @typedef {import('./runtime.mjs').Runtime} Runtime */

/** @param {Runtime} runtime @param {string[]} rest */
async function openApp(runtime, rest) {
  const args = [root, ...rest]
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    warn(
      "You are root, and Chromium gives root no sandbox: this window runs with --no-sandbox. Use an ordinary user's account for real keys.",
    )
    args.push('--no-sandbox')
  } else {
    await checkSandbox(runtime.dist)
  }
  line(`Opening Countersign (${duration(sinceStart())} after the start). Ctrl-C closes it.`)
  const child = start(runtime.binary, args, { cwd: process.env.INIT_CWD ?? process.cwd() })
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Refusal(`Electron could not be started: ${error.message}`)))
    child.once('close', (code, signal) => {
      if (code !== 0) note(`the app ended with ${signal ?? `exit code ${code}`}`)
      resolve(code ?? 1)
    })
  })
}

await main(async () => {
  const wish = readArguments(process.argv.slice(2))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (wish.help) {
    for (const text of usage) line(text)
    return 0
  }
  const alone = !hasDisplay()
  line(`Countersign ${version}`)
  if (alone && !wish.tour) {
    note('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so this is the tour: the app goes')
    note('through the whole journey by itself on a display of its own, and leaves pictures in out/tour/.')
  }
  const touring = alone || wish.tour
  const runtime = await setUp({ display: touring })
  await buildStep()
  return touring ? tour(runtime, wish.provider) : openApp(runtime, wish.rest)
})
