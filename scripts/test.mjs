// @ts-check
// `npm test`: sets up, builds, runs every test: Vitest here, the end-to-end tests in a real Electron as an ordinary user
// with Chromium's sandbox on. The last line is `N passed, N failed`.

import './node-version.mjs'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { buildStep } from './build.mjs'
import { run } from './run.mjs'
import { root, versionsOf } from './runtime.mjs'
import { checkSandbox } from './sandbox.mjs'
import { complain, duration, line, main, note, sinceStart, step } from './say.mjs'
import { openSession } from './session.mjs'
import { setUp } from './setup.mjs'
import { readArguments, usage } from './test/arguments.mjs'
import { runPlaywright, show } from './test/playwright.mjs'
import { readReport, summarise } from './test/summary.mjs'

/** @typedef {import('./test/arguments.mjs').Wish} Wish */
/** @typedef {import('./test/summary.mjs').Outcome} Outcome */
/** @typedef {import('./runtime.mjs').Runtime} Runtime */

const reports = join(root, 'out', 'report')

/** Both runners take a pattern; a title is meant as it stands. @param {string} title */
const literally = (title) => title.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** @param {Wish} wish @param {string[]} projects @returns {Promise<Outcome[]>} */
async function runVitest(wish, projects) {
  const path = join(reports, 'vitest.json')
  const files = wish.files.filter((file) => !file.startsWith('test/e2e'))
  const filtered = wish.title !== undefined || wish.files.length > 0
  const ended = await run(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      `--reporter=${join(root, 'test', 'support', 'report-vitest.mjs')}`,
      ...(wish.title ? ['-t', literally(wish.title)] : []),
      ...(filtered ? ['--passWithNoTests'] : []),
      ...files,
    ],
    { cwd: root, env: { ...process.env, COUNTERSIGN_REPORT: path }, onLine: show, limitMs: 30 * 60_000 },
  )
  return [
    {
      runner: 'Vitest',
      parts: filtered ? [] : projects,
      report: readReport(path),
      code: ended.code,
      words: ended.stdout + ended.stderr,
      filtered,
    },
  ]
}

/** @param {string} from @param {string} to */
function bringHome(from, to) {
  if (!existsSync(from)) return 0
  mkdirSync(to, { recursive: true })
  const pictures = readdirSync(from).filter((name) => name.endsWith('.png'))
  for (const name of pictures) cpSync(join(from, name), join(to, name))
  return pictures.length
}

/**
 * Desktops side by side, each with a part of the tests: on one display, windows would take each other's focus. A test mostly
 * waits for its window, so two of them do not get into each other's way.
 */
const desktops = availableParallelism() > 1 ? 2 : 1

/** @typedef {Awaited<ReturnType<typeof openSession>>} Session */

/** @param {Wish} wish @param {string} electron @param {Session} session @param {number} part @returns {Promise<Outcome>} */
async function runOnDesktop(wish, electron, session, part) {
  const made = join(session.person.home, 'e2e')
  const path = join(made, 'report.json')
  const files = wish.files.filter((file) => file.startsWith('test/e2e'))
  const filtered = wish.title !== undefined || files.length > 0
  try {
    const ended = await runPlaywright(session, {
      electron,
      made,
      config: join('test', 'e2e', 'playwright.config.ts'),
      args: (project) => [
        `--reporter=${join(project, 'test', 'support', 'report-playwright.mjs')}`,
        ...(wish.title ? ['--grep', literally(wish.title)] : []),
        ...(filtered ? ['--pass-with-no-tests'] : []),
        `--shard=${part}/${desktops}`,
        ...files,
      ],
      env: {
        COUNTERSIGN_REPORT: path,
        COUNTERSIGN_OUT: made,
        COUNTERSIGN_E2E_OUTPUT: join(made, 'results'),
      },
      limitMs: 60 * 60_000,
    })
    cpSync(made, join(root, 'out', 'e2e'), { recursive: true })
    return {
      runner: desktops > 1 ? `Playwright ${part}/${desktops}` : 'Playwright',
      parts: filtered ? [] : ['e2e'],
      report: readReport(path),
      code: ended.code,
      words: ended.stdout + ended.stderr,
      filtered,
    }
  } finally {
    session.close()
  }
}

/** @param {Wish} wish @param {Runtime} runtime @returns {Promise<Outcome[]>} */
async function runOnDesktops(wish, runtime) {
  await checkSandbox(runtime.dist)
  rmSync(join(root, 'out', 'e2e'), { recursive: true, force: true })
  // One after the other: the first makes the user whom both belong to.
  const sessions = []
  for (let part = 1; part <= desktops; part++) sessions.push(await openSession({ keyring: true }))
  const outcomes = await Promise.all(sessions.map((session, at) => runOnDesktop(wish, runtime.binary, session, at + 1)))
  if (wish.pictures) {
    const count = bringHome(join(root, 'out', 'e2e', 'pictures'), join(root, 'docs', 'pictures'))
    note(`${count} pictures are now in docs/pictures/`)
  }
  return outcomes
}

/** @param {Wish} wish */
async function testAll(wish) {
  const projects = wish.parts.filter((part) => part !== 'e2e')
  const runtime = await setUp({ display: true, interop: true })
  await buildStep()
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const versions = await versionsOf(runtime)
  const origin = runtime.source === 'official' ? '' : ` (${runtime.source})`
  line('')
  line(`Electron ${versions.electron}${origin} · Chromium ${versions.chrome} · Node ${versions.node}`)
  line(`Scripts, command line and unit tests on Node ${process.versions.node}`)
  /** @type {Outcome[]} */
  const outcomes = []
  const told = () => ''
  const good = (/** @type {Outcome[]} */ all) => all.every(({ code }) => code === 0)
  if (projects.length > 0) {
    outcomes.push(...(await step(`Vitest: ${projects.join(', ')}`, () => runVitest(wish, projects), told, good)))
  }
  if (wish.parts.includes('e2e')) {
    outcomes.push(...(await step('Playwright: e2e, sandbox on', () => runOnDesktops(wish, runtime), told, good)))
  }
  const { lines, passed, failed } = summarise(outcomes)
  for (const text of lines) line(text)
  line('')
  line(`All in ${duration(sinceStart())}`)
  line(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

await main(async () => {
  const wish = readArguments(process.argv.slice(2))
  if (wish.help) {
    for (const text of usage) line(text)
    return 0
  }
  try {
    return await testAll(wish)
  } catch (error) {
    complain(error)
    line('The tests could not be run.')
    line('0 passed, 1 failed')
    return 1
  }
})
