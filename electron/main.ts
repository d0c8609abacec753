import { app, BrowserWindow, ipcMain, Menu, nativeTheme, protocol } from 'electron'
import { appScheme, createPageServer } from './app-protocol.ts'
import { callChannel } from './ipc.ts'
import { lockDefaultSession, lockdown } from './lockdown.ts'
import { builtFile, createWindow, showAt, watchPlace } from './window.ts'

// The order of this page is the order of the start. The window comes first: what answers its calls (`open-desk.ts`,
// with the contract, the vault and the handlers) loads while the page does.

// Whatever this process writes is for its user alone.
process.umask(0o077)

if (app.requestSingleInstanceLock()) start()
else app.quit()

function start() {
  lockdown()
  let window: BrowserWindow | undefined
  const showWindow = () => {
    if (window === undefined || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const userData = app.getPath('userData')
  const settings = import('./settings-store.ts').then(({ createSettingsStore }) => createSettingsStore(userData))
  settings.then((store) => {
    nativeTheme.themeSource = store.read().appearance
  })

  const ready = app.whenReady()
  const desk = ready.then(async () => {
    const { openDesk } = await import('./open-desk.ts')
    return openDesk({ userData, settings: await settings, window: () => window, showWindow })
  })
  ipcMain.handle(callChannel, async ({ senderFrame }, name: unknown, input: unknown) =>
    (await desk).door(senderFrame, name, input),
  )

  const open = async () => {
    window = createWindow(builtFile('preload', 'preload.cjs'))
    const store = settings.then((known) => known)
    await showAt(
      window,
      store.then((known) => known.read().window),
    )
    watchPlace(window, (place) => void store.then((known) => known.rememberPlace(place)))
  }

  ready.then(async () => {
    lockDefaultSession()
    protocol.handle(appScheme, createPageServer(builtFile('renderer')))
    await open()
    const { menuTemplate } = await import('./menu.ts')
    const { go, afterStart } = await desk
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(go, { mac: process.platform === 'darwin', developing: !app.isPackaged })),
    )
    afterStart()
  })
  app.on('second-instance', showWindow)
  app.on('activate', () => void (BrowserWindow.getAllWindows().length === 0 && ready.then(open)))
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())
  app.on('before-quit', () => void desk.then(({ close }) => close()))
}
