import { verbs } from '../../shared/expiry/item-words.ts'
import type { ItemKind } from '../../shared/expiry/items.ts'
import type { Reminder } from '../../shared/expiry/reminders.ts'
import type { Place } from '../place.ts'

/** Where its work is done. */
export function placeFor({ kind, handle }: Pick<Reminder, 'kind' | 'handle'>, id: string): Place {
  if (kind === 'identity') return { room: 'create', renews: handle }
  if (kind === 'server') return { room: 'test', view: 'endpoints' }
  if (kind === 'provider-ca') return handle ? { room: 'identities', identity: handle } : { room: 'inspect' }
  // Named by the certificate: its handle here is that of the authority.
  if (kind === 'issued')
    return { room: 'authority', view: 'sign', sign: { by: 'issued', issued: id.slice('issued:'.length) } }
  return { room: 'authority' }
}

/** In the window what an authority issued is renewed at once; a notification only leads to the authority. */
export const verbFor = (kind: ItemKind): string => (kind === 'issued' ? 'Renew' : verbs[kind])
