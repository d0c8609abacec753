import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageOrigin } from './ipc.ts'
import { fitPlace, type Place } from './window-place.ts'

/** The page's own background, so that no other colour flashes before its first frame. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#ffffff')

/**
 * Makes the window, hidden, and starts loading the page at once; its place comes later (`showAt`), so that reading the
 * settings costs no time. Every preference of Electron's security checklist is spelt out, also where it is the default.
 */
export function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    width: 1180,
    height: 780,
    minWidth: 720,
    minHeight: 520,
    backgroundColor: background(),
    title: 'Countersign',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Would fetch dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  })
  void window.loadURL(`${pageOrigin}/index.html`)
  return window
}

/** Shows the window where it was last time, once its first frame is drawn. */
export async function showAt(window: BrowserWindow, place: Promise<Place>): Promise<void> {
  const drawn = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()))
  const remembered = await place
  if (window.isDestroyed()) return
  window.setBackgroundColor(background())
  window.setBounds(fitPlace(remembered, workAreas()))
  await drawn
  if (window.isDestroyed()) return
  if (remembered.maximized) window.maximize()
  window.show()
}

/** Tells `save` the window's place half a second after it last changed, and when it closes. */
export function watchPlace(window: BrowserWindow, save: (place: Place) => void): void {
  let timer: NodeJS.Timeout | undefined
  const tell = () => save({ ...window.getNormalBounds(), maximized: window.isMaximized() })
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => window.isDestroyed() || tell(), 500)
  }
  window.on('resize', later).on('move', later).on('maximize', later).on('unmaximize', later)
  window.on('close', () => {
    clearTimeout(timer)
    tell()
  })
  nativeTheme.on('updated', () => window.isDestroyed() || window.setBackgroundColor(background()))
}

function workAreas() {
  const first = screen.getPrimaryDisplay().id
  const displays = screen.getAllDisplays().sort((a, b) => Number(b.id === first) - Number(a.id === first))
  return displays.map((display) => display.workArea)
}

/** Asset beside the built main script: `out/main/main.js` → `out/preload/preload.cjs`. */
export const builtFile = (...parts: string[]) => join(app.getAppPath(), 'out', ...parts)
