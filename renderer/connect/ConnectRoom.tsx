import { useEffect } from 'react'
import { useDesk } from '../desk.ts'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { useVisit } from '../place.ts'
import { CallForm } from './CallForm.tsx'
import classes from './ConnectRoom.module.css'
import { useConnect } from './connect-store.ts'
import { ResultPane } from './ResultPane.tsx'

/** Sends one call and tells, message by message, what happened. */
export default function ConnectRoom() {
  const { place, visit } = useVisit('test')
  const identities = useDesk((state) => state.identities)
  const takeIdentity = useConnect((state) => state.takeIdentity)
  const refreshDetail = useConnect((state) => state.refreshDetail)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an identity is brought once, by the visit that names it
  useEffect(() => {
    const { form, screen } = useConnect.getState()
    if (place?.identity) void takeIdentity(place.identity, place)
    else if (place?.url) useConnect.getState().change({ url: place.url })
    else if (form.identity !== null) void refreshDetail()
    else if (form.url === '' && screen.at === 'asking') {
      const ready = identities.filter((one) => one.notAfter !== undefined && one.replacedBy === undefined)
      if (ready[0]) void takeIdentity(ready[0].handle)
    }
  }, [visit])

  return (
    <div className={classes.room}>
      <RoomHeader title="Test" says="Does the call go through, and if not, who said no and why" />
      <div className={classes.split}>
        <CallForm />
        <ResultPane />
      </div>
    </div>
  )
}
