import type { ComponentType } from 'react'
import { later, useLater } from '../parts/later.ts'
import type { RoomName } from '../place.ts'

/** A room, or the vault's door in its place. */
export type RoomKey = RoomName | 'vault'

const room = (fetch: () => Promise<{ default: ComponentType }>) => later(async () => (await fetch()).default)

/** Each room is a file of its own, loaded when it is first entered. */
const rooms = {
  identities: room(() => import('../identities/IdentitiesRoom.tsx')),
  create: room(() => import('../create/CreateRoom.tsx')),
  inspect: room(() => import('../inspect/InspectRoom.tsx')),
  test: room(() => import('../connect/ConnectRoom.tsx')),
  authority: room(() => import('../authority/AuthorityRoom.tsx')),
  webhooks: room(() => import('../webhooks/WebhooksRoom.tsx')),
  calendar: room(() => import('../expiry/CalendarRoom.tsx')),
  settings: room(() => import('../settings/SettingsRoom.tsx')),
  help: room(() => import('../guide/HelpRoom.tsx')),
  vault: room(() => import('../settings/VaultRoom.tsx')),
} satisfies Record<RoomKey, unknown>

/** Loads a room ahead of its first visit. */
export const loadRoom = (key: RoomKey): Promise<void> => rooms[key].load()

export const useRoom = (key: RoomKey): ComponentType | undefined => useLater(rooms[key])
