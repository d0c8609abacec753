import { type BrowserWindow, nativeImage } from 'electron'
import { drawTrayIcon } from '../expiry/tray-icon.ts'

const iconSize = 32

/** The system drags this file from here on, until the mouse is let go. */
export function startDrag(window: BrowserWindow | undefined, path: string): void {
  if (!window || window.isDestroyed()) return
  const pixels = drawTrayIcon(iconSize, 'none', [96, 104, 120])
  const icon = nativeImage.createFromBitmap(pixels, { width: iconSize, height: iconSize })
  window.webContents.startDrag({ file: path, icon })
}
