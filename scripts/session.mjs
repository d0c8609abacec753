// @ts-check
// A desktop for Electron where nobody is logged in: an ordinary user, a display, a session bus and an unlocked keyring,
// all private to this run and gone after it. By hand: node scripts/session.mjs -- npx playwright test …

import { fileURLToPath } from 'node:url'
import { openDisplay } from './display.mjs'
import { ordinaryPerson } from './ordinary-user.mjs'
import { run } from './run.mjs'
import { main, Refusal } from './say.mjs'

/** The keyring asks for its password on standard input; its content lives as long as the private home. */
const unlocked = 'printf session | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'

/**
 * @param {{ keyring?: boolean, width?: number, height?: number }} [options]
 */
export async function openSession({ keyring = true, width = 1600, height = 1000 } = {}) {
  const person = await ordinaryPerson()
  // Elsewhere than on Linux there is always a desktop, and no bus to start.
  const linux = process.platform === 'linux'
  const display = linux ? await openDisplay(person, { width, height }) : { env: person.as.env, close: () => {} }
  return {
    person,
    env: display.env,
    /**
     * Runs a command inside. Its options are those of `run`; `env` is added to the session's.
     * @param {string} command
     * @param {string[]} args
     * @param {Parameters<typeof run>[2]} [options]
     */
    run: (command, args, options = {}) => {
      const bus = keyring ? ['--', 'sh', '-c', unlocked, 'sh', command, ...args] : ['--', command, ...args]
      return run(linux ? 'dbus-run-session' : command, linux ? bus : args, {
        ...options,
        ...person.as,
        env: { ...display.env, ...options.env },
      })
    },
    close: () => {
      display.close()
      person.leave()
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const [command, ...args] = process.argv.slice(process.argv.indexOf('--') + 1)
    if (!process.argv.includes('--') || !command) {
      throw new Refusal('Name the command to run', ['node scripts/session.mjs -- <command> [arguments]'])
    }
    const session = await openSession()
    try {
      const { code } = await session.run(command, args, { stdio: 'inherit' })
      return code
    } finally {
      session.close()
    }
  })
}
