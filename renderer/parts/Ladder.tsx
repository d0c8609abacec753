import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconChevronRight, IconMinus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Attempt, Step, Verdict } from '../../shared/tls/attempt.ts'
import classes from './Ladder.module.css'
import { messageRungs, type Rung, rungsOf } from './ladder-rungs.ts'

const stateWord: Record<Rung['state'], string> = {
  done: 'done',
  failed: 'broke here',
  skipped: 'left out',
  waiting: 'waiting',
}

const icons = { done: IconCheck, failed: IconX, skipped: IconMinus, waiting: IconMinus }

const milliseconds = (ms: number) => {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}

/** A server may name thousands of authorities; a message that opened to all of them would stall the page. */
const mostLines = 40

type Props = {
  steps: readonly Step[]
  attempt?: Attempt
  outcome?: Verdict['outcome']
  /** While the attempt runs, a last open rung says so. */
  running?: boolean
}

/** The handshake as messages in time: what the server asked on the left, what we answered on the right. */
export function Ladder({ steps, attempt, outcome, running }: Props) {
  const rungs = attempt?.messages?.length ? messageRungs(attempt, outcome) : rungsOf(steps, attempt, outcome)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpened((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <section className={classes.root} aria-label="Handshake, message by message">
      <div className={classes.heads} aria-hidden>
        <span>Server</span>
        <span />
        <span>This computer</span>
      </div>
      <ol className={classes.rungs} aria-live={running ? 'polite' : undefined}>
        {rungs.map((rung) => (
          <RungRow key={rung.id} rung={rung} open={opened.has(rung.id)} onToggle={() => toggle(rung.id)} />
        ))}
        {running && (
          <li className={classes.rung} data-state="waiting">
            <span />
            <span className={classes.knot} aria-hidden />
            <span className={classes.waiting}>Waiting …</span>
          </li>
        )}
      </ol>
    </section>
  )
}

function RungRow({ rung, open, onToggle }: { rung: Rung; open: boolean; onToggle: () => void }) {
  const Icon = rung.id === 'alert' ? IconAlertTriangle : icons[rung.state]
  const speaker = rung.side === 'server' ? 'Server' : 'This computer'
  const canOpen = rung.details.length > 0
  const words = (
    <>
      <span className={classes.title}>
        {canOpen && <IconChevronRight className={classes.chevron} size={14} aria-hidden />}
        <span className={classes.text}>{rung.title}</span>
        {rung.state === 'failed' && <span className={classes.broken}>{stateWord.failed}</span>}
      </span>
      <span className={classes.says}>{rung.says}</span>
    </>
  )
  return (
    <li
      className={classes.rung}
      data-side={rung.side}
      data-state={rung.state}
      data-minor={rung.decisive === false || undefined}
    >
      {canOpen ? (
        <UnstyledButton className={classes.words} aria-expanded={open} onClick={onToggle}>
          <span className="spoken">
            {speaker}, {stateWord[rung.state]}:{' '}
          </span>
          {words}
        </UnstyledButton>
      ) : (
        <div className={classes.words}>
          <span className="spoken">
            {speaker}, {stateWord[rung.state]}:{' '}
          </span>
          {words}
        </div>
      )}
      <span className={classes.knot} aria-hidden>
        <Icon size={12} stroke={2.5} />
      </span>
      <span className={`${classes.time} number`}>
        {rung.tookMs !== undefined && <>took {milliseconds(rung.tookMs)}</>}
        {rung.atMs !== undefined && <span>at {milliseconds(rung.atMs)}</span>}
      </span>
      {open && (
        <dl className={classes.details}>
          {rung.details.map((detail) => (
            <div key={detail.name}>
              <dt>{detail.name}</dt>
              {detail.value.slice(0, mostLines).map((line, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one value have no other name, and never move
                <dd key={at} className="mono">
                  {line}
                </dd>
              ))}
              {detail.value.length > mostLines && (
                <dd className="dim">and {(detail.value.length - mostLines).toLocaleString()} more</dd>
              )}
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
