import type { SessionBus } from '../bus/session-bus.ts'
import type { Value } from '../bus/wire.ts'
import type { Notice, NoticeAction } from './reminders.ts'

const service = 'org.freedesktop.Notifications'
const target = { destination: service, path: '/org/freedesktop/Notifications', interface: service }

/** A service may read the body as markup, and a name may hold anything. */
const withoutMarkup = (text: string) =>
  text.replace(/[&<>]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[mark] ?? '')

/**
 * Notices by the desktop's own service (Desktop Notifications Specification 1.2), with buttons where it has them. What
 * was clicked comes back as a signal with the number that the service gave the notice.
 */
export function createDesktopNotices(bus: SessionBus, acted: (action: NoticeAction, notice: Notice) => void) {
  const shown = new Map<number, Notice>()
  let ready: Promise<{ buttons: boolean; markup: boolean }> | undefined

  async function prepare() {
    await bus.listen(`type='signal',interface='${service}'`, ({ interface: from, member, body }) => {
      if (from !== service) return
      const [id, action] = body
      const notice = shown.get(Number(id))
      if (!notice) return
      if (member === 'NotificationClosed') shown.delete(Number(id))
      if (member !== 'ActionInvoked') return
      const named = notice.actions.find(({ name }) => name === action)
      acted(named?.name ?? 'open', notice)
      // It goes by itself in most services, not in all.
      void bus.call({ ...target, member: 'CloseNotification' }, 'u', [Number(id)]).catch(() => {})
    })
    const [can] = await bus.call({ ...target, member: 'GetCapabilities' })
    const list = Array.isArray(can) ? can : []
    return { buttons: list.includes('actions'), markup: list.includes('body-markup') }
  }

  return {
    /** True once the service has taken it. */
    async show(notice: Notice): Promise<boolean> {
      ready ??= prepare().catch((error) => {
        ready = undefined
        throw error
      })
      const { buttons, markup } = await ready
      const labels = buttons ? notice.actions.flatMap(({ name, label }) => [name, label]) : []
      const hints: Value[] = [
        ['desktop-entry', { signature: 's', value: 'countersign' }],
        ['urgency', { signature: 'y', value: notice.urgent ? 2 : 1 }],
      ]
      const [id] = await bus.call({ ...target, member: 'Notify' }, 'susssasa{sv}i', [
        'Countersign',
        0,
        '',
        notice.title,
        markup ? withoutMarkup(notice.body) : notice.body,
        [...(buttons ? ['default', 'Open'] : []), ...labels],
        hints,
        // As long as the service likes.
        -1,
      ])
      if (typeof id !== 'number') return false
      shown.set(id, notice)
      return true
    },
  }
}
