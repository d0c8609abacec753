import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Shown = { id: number; title: string; body: string; app: string }

/** A desktop's real notification service on the session's bus, and what it received. */
export type NotificationService = {
  /** Everything it has shown that is no longer on the screen, latest first. */
  history(): Shown[]
  /** Takes what is on the screen off it, so that it stands in the history. */
  close(): void
  /** Presses the button of that name on what is on the screen, as the service's own menu does. */
  press(label: string): Promise<void>
  stop(): void
}

/** Dunst, with a menu that presses the button named in a file instead of asking somebody. */
export async function notificationService(): Promise<NotificationService> {
  const folder = mkdtempSync(join(tmpdir(), 'dunst-'))
  const wanted = join(folder, 'wanted')
  const menu = join(folder, 'menu.sh')
  // The service hands its buttons over as lines, and takes the line that is answered for the one that was chosen.
  writeFileSync(menu, `#!/bin/sh\ngrep -F -m 1 -- "$(cat ${wanted})"\n`, { mode: 0o755 })
  const config = join(folder, 'dunstrc')
  writeFileSync(
    config,
    `[global]\ndmenu = ${menu}\ncontext = enabled\nnotification_limit = 20\nidle_threshold = 0\n[urgency_low]\ntimeout = 0\n[urgency_normal]\ntimeout = 0\n`,
  )
  endTheOneThereIs()
  const dunst: ChildProcess = spawn('dunst', ['-conf', config], { stdio: 'ignore' })
  const control = (...args: string[]) => execFileSync('dunstctl', args, { encoding: 'utf8' })
  for (let i = 0; i < 100; i++) {
    try {
      control('is-paused')
      break
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  type Told = Record<'id' | 'summary' | 'body' | 'appname', { data: never }>
  return {
    history: () =>
      (JSON.parse(control('history')) as { data: Told[][] }).data.flat().map(({ id, summary, body, appname }) => ({
        id: id.data,
        title: summary.data,
        body: body.data,
        app: appname.data,
      })),
    close: () => void control('close-all'),
    async press(label) {
      writeFileSync(wanted, label)
      control('context')
    },
    stop: () => void dunst.kill(),
  }
}

/** The bus starts a service by itself when somebody notifies; it would keep the name from ours. */
function endTheOneThereIs(): void {
  const name = 'org.freedesktop.Notifications'
  const asked = spawnSync(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/',
      'org.freedesktop.DBus.GetConnectionUnixProcessID',
      `string:${name}`,
    ],
    { encoding: 'utf8' },
  )
  const pid = Number(/uint32 (\d+)/.exec(asked.stdout)?.[1])
  if (pid > 1) process.kill(pid)
}
