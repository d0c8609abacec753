import { resolve } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, nativeTheme, protocol } from 'electron'
import { servePage } from './app-protocol.ts'
import { callChannel } from './channels.ts'
import { handed, readCommandLine, type Started, wholePaths } from './command-line.ts'
import { takeCompiledCode } from './compiled-code.ts'
import { lockDefaultSession, lockdown } from './lockdown.ts'
import { isLong, startWithList, takeList } from './long-lists.ts'
import { menuTemplate, type Room } from './menu.ts'
import type { Desk } from './open-desk.ts'
import { readStartPreferences } from './start-preferences.ts'
import { builtFile, createWindow, showWhenDrawn, watchPlace } from './window.ts'

// The order of this page is the order of the start. The window comes first, and this file imports nothing heavy: what
// answers the page (`open-desk.ts`, with the contract, the vault and the first handlers) is loaded with the page's first
// call, when its files are served and it is busy making its frame.

takeCompiledCode(import.meta.dirname)

// Whatever this process writes is for its user alone.
process.umask(0o077)

const started = readCommandLine(wordsForUs(), { folder: process.cwd(), anySwitch: !app.isPackaged || isDebugged() })
if (started.as === 'refused') refuse(started.unknown)
else if (started.as === 'command') app.whenReady().then(() => runAsCommand(started.argv))
else if (started.files.length > 0 && isLong([...process.argv, ...started.files])) restartWithList(started)
// Chromium hands the other one its own order of the words; what was meant is said here, in whole paths.
else if (app.requestSingleInstanceLock({ ...started, switches: [] })) start(started)
else app.quit()

/** Without the program, and without the app's folder and what a debugger put before it. */
function wordsForUs(): string[] {
  if (app.isPackaged) return process.argv.slice(1)
  const folder = process.argv.findIndex((word, at) => at > 0 && resolve(word) === app.getAppPath())
  return process.argv.slice(folder + 1)
}

/** Only a copy for tests can be: its fuse for that was turned on, so it has no doors left to keep. */
function isDebugged(): boolean {
  return process.getBuiltinModule('node:inspector').url() !== undefined
}

function restartWithList({ switches, files }: Extract<Started, { as: 'window' }>) {
  const program = [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), ...switches]
  startWithList(program, files, app.getPath('userData'))
  app.exit()
}

function refuse(unknown: readonly string[]) {
  process.stderr.write(
    `countersign: unknown: ${unknown.join(' ')}. Files whose names begin with a hyphen stand after --\n`,
  )
  app.exit(2)
}

/** Beside a running window, which keeps the lock. No page is opened, so nothing of a page has to be locked down. */
async function runAsCommand(argv: readonly string[]) {
  const { runCommand } = await import('./run-command.ts')
  await runCommand(argv)
}

function start({ background, files, list }: Extract<Started, { as: 'window' }>) {
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

  const inspect = async (paths: readonly string[]) => {
    if (paths.length > 0) (await openDesk()).inspect(paths)
  }
  const listed = (path: string | undefined) => (path === undefined ? [] : wholePaths(takeList(path, userData)))
  // A Mac names each file by an event of its own, the first ones before the app is ready.
  const named = [...files, ...listed(list)]
  let telling: NodeJS.Timeout | undefined
  app.on('open-file', (event, path) => {
    event.preventDefault()
    named.push(path)
    clearTimeout(telling)
    telling = setTimeout(() => void ready.then(() => inspect(named.splice(0))), 50)
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

  // A Mac says so itself, and hands no switches on.
  const atLogin = () => background || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin)
  const ready = app.whenReady().then(async () => {
    lockDefaultSession()
    servePage(protocol, builtFile('renderer'))
    // Started at login, it only reminds: no window until one is asked for.
    if (!atLogin()) await open()
    const { afterStart, staysInBackground } = await openDesk()
    afterStart()
    void inspect(named.splice(0))
    if (window === undefined && !staysInBackground()) app.quit()
  })

  app.on('second-instance', (_event, _argv, _folder, data) => {
    const other = handed(data)
    const paths = [...other.files, ...listed(other.list)]
    if (paths.length > 0) void ready.then(() => inspect(paths))
    else if (!other.background) showWindow()
  })
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
