import { Button } from '@mantine/core'
import { IconSend, IconWebhook } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'
import { CallResult, CallRunning } from './CallResult.tsx'
import { useListen } from './listen-store.ts'
import { PlayForm } from './PlayForm.tsx'
import classes from './PlayPane.module.css'
import { playable, usePlay } from './play-store.ts'

/** Calls one’s own server as a provider would: what is sent on the left, what came of it on the right. */
export function PlayPane() {
  const screen = usePlay((state) => state.screen)
  useEffect(() => {
    const { form, take, aimAtListener } = usePlay.getState()
    const { providers, listener } = useDesk.getState()
    if (!useListen.getState().loaded) void useListen.getState().open(listener?.provider ?? 'truv')
    if (form.provider !== '') {
      if (listener && form.url === '') aimAtListener()
      return
    }
    const profiles = providers.map(({ profile }) => profile).filter((profile) => playable(profile).length > 0)
    const first =
      profiles.find(({ id }) => id === listener?.provider) ?? profiles.find(({ id }) => id === 'truv') ?? profiles[0]
    const call = first && playable(first)[0]
    if (first && call) take(first, call)
  }, [])
  return (
    <div className={classes.split}>
      <PlayForm />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className={classes.result} tabIndex={0} aria-label="Result" data-screen={screen.at}>
        {screen.at === 'asking' && <Asking />}
        {screen.at === 'running' && <CallRunning steps={screen.steps} />}
        {screen.at === 'refused' && <ProblemNote problem={screen.problem} />}
        {screen.at === 'answered' && <CallResult made={screen.made} />}
      </section>
    </div>
  )
}

function Asking() {
  const listener = useDesk((state) => state.listener)
  const aim = usePlay((state) => state.aimAtListener)
  const send = usePlay((state) => state.send)
  const call = () => {
    aim()
    void send()
  }
  return (
    <EmptyState
      icon={IconWebhook}
      title="Be the provider for one call"
      says="Your server is shown a throw-away certificate of the provider’s form and gets the webhook that the provider documents."
    >
      {listener ? (
        <Button leftSection={<IconSend size={16} stroke={1.6} aria-hidden />} onClick={call}>
          Call my listener
        </Button>
      ) : (
        <Button variant="default" onClick={() => go({ room: 'webhooks', view: 'listen' })}>
          Start a listener to call
        </Button>
      )}
    </EmptyState>
  )
}
