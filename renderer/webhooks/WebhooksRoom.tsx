import { useEffect, useState } from 'react'
import { RoomHeader } from '../parts/RoomHeader.tsx'
import { ViewChoice } from '../parts/ViewChoice.tsx'
import { useVisit } from '../place.ts'
import { DoorPane } from './DoorPane.tsx'
import { ListenPane } from './ListenPane.tsx'
import { PlayPane } from './PlayPane.tsx'
import { ProvidersPane } from './ProvidersPane.tsx'
import { ServerConfigPane } from './ServerConfigPane.tsx'
import classes from './WebhooksRoom.module.css'

const views = [
  { value: 'listen', label: 'Listen' },
  { value: 'play', label: 'Play the provider' },
  { value: 'door', label: 'Door check' },
  { value: 'server', label: 'Server configuration' },
  { value: 'providers', label: 'What they do' },
] as const
type View = (typeof views)[number]['value']

const says: Record<View, string> = {
  listen: 'What calls you, which certificate it shows, and whether you would take it',
  play: 'Call your own server as the provider would',
  door: 'Does your server refuse every certificate that it must refuse',
  server: 'Settings for your server that demand the provider’s certificate',
  providers: 'What each provider presents when it calls you',
}

/** The other direction: when the provider calls you. */
export default function WebhooksRoom() {
  const { place, visit } = useVisit('webhooks')
  const [view, setView] = useState<View>(place?.view ?? 'listen')

  // biome-ignore lint/correctness/useExhaustiveDependencies: a view is brought once, by the visit that names it
  useEffect(() => {
    if (place?.view) setView(place.view)
  }, [visit])

  return (
    <div className={classes.room}>
      <RoomHeader
        title="Webhooks"
        says={says[view]}
        actions={<ViewChoice views={views} value={view} onChange={setView} />}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.whole} tabIndex={0} aria-label={views.find(({ value }) => value === view)?.label}>
        {view === 'listen' && <ListenPane />}
        {view === 'play' && <PlayPane />}
        {view === 'door' && <DoorPane />}
        {view === 'server' && <ServerConfigPane />}
        {view === 'providers' && <ProvidersPane />}
      </section>
    </div>
  )
}
