import { useEffect } from 'react'
import { useDesk } from '../desk.ts'
import { ArrivalList } from './ArrivalList.tsx'
import { ArrivalPane } from './ArrivalPane.tsx'
import { useArrivals } from './arrivals-store.ts'
import classes from './ListenPane.module.css'
import { useListen } from './listen-store.ts'
import { RunningPane } from './RunningPane.tsx'
import { SetupForm } from './SetupForm.tsx'

/** The listener: how it is set up on the left, what arrived at it on the right. */
export function ListenPane() {
  const running = useDesk((state) => state.listener)
  const loaded = useListen((state) => state.loaded)
  const opened = useArrivals((state) => state.opened)
  useEffect(() => {
    const { loaded: known, setup, open, refreshChoices } = useListen.getState()
    const running = useDesk.getState().listener?.provider
    if (known && (running === undefined || running === setup.provider)) void refreshChoices()
    else void open(running ?? callingFirst())
    void useArrivals.getState().refresh()
  }, [])
  return (
    <div className={classes.split}>
      <div className={classes.side}>{running ? <RunningPane running={running} /> : loaded && <SetupForm />}</div>
      <div className={classes.arrivals} data-opened={opened !== null || undefined}>
        <ArrivalList />
        {opened !== null && <ArrivalPane />}
      </div>
    </div>
  )
}

/** The provider that is listened for at first: one that the user has an identity with, if it calls at all. */
function callingFirst(): string {
  const { providers, identities } = useDesk.getState()
  const calling = providers
    .map(({ profile }) => profile)
    .filter(({ callsYou }) => callsYou.some(({ sample }) => sample))
  const own = calling.find(({ id }) => identities.some(({ provider }) => provider === id))
  return (own ?? calling.find(({ id }) => id === 'truv') ?? calling[0])?.id ?? 'truv'
}
