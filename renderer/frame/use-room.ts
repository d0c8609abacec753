import { type ComponentType, useEffect, useState } from 'react'
import type { RoomName } from '../place.ts'

/** A room, or the vault's door in its place. */
export type RoomKey = RoomName | 'vault'
type Room = { default: ComponentType }

/** Each room is a file of its own, loaded when it is first entered. */
const files: Record<RoomKey, () => Promise<Room>> = {
  identities: () => import('../identities/IdentitiesRoom.tsx'),
  create: () => import('../create/CreateRoom.tsx'),
  inspect: () => import('../inspect/InspectRoom.tsx'),
  test: () => import('../connect/ConnectRoom.tsx'),
  authority: () => import('../authority/AuthorityRoom.tsx'),
  webhooks: () => import('../webhooks/WebhooksRoom.tsx'),
  calendar: () => import('../expiry/CalendarRoom.tsx'),
  settings: () => import('../settings/SettingsRoom.tsx'),
  help: () => import('../guide/HelpRoom.tsx'),
  vault: () => import('../settings/VaultRoom.tsx'),
}

const loaded = new Map<RoomKey, ComponentType>()

/** Loads a room ahead of its first visit. */
export async function loadRoom(key: RoomKey): Promise<void> {
  loaded.set(key, (await files[key]()).default)
}

/**
 * The component of a room, or nothing while its file is on its way. Not React's `lazy`: once Suspense has shown its
 * fallback, React holds what comes after it back for 300 ms, and a file on this computer is here in ten.
 */
export function useRoom(key: RoomKey): ComponentType | undefined {
  const [failed, setFailed] = useState<{ fault: unknown }>()
  const [, setArrived] = useState<RoomKey>()
  useEffect(() => {
    if (loaded.has(key)) return
    let wanted = true
    loadRoom(key).then(
      () => wanted && setArrived(key),
      (fault: unknown) => wanted && setFailed({ fault }),
    )
    return () => {
      wanted = false
    }
  }, [key])
  // A file of the app that cannot be loaded is a fault like any other: the room's boundary tells of it.
  if (failed) throw failed.fault
  return loaded.get(key)
}
