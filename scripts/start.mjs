// @ts-check
// `npm start`: sets up what is missing, builds what has changed, opens the app. Without a display it shows the tour.

import './node-version.mjs'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildStep } from './build.mjs'
import { hasDisplay } from './display.mjs'
import { run, start } from './run.mjs'
import { root } from './runtime.mjs'
import { duration, line, main, note, Refusal, sinceStart, warn } from './say.mjs'
import { setUp } from './setup.mjs'
import { tour } from './tour.mjs'

/** @typedef {import('./runtime.mjs').Runtime} Runtime */

const usage = [
  'npm start                            opens the app',
  'npm start -- FILE...                 opens the app with these files to inspect',
  'npm start -- --tour [provider]       the app goes through the whole journey by itself: nuapay, truv, payrails, apata, other',
]

/** @param {string[]} words */
export function readArguments(words) {
  if (words.includes('--help') || words.includes('-h'))
    return { help: true, tour: false, provider: undefined, rest: [] }
  const at = words.indexOf('--tour')
  if (at < 0) return { help: false, tour: false, provider: undefined, rest: words }
  const [provider, ...more] = words.slice(at + 1)
  const rest = [...words.slice(0, at), ...more]
  if (rest.length > 0) throw new Refusal(`The tour takes at most a provider; "${rest[0]}" is one word too many`, usage)
  return { help: false, tour: true, provider, rest: [] }
}

/**
 * Chromium starts only with a sandbox it can use: its set-uid helper, or the kernel's user namespaces.
 * @param {Runtime} runtime
 */
async function checkSandbox({ dist }) {
  if (process.platform !== 'linux') return
  const helper = join(dist, 'chrome-sandbox')
  if (existsSync(helper)) {
    const { uid, mode } = statSync(helper)
    if (uid === 0 && (mode & 0o4111) === 0o4111) return
  }
  const { code, missing } = await run('unshare', ['--user', '--map-root-user', 'true'])
  if (code === 0 || missing) return
  throw new Refusal(
    "Chromium's sandbox cannot be used: this kernel gives ordinary users no namespaces. Run this once:",
    [
      '',
      `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
      '',
      'It lets the helper that came with Electron make the sandbox in their place.',
    ],
  )
}

/** @param {Runtime} runtime @param {string[]} rest */
async function openApp(runtime, rest) {
  const args = [root, ...rest]
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    warn(
      "You are root, and Chromium gives root no sandbox: this window runs with --no-sandbox. Use an ordinary user's account for real keys.",
    )
    args.push('--no-sandbox')
  } else {
    await checkSandbox(runtime)
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
