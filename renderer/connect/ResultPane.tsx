import { Button, Tabs } from '@mantine/core'
import { IconHistory, IconPlugConnected } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { AttemptLine } from '../../shared/tls/kept-attempts.ts'
import { useDesk } from '../desk.ts'
import { CauseList } from '../parts/CauseList.tsx'
import { DateText } from '../parts/DateText.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Ladder } from '../parts/Ladder.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useLostFocus } from '../parts/take-focus.ts'
import { VerdictNote } from '../parts/VerdictNote.tsx'
import { go } from '../place.ts'
import { AnswerPane } from './AnswerPane.tsx'
import { AskedPart } from './AskedPart.tsx'
import { CurlPane } from './CurlPane.tsx'
import { type Answered as AnsweredScreen, type Screen, useConnect } from './connect-store.ts'
import { ForecastPane } from './ForecastPane.tsx'
import { HistoryPane } from './HistoryPane.tsx'
import { ProbeList } from './ProbeList.tsx'
import classes from './ResultPane.module.css'
import { SaveMenu } from './SaveMenu.tsx'
import { ServerChain } from './ServerChain.tsx'
import { StepTimes } from './StepTimes.tsx'
import { TokenCallPane } from './TokenCallPane.tsx'
import { VerdictAction } from './VerdictAction.tsx'

/** What came of it: the steps while they happen, then the verdict and its evidence. */
export function ResultPane() {
  const screen = useConnect((state) => state.screen)
  const pane = useRef<HTMLElement>(null)
  useLostFocus(pane, screen.at === 'answered' ? `${screen.kept}` : screen.at)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={pane} className={classes.pane} aria-label="Result" tabIndex={0} data-screen={screen.at}>
      <Shown screen={screen} />
    </section>
  )
}

function Shown({ screen }: { screen: Screen }) {
  const { form, detail } = useConnect()
  const unsent = screen.at === 'asking' || (screen.at === 'refused' && screen.problem.code === 'token.tls-elsewhere')
  if (unsent && detail?.keyPlace) return <TokenCallPane form={form} identity={detail} place={detail.keyPlace} />
  switch (screen.at) {
    case 'asking':
      return <Asking />
    case 'running':
      return (
        <>
          <div role="status">
            <h2 className={classes.head}>{screen.probes.length === 0 ? 'Testing …' : 'Finding out why …'}</h2>
          </div>
          <Ladder steps={screen.steps} running={screen.probes.length === 0} />
          <ProbeList probes={screen.probes} />
        </>
      )
    case 'refused':
      return <ProblemNote problem={screen.problem} action={wayOn(screen.problem)} />
    case 'answered':
      return <Answered key={`${screen.kept} ${screen.attempt.startedAt}`} {...screen} />
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

function Answered(screen: AnsweredScreen) {
  const { attempt, verdict, form, kept, captured, old } = screen
  const { http, serverChain } = attempt
  const [tab, setTab] = useState<string | null>('handshake')
  const openAttempt = useConnect((state) => state.openAttempt)
  const probes = (verdict.probes ?? []).map((result) => ({ ...result, state: 'done' as const, result }))
  return (
    <>
      {old && <OldNote line={old} />}
      <VerdictNote attempt={attempt} verdict={verdict}>
        <div className={classes.actions}>
          <VerdictAction attempt={attempt} verdict={verdict} form={form} onShowAnswer={() => setTab('answer')} />
          {kept && <SaveMenu attempt={kept} captured={captured} />}
        </div>
      </VerdictNote>
      {verdict.outcome !== 'accepted' && <CauseList causes={verdict.causes} />}
      <ProbeList probes={probes} />
      <Tabs value={tab} onChange={setTab} className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="handshake">Handshake</Tabs.Tab>
          <Tabs.Tab value="answer" disabled={!http}>
            Answer{http ? ` (${http.status})` : ''}
          </Tabs.Tab>
          <Tabs.Tab value="server" disabled={serverChain.length === 0}>
            Server chain{serverChain.length > 0 ? ` (${serverChain.length})` : ''}
          </Tabs.Tab>
          {form.identity && <Tabs.Tab value="forecast">Forecast</Tabs.Tab>}
          {kept && <Tabs.Tab value="history">History</Tabs.Tab>}
          <Tabs.Tab value="curl">Code</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="handshake" pt="md">
          <StepTimes attempt={attempt} />
          <AskedPart attempt={attempt} identity={form.identity} />
          <Ladder steps={attempt.steps} attempt={attempt} outcome={verdict.outcome} />
        </Tabs.Panel>
        {http && (
          <Tabs.Panel value="answer" pt="md">
            <AnswerPane http={http} attempt={attempt} old={old !== undefined} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="server" pt="md">
          <ServerChain attempt={attempt} />
        </Tabs.Panel>
        {form.identity && tab === 'forecast' && (
          <Tabs.Panel value="forecast" pt="md">
            <ForecastPane identity={form.identity} attempt={kept} />
          </Tabs.Panel>
        )}
        {kept && tab === 'history' && (
          <Tabs.Panel value="history" pt="md">
            <HistoryPane attempt={kept} facts={attempt} onOpen={(attempt) => void openAttempt(attempt)} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="curl" pt="md">
          <CurlPane form={form} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

function OldNote({ line }: { line: AttemptLine }) {
  const newer = useConnect(({ latest }) => latest !== null && latest.kept !== line.id)
  const backToLatest = useConnect((state) => state.backToLatest)
  return (
    <p className={classes.old} role="note">
      <IconHistory size={16} stroke={1.6} aria-hidden />
      <span>
        From the history: <DateText iso={line.at} withTime />. What was sent and the answer’s body are not kept.
      </span>
      {newer && (
        <Button variant="default" size="compact-sm" onClick={backToLatest}>
          Back to the last test
        </Button>
      )}
    </p>
  )
}
