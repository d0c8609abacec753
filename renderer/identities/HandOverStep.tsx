import { Button } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { PageInput } from '../../shared/desk.ts'
import type { CheckItem } from '../../shared/handover/checklist.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { dayOf } from '../../shared/renewal/renewal.ts'
import { called } from '../parts/called.ts'
import list from '../parts/checklist/Checklist.module.css'
import { StepGlyph } from '../parts/checklist/StepGlyph.tsx'
import { TickForm } from '../parts/checklist/TickForm.tsx'
import { dayText } from '../parts/dates.ts'
import classes from './HandOver.module.css'
import { StepHelp } from './StepHelp.tsx'

export type StepTick = Pick<PageInput<'tickHandover'>, 'steps' | 'tick'>

type HandOverStepProps = {
  /** Its words are filled in. */
  item: CheckItem
  /** With it, the others of a way that may not be in use. */
  sameWay: string[]
  identity: IdentityDetail
  profile: Profile
  today: Date
  open: boolean
  onOpen: (open: boolean) => void
  onTick: (tick: StepTick) => void
  onTab: (tab: 'request' | 'certificate' | 'export') => void
}

/** One line of the checklist; opened, all that it takes. */
export function HandOverStep({
  item,
  sameWay,
  identity,
  profile,
  today,
  open,
  onOpen,
  onTick,
  onTab,
}: HandOverStepProps) {
  const { step, state, on, to, seen, told } = item
  const [asking, setAsking] = useState(false)
  const help = useId()
  const sends = step.seen.includes('sent')
  const isOpen = state === 'open' || state === 'next'
  const skip = (steps: string[]) => onTick({ steps, tick: { on: dayOf(today), skipped: true } })
  return (
    <li aria-current={state === 'next' ? 'step' : undefined}>
      <StepGlyph state={state === 'open' ? 'later' : state} />
      <button
        type="button"
        className={classes.name}
        aria-expanded={open}
        aria-controls={help}
        onClick={() => onOpen(!open)}
        data-open={open || undefined}
      >
        <IconChevronRight size={14} stroke={2} aria-hidden />
        <span className={list.words} data-open={isOpen || undefined} data-skipped={state === 'skipped' || undefined}>
          {step.title}
        </span>
        {to && <span className="dim">to {to}</span>}
      </button>
      <span className={list.day}>{state === 'skipped' ? 'not needed' : on && state === 'done' ? dayText(on) : ''}</span>
      <span>
        {isOpen && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${sends ? 'Sent' : 'Done'}: ${step.title}`}
            onClick={() => {
              setAsking(true)
              onOpen(true)
            }}
          >
            {sends ? 'Sent…' : 'Done…'}
          </Button>
        )}
        {!isOpen && !seen && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Undo: ${step.title}`}
            onClick={() => onTick({ steps: [step.id], tick: null })}
          >
            Undo
          </Button>
        )}
        {seen && <span className="quiet">seen by the app</span>}
      </span>
      <div id={help} className={list.asking} hidden={!open}>
        {open && (
          <>
            {isOpen && asking && (
              <TickForm
                to={sends ? called(profile) : undefined}
                today={today}
                onTick={(day, whom) => {
                  setAsking(false)
                  onTick({ steps: [step.id], tick: { on: day, ...(sends && { to: whom }) } })
                }}
                onClose={() => setAsking(false)}
              />
            )}
            {told && <p className={classes.told}>{told}</p>}
            <StepHelp step={step} identity={identity} profile={profile} onTab={onTab} />
            {isOpen && (
              <div className={classes.skip}>
                <Button size="compact-sm" variant="subtle" color="gray" onClick={() => skip([step.id])}>
                  Not needed
                </Button>
                {sameWay.length > 1 && (
                  <Button size="compact-sm" variant="subtle" color="gray" onClick={() => skip(sameWay)}>
                    Not used: {wayName(profile, step.call)} ({sameWay.length} steps)
                  </Button>
                )}
              </div>
            )}
          </>
        )}
      </div>
    </li>
  )
}

const wayName = ({ callsYou }: Profile, id: string | undefined) =>
  (callsYou.find((call) => call.id === id)?.name ?? '').replace(/^W/, 'w')
