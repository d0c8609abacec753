import { useEffect, useState } from 'react'
import { useDesk } from './desk.ts'
import classes from './frame/App.module.css'
import { DropShade } from './frame/DropShade.tsx'
import { Guide } from './frame/Guide.tsx'
import { Palette } from './frame/Palette.tsx'
import { Rail } from './frame/Rail.tsx'
import { RoomFault } from './frame/RoomFault.tsx'
import { Shortcuts } from './frame/Shortcuts.tsx'
import { StatusLine } from './frame/StatusLine.tsx'
import { useFocusReturn } from './frame/use-focus-return.ts'
import { loadRoom, type RoomKey, useRoom } from './frame/use-room.ts'
import { useShortcuts } from './frame/use-shortcuts.ts'
import { type RoomName, usePlace } from './place.ts'

/** A drop may come at any time and shows at once: the room it opens is loaded when the start has come to rest. */
const restMs = 1000

/** Rooms that show nothing from the vault, so they work while it is locked. */
const worksLocked: ReadonlySet<RoomName> = new Set(['inspect', 'settings', 'help', 'authority', 'webhooks'])

/** Drawn beside a room: what it says has been drawn, not only fetched. */
function Drawn({ onDrawn }: Pick<OnShowProps, 'onDrawn'>) {
  useEffect(() => {
    onDrawn(true)
    // The button that led here went with its room: what is typed next belongs to this one. Not at the start, where
    // the first Tab goes to the rail.
    if (usePlace.getState().visit > 0 && document.activeElement === document.body) {
      document.getElementById('room')?.focus({ preventScroll: true })
    }
  }, [onDrawn])
  return null
}

type OnShowProps = { room: RoomKey; onDrawn: (drawn: true) => void }

function OnShow({ room, onDrawn }: OnShowProps) {
  const Room = useRoom(room)
  if (!Room) return null
  return (
    <>
      <Room />
      <Drawn onDrawn={onDrawn} />
    </>
  )
}

export function App() {
  const room = usePlace((state) => state.place.room)
  const loaded = useDesk((state) => state.loaded)
  const vault = useDesk((state) => state.vault?.state)
  const [drawn, setDrawn] = useState(false)
  useShortcuts()
  useFocusReturn()
  useEffect(() => {
    if (!drawn) return
    const timer = setTimeout(() => void loadRoom('inspect'), restMs)
    return () => clearTimeout(timer)
  }, [drawn])

  const shown = vault !== 'open' && !worksLocked.has(room) ? 'vault' : room
  return (
    <div className={classes.frame} data-ready={drawn || undefined}>
      <Rail />
      <main className={classes.main}>
        <div className={classes.room} key={shown} tabIndex={-1} id="room">
          <RoomFault>{loaded && <OnShow room={shown} onDrawn={setDrawn} />}</RoomFault>
        </div>
        {/* Menus and dialogs are drawn here, so that they belong to the room for those who go by landmarks. */}
        <div data-mantine-shared-portal-node />
        <DropShade />
      </main>
      <StatusLine />
      <Palette />
      <Shortcuts />
      <Guide />
    </div>
  )
}
