import { Notification } from 'electron'
import type { Notice } from './reminders.ts'

/** Held until they are closed: one that is collected as garbage no longer hears its click. */
const shown = new Set<Notification>()

/** Shows a notice as the system does; false where it shows none. */
export function showNotice({ title, body }: Notice, clicked: () => void): boolean {
  if (!Notification.isSupported()) return false
  const notification = new Notification({ title, body })
  shown.add(notification)
  notification.on('click', clicked)
  notification.on('close', () => shown.delete(notification))
  notification.show()
  return true
}
