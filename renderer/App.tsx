import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react'
import { useDesk } from './desk.ts'
import classes from './frame/App.module.css'
import { DropShade } from './frame/DropShade.tsx'
import { Palette } from './frame/Palette.tsx'
import { Rail } from './frame/Rail.tsx'
import { RoomFault } from './frame/RoomFault.tsx'
import { StatusLine } from './frame/StatusLine.tsx'
import { useShortcuts } from './frame/use-shortcuts.ts'
import { type RoomName, usePlace } from './place.ts'

/** A drop may come at any time and shows at once: the room it opens is loaded when the start has come to rest. */
const loadInspect = () => import('./inspect/InspectRoom.tsx')
const restMs = 1000

/** Each room is a file of its own, loaded when it is first entered. */
const rooms: Record<RoomName, ComponentType> = {
  identities: lazy(() => import('./identities/IdentitiesRoom.tsx')),
  create: lazy(() => import('./create/CreateRoom.tsx')),
  inspect: lazy(loadInspect),
  test: lazy(() => import('./connect/ConnectRoom.tsx')),
  authority: lazy(() => import('./authority/AuthorityRoom.tsx')),
  webhooks: lazy(() => import('./webhooks/WebhooksRoom.tsx')),
  calendar: lazy(() => import('./expiry/CalendarRoom.tsx')),
  settings: lazy(() => import('./settings/SettingsRoom.tsx')),
  help: lazy(() => import('./settings/HelpRoom.tsx')),
}
const VaultRoom = lazy(() => import('./settings/VaultRoom.tsx'))

/** Rooms that show nothing from the vault, so they work while it is locked. */
const worksLocked: ReadonlySet<RoomName> = new Set(['inspect', 'settings', 'help', 'authority', 'webhooks'])

/** Drawn beside a room: what it says has been drawn, not only fetched. */
function Drawn({ onDrawn }: { onDrawn: (drawn: true) => void }) {
  useEffect(() => onDrawn(true), [onDrawn])
  return null
}

export function App() {
  const room = usePlace((state) => state.place.room)
  const loaded = useDesk((state) => state.loaded)
  const vault = useDesk((state) => state.vault?.state)
  const [drawn, setDrawn] = useState(false)
  useShortcuts()
  useEffect(() => {
    if (!drawn) return
    const timer = setTimeout(() => void loadInspect(), restMs)
    return () => clearTimeout(timer)
  }, [drawn])

  const shut = vault !== 'open' && !worksLocked.has(room)
  const Room = shut ? VaultRoom : rooms[room]
  return (
    <div className={classes.frame} data-ready={drawn || undefined}>
      <Rail />
      <main className={classes.room} key={shut ? 'vault' : room} tabIndex={-1} id="room">
        <RoomFault>
          <Suspense fallback={null}>
            {loaded && <Room />}
            {loaded && <Drawn onDrawn={setDrawn} />}
          </Suspense>
        </RoomFault>
      </main>
      <StatusLine />
      <DropShade />
      <Palette />
    </div>
  )
}
