import { useEffect, useState } from 'react'
import { useDesk } from '../desk.ts'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { ViewChoice } from '../parts/ViewChoice.tsx'
import { useVisit } from '../place.ts'
import { CallForm } from './CallForm.tsx'
import classes from './ConnectRoom.module.css'
import { useConnect } from './connect-store.ts'
import { DecoderPane } from './DecoderPane.tsx'
import { EndpointsPane } from './EndpointsPane.tsx'
import { useEndpoints } from './endpoints-store.ts'
import { ResultPane } from './ResultPane.tsx'

const views = [
  { value: 'call', label: 'Call' },
  { value: 'endpoints', label: 'Endpoints' },
  { value: 'text', label: 'Error text' },
] as const
type View = (typeof views)[number]['value']

/** Sends one call and tells, message by message, what happened. */
export default function ConnectRoom() {
  const { place, visit } = useVisit('test')
  const identities = useDesk((state) => state.identities)
  const takeIdentity = useConnect((state) => state.takeIdentity)
  const openEndpoint = useConnect((state) => state.openEndpoint)
  const [view, setView] = useState<View>(place?.view ?? 'call')
  const refreshDetail = useConnect((state) => state.refreshDetail)

  // biome-ignore lint/correctness/useExhaustiveDependencies: an identity is brought once, by the visit that names it
  useEffect(() => {
    if (place) setView(place.view ?? 'call')
    if (place?.testAll) void useEndpoints.getState().testEvery()
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
      <RoomHeader
        title="Test"
        says="Does the call go through, and if not, who said no and why"
        actions={<ViewChoice views={views} value={view} onChange={setView} />}
      />
      {view === 'call' && (
        <div className={classes.split}>
          <CallForm />
          <ResultPane />
        </div>
      )}
      {view === 'endpoints' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={classes.whole} tabIndex={0} aria-label="Endpoints">
          <EndpointsPane
            onOpen={(endpoint) => {
              setView('call')
              void openEndpoint(endpoint)
            }}
          />
        </section>
      )}
      {view === 'text' && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section className={classes.whole} tabIndex={0} aria-label="Error text">
          <DecoderPane />
        </section>
      )}
    </div>
  )
}
