import type { News } from '../../shared/contract.ts'
import type { Notice, NoticeAction } from './reminders.ts'

type Place = Extract<News, { kind: 'go' }>

/**
 * Where a click leads: on the notice itself to the calendar, whose list has all its buttons again; on the first button to
 * where its work is done. The other buttons lead nowhere.
 */
export function placeOf(action: NoticeAction, { items, about }: Notice): Place | undefined {
  if (action !== 'open' && action !== 'do') return undefined
  const [item] = items
  const handle = about?.handle
  if (action === 'open' || !about) {
    // What the watch has to say is no item of the calendar.
    if (items.length === 0 && handle !== undefined) return { kind: 'go', to: 'identity', identity: handle }
    return { kind: 'go', to: 'calendar', ...(items.length === 1 && item !== undefined && { item }) }
  }
  switch (about.kind) {
    case 'identity':
      return { kind: 'go', to: 'renew', ...(handle !== undefined && { identity: handle }) }
    case 'provider-ca':
      return handle ? { kind: 'go', to: 'identity', identity: handle } : { kind: 'go', to: 'test' }
    case 'server':
      return { kind: 'go', to: 'test' }
    default:
      return { kind: 'go', to: 'authority' }
  }
}
