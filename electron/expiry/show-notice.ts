import { Notification } from 'electron'
import { openSessionBus, type SessionBus } from '../bus/session-bus.ts'
import { createDesktopNotices } from './desktop-notices.ts'
import type { Notice, NoticeAction } from './reminders.ts'

/** Held until they are closed: one that is collected as garbage no longer hears its click. */
const shown = new Set<Notification>()

export type Acted = (action: NoticeAction, notice: Notice) => void

/**
 * Shows notices as the system does; false where it shows none. On Linux the desktop's own service is asked, because
 * there Electron's notifications have no buttons; where it does not answer, Electron's are shown, and a click on one
 * opens the list with the same buttons.
 */
export function createNotices(acted: Acted): (notice: Notice) => Promise<boolean> {
  let desktop: Promise<ReturnType<typeof createDesktopNotices> | null> | undefined
  const connect = async () => {
    const bus: SessionBus | null = await openSessionBus().catch(() => null)
    bus?.onEnd(() => {
      desktop = undefined
    })
    return bus && createDesktopNotices(bus, acted)
  }
  return async (notice) => {
    if (process.platform === 'linux') {
      desktop ??= connect()
      const there = await desktop
      if (there && (await there.show(notice).catch(() => false))) return true
      if (!there) desktop = undefined
    }
    return showByElectron(notice, acted)
  }
}

function showByElectron(notice: Notice, acted: Acted): boolean {
  if (!Notification.isSupported()) return false
  const buttons = process.platform === 'linux' ? [] : notice.actions
  const notification = new Notification({
    title: notice.title,
    body: notice.body,
    actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
  })
  shown.add(notification)
  notification.on('click', () => acted('open', notice))
  notification.on('action', (...told: unknown[]) => {
    // Older versions give the number beside the event, newer ones in it.
    const index = typeof told[1] === 'number' ? told[1] : (told[0] as { actionIndex?: number }).actionIndex
    const button = buttons[index ?? -1]
    if (button) acted(button.name, notice)
  })
  notification.on('close', () => shown.delete(notification))
  notification.show()
  return true
}
