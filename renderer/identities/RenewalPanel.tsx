import { Button } from '@mantine/core'
import { IconRefresh, IconStack2 } from '@tabler/icons-react'
import { useState } from 'react'
import type { Tick } from '../../shared/calls/renewal.ts'
import type { IdentityDetail, Renewal } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { stageOf } from '../../shared/renewal/renewal.ts'
import { activeBeside } from '../../shared/renewal/side-by-side.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { called } from '../parts/called.ts'
import list from '../parts/checklist/Checklist.module.css'
import { StepGlyph } from '../parts/checklist/StepGlyph.tsx'
import { TickForm } from '../parts/checklist/TickForm.tsx'
import { dayText } from '../parts/dates.ts'
import { IdentityLink } from '../parts/IdentityLink.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import classes from './RenewalPanel.module.css'
import { type RenewalStep, renewalSteps } from './renewal-steps.ts'

type HandStep = 'sent' | 'switched' | 'retired'

const tickOf = (step: HandStep, on: string, to: string): Tick =>
  step === 'sent' ? { step, sent: { to, on } } : { step, on }
const undoOf = (step: HandStep): Tick => (step === 'sent' ? { step, sent: null } : { step, on: null })

const buttonWords: Record<HandStep, string> = { sent: 'Sent…', switched: 'Switched over…', retired: 'Removed there…' }

/** How many certificates the provider takes at a time, and which of ours are. */
function SideBySide({ identity, profile, today }: { identity: IdentityDetail; profile: Profile; today: Date }) {
  const identities = useDesk((state) => state.identities)
  const most = profile.signing.maxActive
  const active = activeBeside(identities, identity, today)
  if (most === undefined) return null
  const over = active.length > most
  return (
    <p className={classes.limit} data-over={over || undefined}>
      <IconStack2 size={15} stroke={1.6} aria-hidden />
      <span>
        {called(profile)} takes {most} active certificates at a time; {active.length} of yours{' '}
        {active.length === 1 ? 'is' : 'are'}
        {active.length > 0 && `: ${active.map(({ name }) => `“${name}”`).join(', ')}`}.
        {over && ' Retire one before the new one is handed in, or it is refused.'}
      </span>
    </p>
  )
}

type RenewalPanelProps = { identity: IdentityDetail; renewal: Renewal; profile: Profile; today: Date }

/** One identity taking over from another: what is done, what is waited for, what is next. The same on both pages. */
export function RenewalPanel({ identity, renewal, profile, today }: RenewalPanelProps) {
  const [asking, setAsking] = useState<HandStep | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const done = stageOf(renewal) === 'done'
  const [open, setOpen] = useState(!done)
  const provider = called(profile)
  const steps = renewalSteps(renewal, provider, profile.signing.by === 'self' || renewal.selfSigned, today)
  const tick = async (what: Tick) => {
    const ticked = await desk.tickRenewal({ identity: renewal.new.handle, tick: what })
    setProblem(ticked.ok ? null : ticked.problem)
    if (!ticked.ok) return
    setAsking(null)
    await refreshIdentities()
  }
  const other = renewal.side === 'new' ? renewal.old : renewal.new
  return (
    <section className={classes.panel} aria-label="Renewal" id="renewal">
      <div className={classes.head}>
        <IconRefresh size={16} stroke={1.8} aria-hidden />
        <h2 className={classes.title}>
          {renewal.side === 'new' ? 'Takes over from ' : 'Is taken over by '}
          {other ? <IdentityLink identity={other} /> : 'an identity that was removed'}
        </h2>
        {done && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
            {open ? 'Hide' : 'Show the renewal'}
          </Button>
        )}
      </div>
      {open && (
        <>
          {!done && <SideBySide identity={identity} profile={profile} today={today} />}
          <ol className={list.steps}>
            {steps.map((step) => (
              <li key={step.id} aria-current={step.next ? 'step' : undefined}>
                <StepGlyph state={step.on ? 'done' : step.next ? 'next' : 'later'} />
                <span className={list.words} data-open={step.on === undefined || undefined}>
                  {step.label}
                  {step.says && <span className="dim"> · {step.says}</span>}
                </span>
                <span className={list.day}>{step.on && dayText(step.on)}</span>
                <StepAction step={step} onAsk={setAsking} onTick={tick} />
                {asking === step.id && (
                  <div className={list.asking}>
                    {asking === 'retired' && <RetireWords profile={profile} old={renewal.old?.name ?? ''} />}
                    <TickForm
                      to={asking === 'sent' ? provider : undefined}
                      today={today}
                      onTick={(on, to) => void tick(tickOf(asking, on, to))}
                      onClose={() => setAsking(null)}
                    />
                  </div>
                )}
              </li>
            ))}
          </ol>
          {problem && <ProblemNote problem={problem} />}
        </>
      )}
    </section>
  )
}

type StepActionProps = { step: RenewalStep; onAsk: (step: HandStep) => void; onTick: (tick: Tick) => Promise<void> }

function StepAction({ step, onAsk, onTick }: StepActionProps) {
  if (step.byHand === undefined) return <span />
  const hand = step.id as HandStep
  return step.byHand === 'may-undo' ? (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      aria-label={`Undo: ${step.label}`}
      onClick={() => void onTick(undoOf(hand))}
    >
      Undo
    </Button>
  ) : (
    <Button
      size="xs"
      variant={step.next ? 'filled' : 'default'}
      disabled={step.byHand === 'not-yet'}
      onClick={() => onAsk(hand)}
    >
      {buttonWords[hand]}
    </Button>
  )
}

/** Before the last tick: what has to be done outside of the app, and why. */
function RetireWords({ profile, old }: { profile: Profile; old: string }) {
  return (
    <p className={classes.reminder}>
      Remove or revoke the certificate of “{old}” at {called(profile)} first: as long as it is active there, whoever has
      its key can call as you{profile.signing.maxActive === undefined ? '' : ', and it keeps its place'}. Ticking this
      off marks “{old}” as replaced here; it does not reach the provider.
    </p>
  )
}
