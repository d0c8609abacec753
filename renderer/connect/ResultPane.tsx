import { Button, Tabs } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Ladder } from '../parts/Ladder.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'
import { AnswerPane } from './AnswerPane.tsx'
import { CurlPane } from './CurlPane.tsx'
import { type Screen, useConnect } from './connect-store.ts'
import classes from './ResultPane.module.css'
import { ServerChain } from './ServerChain.tsx'
import { VerdictAction } from './VerdictAction.tsx'
import { VerdictNote } from './VerdictNote.tsx'

/** What came of it: the steps while they happen, then the verdict and its evidence. */
export function ResultPane() {
  const screen = useConnect((state) => state.screen)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.pane} aria-label="Result" tabIndex={0} data-screen={screen.at}>
      <Shown screen={screen} />
    </section>
  )
}

function Shown({ screen }: { screen: Screen }) {
  switch (screen.at) {
    case 'asking':
      return <Asking />
    case 'running':
      return (
        <>
          <h2 className={classes.head}>Testing …</h2>
          <Ladder steps={screen.steps} running />
        </>
      )
    case 'refused':
      return <ProblemNote problem={screen.problem} action={wayOn(screen.problem)} />
    case 'answered':
      return <Answered key={screen.attempt.startedAt} {...screen} />
  }
}

function Asking() {
  const none = useDesk((state) => state.identities.length === 0)
  return (
    <EmptyState
      icon={IconPlugConnected}
      title="One call, told step by step"
      says="Send connects to the address and shows what the server asked for, what this computer answered, and what that means."
    >
      {none && (
        <Button variant="default" onClick={() => go({ room: 'create' })}>
          Create an identity first
        </Button>
      )}
    </EmptyState>
  )
}

const wayOn = (problem: Problem) =>
  problem.code === 'vault.no-such-identity'
    ? { label: 'Go to identities', run: () => go({ room: 'identities' }) }
    : undefined

function Answered({ attempt, verdict, form }: Extract<Screen, { at: 'answered' }>) {
  const { http, serverChain } = attempt
  const [tab, setTab] = useState<string | null>('handshake')
  return (
    <>
      <VerdictNote attempt={attempt} verdict={verdict}>
        <VerdictAction attempt={attempt} verdict={verdict} form={form} onShowAnswer={() => setTab('answer')} />
      </VerdictNote>
      <Tabs value={tab} onChange={setTab} className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="handshake">Handshake</Tabs.Tab>
          <Tabs.Tab value="answer" disabled={!http}>
            Answer{http ? ` (${http.status})` : ''}
          </Tabs.Tab>
          <Tabs.Tab value="server" disabled={serverChain.length === 0}>
            Server chain{serverChain.length > 0 ? ` (${serverChain.length})` : ''}
          </Tabs.Tab>
          <Tabs.Tab value="curl">curl</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="handshake" pt="md">
          <Ladder steps={attempt.steps} attempt={attempt} outcome={verdict.outcome} />
        </Tabs.Panel>
        {http && (
          <Tabs.Panel value="answer" pt="md">
            <AnswerPane http={http} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="server" pt="md">
          <ServerChain attempt={attempt} />
        </Tabs.Panel>
        <Tabs.Panel value="curl" pt="md">
          <CurlPane form={form} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
