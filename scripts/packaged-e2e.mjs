// @ts-check
// The packed app under the tests of the window: security by effect, and the journeys of the four providers. Playwright
// comes in by Node's debugger, whose fuse is off in what is shipped; so it drives a copy of the very same folder with
// this one fuse turned on. What is shipped itself is then asked to open that door and others (package-test/doors.mjs).
// By hand: node scripts/packaged-e2e.mjs [executable]

import './node-version.mjs'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStep } from './build.mjs'
import { pack, versionFor } from './package/pack.mjs'
import { openChecks } from './package-test/checks.mjs'
import { tryDoors } from './package-test/doors.mjs'
import { withinReach } from './reach.mjs'
import { atInterrupt, run, tail } from './run.mjs'
import { root } from './runtime.mjs'
import { line, main, note, Refusal, step } from './say.mjs'
import { openSession } from './session.mjs'
import { setUp } from './setup.mjs'

const suites = ['security.e2e.ts', 'journey.e2e.ts']

/**
 * A folder that an ordinary user can read, with the helper of Chromium's sandbox as an installation leaves it.
 * @param {string} folder of the unpacked app @param {string} to
 */
async function copyOf(folder, to) {
  const ended = await run('cp', ['-r', folder, to])
  if (ended.code !== 0) throw new Refusal('The packed app could not be copied', tail(ended.stderr))
  await run('chmod', ['-R', 'a+rX', to])
  const helper = join(to, 'chrome-sandbox')
  if (process.getuid?.() === 0 && existsSync(helper)) await run('chmod', ['4755', helper])
  return to
}

/** @param {string} executable */
async function openForPlaywright(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  // Written anew: the copy may share its bytes with the original.
  const aside = `${executable}.aside`
  copyFileSync(executable, aside)
  rmSync(executable)
  copyFileSync(aside, executable)
  rmSync(aside)
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true })
}

/**
 * @param {{ executable: string }} packed the app as it is shipped
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function packagedE2e({ executable }) {
  const home = mkdtempSync('/var/tmp/countersign-packaged-')
  const remove = () => rmSync(home, { recursive: true, force: true })
  const forget = atInterrupt(remove)
  await run('chmod', ['755', home])
  const session = await openSession({ keyring: false })
  const reach = await withinReach(session.person, process.execPath)
  const checks = openChecks()
  try {
    const name = basename(executable)
    const shipped = await copyOf(dirname(executable), join(home, 'shipped'))
    await tryDoors(checks, session, join(shipped, name))
    const opened = join(await copyOf(shipped, join(home, 'opened')), name)
    await openForPlaywright(opened)
    const made = join(session.person.home, 'e2e')
    const cli = join(reach.root, 'node_modules', 'playwright', 'cli.js')
    const config = join('test', 'e2e', 'playwright.config.ts')
    const ended = await session.run(
      reach.node,
      [cli, 'test', '--config', config, '--reporter=list', '--output', made, ...suites],
      {
        cwd: reach.root,
        env: { COUNTERSIGN_PACKAGED: opened, COUNTERSIGN_E2E_OUTPUT: made, FORCE_COLOR: '0' },
        onLine: (text) => /^\s*[✓✘]/.test(text) && line(text.trim()),
        limitMs: 15 * 60_000,
      },
    )
    const told = (/** @type {string} */ what) =>
      Number(new RegExp(`^\\s*(\\d+) ${what}`, 'm').exec(ended.stdout)?.[1] ?? 0)
    const [passed, failed] = [told('passed') + told('flaky'), told('failed') + told('did not run')]
    if (ended.code !== 0) for (const text of tail(ended.stdout + ended.stderr, 60)) note(text)
    return {
      passed: checks.count.passed + passed,
      // Broken off before it could count.
      failed: checks.count.failed + (ended.code !== 0 && failed === 0 ? 1 : failed),
    }
  } finally {
    reach.release()
    session.close()
    forget()
    remove()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const runtime = await setUp({ display: true })
    const output = mkdtempSync('/var/tmp/countersign-packed-')
    try {
      let executable = process.argv[2]
      if (executable === undefined) {
        await buildStep()
        const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
        const packed = await step('Packing', () =>
          pack({ runtime, version: versionFor(version, runtime), project: root, output }),
        )
        executable = packed.executable
      }
      const { passed, failed } = await packagedE2e({ executable })
      line(`${passed} passed, ${failed} failed`)
      return failed > 0 ? 1 : 0
    } finally {
      rmSync(output, { recursive: true, force: true })
    }
  })
}
