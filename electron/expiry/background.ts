import { app } from 'electron'
import type { BackgroundState } from '../../shared/calls/calendar.ts'
import { backgroundSwitch } from '../command-switch.ts'
import type { SettingsStore } from '../settings-store.ts'
import { ownAppImage } from '../updates/app-image.ts'
import { autostartPath, setAutostart } from './autostart-file.ts'

export type Background = {
  state(): Promise<BackgroundState>
  change(enabled: boolean): Promise<BackgroundState>
}

/** The program as it runs now, with the switch that keeps its window away. A folder of its own comes along. */
function ownCommand(): string[] {
  // An AppImage runs from a folder that is there only while it runs.
  const program = ownAppImage(process.env) ?? process.execPath
  const folder = app.commandLine.getSwitchValue('user-data-dir')
  return [
    program,
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(folder ? [`--user-data-dir=${folder}`] : []),
    backgroundSwitch,
  ]
}

async function startAtLogin(enabled: boolean): Promise<boolean> {
  if (process.platform === 'linux') return setAutostart(autostartPath(), enabled ? ownCommand() : null)
  app.setLoginItemSettings({ openAtLogin: enabled, args: ownCommand().slice(1) })
  return app.getLoginItemSettings({ args: ownCommand().slice(1) }).openAtLogin === enabled
}

/**
 * Running on without a window, and from login on: only where the user asked for it. What starts it is put in place anew
 * at each start, because the program may have moved.
 */
export function createBackground(
  settings: SettingsStore,
  tray: (enabled: boolean) => Promise<BackgroundState['tray']>,
) {
  let inPlace: boolean | undefined
  let icon: BackgroundState['tray'] = 'off'

  async function apply(enabled: boolean): Promise<BackgroundState> {
    inPlace = await startAtLogin(enabled)
    icon = await tray(enabled)
    return { enabled, tray: icon, startsAtLogin: enabled && inPlace }
  }

  return {
    async state() {
      const enabled = settings.read().background
      return { enabled, tray: icon, startsAtLogin: enabled && inPlace === true }
    },
    async change(enabled: boolean) {
      await settings.change({ background: enabled })
      return apply(enabled)
    },
    /** At start: as it was chosen. Nothing is touched where it never was. */
    async start() {
      if (settings.read().background) await apply(true)
    },
  } satisfies Background & { start(): Promise<void> }
}
