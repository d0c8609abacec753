import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const password = 'the login password'

/**
 * A session bus of its own with a GNOME keyring of its own, so that locking and ending it disturbs nobody else. Nothing is
 * started there by being asked for: what is gone stays gone.
 */
export async function ownKeyring() {
  const home = mkdtempSync(join(tmpdir(), 'keyring-'))
  const config = join(home, 'bus.conf')
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:tmpdir=${home}</listen><policy context="default">
      <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  )
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((resolve) => {
    bus.stdout.once('data', (text) => resolve(String(text).trim()))
  })
  const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_DATA_HOME: home, XDG_CURRENT_DESKTOP: 'GNOME' }
  const all = { ...process.env, ...env } as Record<string, string>
  let daemon: ChildProcess | undefined
  const asked = (...args: string[]) =>
    execFileSync(
      'dbus-send',
      ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', ...args],
      {
        env: all,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).toString()

  const keyring = {
    /** For the app that is to use it. */
    env,
    /** As at login: the keyring's own password opens it. */
    async start() {
      daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env: { ...all, XDG_RUNTIME_DIR: home },
        stdio: ['pipe', 'ignore', 'ignore'],
      })
      daemon.stdin?.end(password)
      for (let round = 0; round < 100; round++) {
        try {
          asked('org.freedesktop.Secret.Service.ReadAlias', 'string:default')
          return
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 50))
        }
      }
      throw new Error('the keyring does not answer')
    },
    lock() {
      const reply = asked('org.freedesktop.Secret.Service.ReadAlias', 'string:default')
      const path = /object path "([^"]+)"/.exec(reply)?.[1] ?? ''
      asked('org.freedesktop.Secret.Service.Lock', `array:objpath:${path}`)
    },
    async end() {
      const ended = new Promise((resolve) => daemon?.once('close', resolve))
      daemon?.kill()
      await ended
    },
    async close() {
      if (daemon?.exitCode === null) await keyring.end()
      bus.kill()
    },
  }
  return keyring
}
