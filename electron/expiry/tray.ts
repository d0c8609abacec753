import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron'
import { expiryLine } from '../../shared/expiry/item-words.ts'
import { byEnd, type ExpiryItem } from '../../shared/expiry/items.ts'
import { hasOwner, openSessionBus } from '../bus/session-bus.ts'
import { drawTrayIcon, type TrayMark } from './tray-icon.ts'

type TrayWith = {
  /** Opens the window, at one item of the calendar or where it was. */
  open(item?: string): void
  quit(): void
}

const mostLines = 5
const dayMs = 86_400_000

/** On Linux an icon is shown by a watcher that many desktops have, and some do not (StatusNotifierItem). */
async function canShow(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const bus = await openSessionBus().catch(() => null)
  if (!bus) return false
  const there = await hasOwner(bus, 'org.kde.StatusNotifierWatcher').catch(() => false)
  bus.close()
  return there
}

/** The icon beside the clock: what comes next, and the way to it. */
export function createTray({ open, quit }: TrayWith) {
  let tray: Tray | undefined
  let items: readonly ExpiryItem[] = []
  let today = new Date()

  function next(): (ExpiryItem & { notAfter: string })[] {
    return items
      .filter((item): item is ExpiryItem & { notAfter: string } => item.notAfter !== undefined)
      .filter(({ life, done, practice, reminders }) => life === 'current' && !done && !practice && reminders !== 'off')
      .sort(byEnd)
      .slice(0, mostLines)
  }

  function draw() {
    if (!tray) return
    const coming = next()
    const [first] = coming
    const left = first ? Date.parse(first.notAfter) - today.getTime() : Number.POSITIVE_INFINITY
    const mark =
      left < 0
        ? 'broken'
        : first && Date.parse(first.renewFrom ?? first.notAfter) - dayMs < today.getTime()
          ? 'soon'
          : 'none'
    tray.setImage(icon(mark))
    tray.setToolTip(first ? `Next: ${expiryLine(first, today)}` : 'Countersign: nothing expires')
    const lines: MenuItemConstructorOptions[] = coming.map((item, i) => ({
      // A menu reads one & as the mark of a key.
      label: `${i === 0 ? 'Next: ' : ''}${expiryLine(item, today)}`.slice(0, 120).replaceAll('&', '&&'),
      click: () => open(item.id),
    }))
    const none: MenuItemConstructorOptions = { label: 'Nothing expires', enabled: false }
    tray.setContextMenu(
      Menu.buildFromTemplate([
        ...(lines.length > 0 ? lines : [none]),
        { type: 'separator' },
        { label: 'Open Countersign', click: () => open() },
        { label: 'Quit', click: quit },
      ]),
    )
  }

  return {
    /** Shows it or takes it away; says what there is now. */
    async set(enabled: boolean): Promise<'shown' | 'none' | 'off'> {
      if (!enabled) {
        tray?.destroy()
        tray = undefined
        return 'off'
      }
      if (!(await canShow())) return 'none'
      if (!tray) {
        tray = new Tray(icon('none'))
        tray.on('click', () => open())
      }
      draw()
      return 'shown'
    },
    update(now: readonly ExpiryItem[], moment: Date) {
      items = now
      today = moment
      draw()
    },
    close() {
      tray?.destroy()
      tray = undefined
    },
  }
}

function icon(mark: TrayMark) {
  const mac = process.platform === 'darwin'
  const dark = mac ? false : process.platform === 'linux' || nativeTheme.shouldUseDarkColors
  const ink = dark ? ([235, 238, 241] as const) : ([30, 34, 38] as const)
  const size = mac ? 16 : 22
  const image = nativeImage.createFromBitmap(drawTrayIcon(size, mark, ink), { width: size, height: size })
  image.addRepresentation({
    width: size * 2,
    height: size * 2,
    scaleFactor: 2,
    buffer: drawTrayIcon(size * 2, mark, ink),
  })
  if (mac) image.setTemplateImage(mark === 'none')
  return image
}
