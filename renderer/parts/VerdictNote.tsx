import { type Icon, IconCircleCheck, IconCircleX, IconHelpCircle, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import classes from './VerdictNote.module.css'

const look: Record<Verdict['outcome'], { icon: Icon; word: string }> = {
  accepted: { icon: IconCircleCheck, word: 'Accepted' },
  refused: { icon: IconCircleX, word: 'Refused' },
  unproven: { icon: IconHelpCircle, word: 'Not proven' },
  unreachable: { icon: IconPlugConnectedX, word: 'Unreachable' },
}

const milliseconds = (ms: number) => (ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`)

const hostOf = (url: string): string => {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}

/** `children`: the next step as a button. */
type Props = { attempt: Attempt; verdict: Verdict; children?: ReactNode }

/** What the attempt means: one sentence, its cause, the next step. */
export function VerdictNote({ attempt, verdict, children }: Props) {
  const { icon: Glyph, word } = look[verdict.outcome]
  const [first] = verdict.causes
  const next = verdict.next ?? first?.next
  const facts = [
    hostOf(attempt.url),
    attempt.http ? `HTTP ${attempt.http.status} ${attempt.http.statusText}`.trim() : '',
    attempt.protocol ?? '',
    attempt.address && !attempt.url.includes(attempt.address) ? attempt.address : '',
    attempt.alpn === 'h2' ? 'HTTP/2' : '',
    attempt.proxy ? `through ${attempt.proxy}` : '',
    attempt.trustedOnce ? 'trusted for this test only' : '',
    milliseconds(attempt.durationMs),
  ]
  return (
    <div className={classes.verdict} data-outcome={verdict.outcome} data-cause={verdict.cause} role="status">
      <Glyph size={24} stroke={1.7} aria-hidden />
      <div>
        <p className={classes.word}>{word}</p>
        <h2 className={classes.title}>{verdict.title}</h2>
        {first && <p>{first.because}</p>}
        {next && <p className={classes.next}>{next}</p>}
        {children}
        <p className={`${classes.facts} number`}>{facts.filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  )
}
