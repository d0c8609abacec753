import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { Place } from '../place.ts'

/** The page of an item itself, where what is known of it stands. */
export function placeOfItem({ kind, handle }: Pick<ExpiryItem, 'kind' | 'handle'>): Place {
  if (kind === 'identity' || kind === 'provider-ca') return { room: 'identities', identity: handle || undefined }
  if (kind === 'server') return { room: 'test', view: 'endpoints' }
  return { room: 'authority' }
}
