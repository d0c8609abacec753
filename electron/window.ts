import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { pageOrigin } from './channels.ts'
import { fitPlace, type Place } from './window-place.ts'

/** The page's own background, so that no other colour flashes before its first frame. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#1c2025' : '#ffffff')

/**
 * Makes the window where it was last time, hidden, and starts loading the page. Every preference of Electron's security
 * checklist is spelt out, also where it is the default.
 */
export function createWindow(preload: string, place: Place): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    ...fitPlace(place, workAreas()),
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

/** Shows the window once its first frame is drawn, so that nobody sees it empty. */
export async function showWhenDrawn(window: BrowserWindow, maximized: boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    window.once('ready-to-show', () => resolve())
    window.once('closed', resolve)
  })
  if (window.isDestroyed()) return
  if (maximized) window.maximize()
  window.show()
  // Elsewhere the icon is the program's own; on Linux the desktop entry has it, and not every desktop asks that.
  if (process.platform === 'linux') window.setIcon(join(app.getAppPath(), 'build', 'icons', '64x64.png'))
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

/** Asset beside the built main script: `out/main/main.cjs` → `out/preload/preload.cjs`. */
export const builtFile = (...parts: string[]) => join(app.getAppPath(), 'out', ...parts)
