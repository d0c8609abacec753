import { app, BrowserWindow, ipcMain, Menu, nativeTheme, protocol } from 'electron'
import { servePage } from './app-protocol.ts'
import { callChannel } from './channels.ts'
import { backgroundSwitch, commandSwitch } from './command-switch.ts'
import { lockDefaultSession, lockdown } from './lockdown.ts'
import { menuTemplate, type Room } from './menu.ts'
import type { Desk } from './open-desk.ts'
import { readStartPreferences } from './start-preferences.ts'
import { builtFile, createWindow, showWhenDrawn, watchPlace } from './window.ts'

// The order of this page is the order of the start. The window comes first, and this file imports nothing heavy: what
// answers the page (`open-desk.ts`, with the contract, the vault and the handlers) is loaded with the page's first call,
// when its files are served and the main thread is free.

// Whatever this process writes is for its user alone.
process.umask(0o077)

const commandAt = process.argv.indexOf(commandSwitch)
if (commandAt > 0) app.whenReady().then(() => runAsCommand(process.argv.slice(commandAt + 1)))
else if (app.requestSingleInstanceLock()) start()
else app.quit()

/** A Mac says so itself, and hands no switches on. */
const startedAtLogin = () =>
  process.argv.includes(backgroundSwitch) ||
  (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)

/** Beside a running window, which keeps the lock. No page is opened, so nothing of a page has to be locked down. */
async function runAsCommand(argv: readonly string[]) {
  const { runCommand } = await import('./run-command.ts')
  await runCommand(argv)
}

function start() {
  lockdown()
  const userData = app.getPath('userData')
  nativeTheme.themeSource = readStartPreferences(userData).appearance

  let window: BrowserWindow | undefined
  let opening: Promise<void> | undefined
  const showWindow = () => {
    if (opening) return
    if (window === undefined || window.isDestroyed()) return void ready.then(open)
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  let desk: Promise<Desk> | undefined
  const openDesk = () => {
    desk ??= import('./open-desk.ts').then((loaded) => loaded.openDesk({ userData, window: () => window, showWindow }))
    return desk
  }
  ipcMain.handle(callChannel, async ({ senderFrame }, name: unknown, input: unknown) => {
    // Electron would hand a thrown error's message on to the page.
    const opened = await openDesk().catch(() => undefined)
    return opened?.door(senderFrame, name, input) ?? { ok: false, problem: { code: 'app.unexpected' } }
  })

  // Before the app is ready, or else Electron builds a menu of its own first.
  const go = async (to: Room) => (await openDesk()).go(to)
  const kind = { mac: process.platform === 'darwin', developing: !app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(go, kind)))

  const open = () => {
    opening ??= openWindow().finally(() => {
      opening = undefined
    })
    return opening
  }
  const openWindow = async () => {
    // Closed and asked for again, it stands where it was left.
    const place = readStartPreferences(userData).window
    window = createWindow(builtFile('preload', 'preload.cjs'), place)
    watchPlace(window, async (place) => (await openDesk()).rememberPlace(place))
    await showWhenDrawn(window, place.maximized)
    await openDesk()
  }

  const ready = app.whenReady().then(async () => {
    lockDefaultSession()
    servePage(protocol, builtFile('renderer'))
    // Started at login, it only reminds: no window until one is asked for.
    if (!startedAtLogin()) await open()
    const { afterStart, staysInBackground } = await openDesk()
    afterStart()
    if (window === undefined && !staysInBackground()) app.quit()
  })

  app.on('second-instance', (_, argv) => argv.includes(backgroundSwitch) || showWindow())
  app.on('activate', () => void (BrowserWindow.getAllWindows().length === 0 && ready.then(open)))
  app.on('window-all-closed', async () => {
    if (process.platform === 'darwin') return
    const stays = await desk?.then(({ staysInBackground }) => staysInBackground())
    if (!stays) app.quit()
  })
  app.on('will-quit', (event) => {
    if (desk === undefined) return
    // What is being written is written first; two seconds are enough for any of it.
    event.preventDefault()
    const closed = desk.then(({ close }) => close())
    desk = undefined
    const patience = new Promise((resolve) => setTimeout(resolve, 2000))
    Promise.race([closed, patience]).finally(() => app.exit())
  })
}
