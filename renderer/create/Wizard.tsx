import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useDesk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { go } from '../place.ts'
import { type CreateScreen, createIdentity, leave, startOver, toStep } from './create-store.ts'
import { KeyStep } from './KeyStep.tsx'
import { ProviderStep } from './ProviderStep.tsx'
import { checkAnswered, refusedAt, steps, tidied, wholePlan } from './plan-answers.ts'
import { ReviewStep } from './ReviewStep.tsx'
import { StepBar } from './StepBar.tsx'
import { SubjectStep } from './SubjectStep.tsx'
import { Summary } from './Summary.tsx'
import classes from './Wizard.module.css'

const titles = {
  provider: 'Which provider is it for?',
  subject: 'Where will it be used, and what does it say?',
  key: 'Which key?',
  review: 'Is this right?',
}

const whence = {
  draft: 'You left off here: the answers are those of last time.',
  renewal: 'The answers are those of the identity it will replace.',
  examples: 'Filled in with the provider’s examples for practice. Change what you like.',
}

/** The four steps of answering; the summary fills in beside them. */
export function Wizard({ screen }: { screen: Extract<CreateScreen, { at: 'answering' }> }) {
  const { step, plan: answered, token, left, from, problem } = screen
  const providers = useDesk((state) => state.providers)
  const profile = providers.find((entry) => entry.profile.id === answered.provider)?.profile
  const [leaving, setLeaving] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const at = steps.indexOf(step)

  // Each step begins at its question, for the eye and for the screen reader.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the step is the reason
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    heading.current?.closest('#room')?.scrollTo({ top: 0 })
  }, [step])

  const plan = profile && wholePlan(profile, answered)
  const findings = profile && plan ? checkAnswered(profile, plan) : []

  const forward = () => {
    if (!profile) return
    const refused = refusedAt(step, findings)
    if (refused.length > 0 || (step === 'subject' && plan?.name.trim() === '')) {
      leave('name', ...refused.map((finding) => finding.field ?? ''))
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    if (token === null && !plan?.sameKey && at >= steps.indexOf('key')) {
      leave('token')
      if (step !== 'key') toStep('key')
      return
    }
    const next = steps[at + 1]
    if (next) toStep(next)
    else void createIdentity()
  }
  const ready = step !== 'review' || findings.every((finding) => finding.severity !== 'refuses')

  return (
    <div className={classes.wizard}>
      <header className={classes.head}>
        <StepBar at={at} onGo={(index) => toStep(steps[index]!)} />
        {profile && (
          <Button size="compact-sm" variant="subtle" onClick={() => setLeaving(true)}>
            Start over
          </Button>
        )}
        <ConfirmDialog
          opened={leaving}
          onClose={() => setLeaving(false)}
          title="Start over"
          verb="Start over"
          onConfirm={() => {
            setLeaving(false)
            void startOver()
          }}
        >
          The answers given so far are thrown away. No key was made from them yet.
        </ConfirmDialog>
      </header>
      <form
        ref={form}
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          forward()
        }}
      >
        <div className={classes.body}>
          <div className={classes.main}>
            <h1 className={classes.title} tabIndex={-1} ref={heading}>
              {titles[step]}
            </h1>
            {from && step !== 'provider' && <p className={classes.whence}>{whence[from]}</p>}
            {problem && (
              <ProblemNote
                problem={problem}
                action={
                  problem.code === 'token.pin-needed' && step !== 'key'
                    ? { label: 'Unlock it', run: () => toStep('key') }
                    : undefined
                }
              />
            )}
            {step === 'provider' && <ProviderStep chosen={answered.provider} />}
            {step === 'subject' && profile && plan && (
              <SubjectStep profile={profile} plan={plan} findings={findings} left={left} />
            )}
            {step === 'key' && profile && plan && (
              <KeyStep profile={profile} plan={plan} token={token} asked={left.has('token')} />
            )}
            {step === 'review' && profile && plan && (
              <ReviewStep profile={profile} plan={tidied(plan)} token={token} findings={findings} />
            )}
          </div>
          {(step === 'subject' || step === 'key') && profile && plan && (
            <Summary profile={profile} plan={plan} token={token} step={step} />
          )}
        </div>
        <footer className={classes.foot}>
          <span className={classes.saved} role="status">
            {screen.saved ? 'Draft saved' : ''}
          </span>
          <Button variant="default" onClick={() => (at === 0 ? go({ room: 'identities' }) : toStep(steps[at - 1]!))}>
            {at === 0 ? 'Cancel' : 'Back'}
          </Button>
          <Button
            type="submit"
            disabled={!profile || !ready}
            rightSection={step === 'review' ? undefined : <IconArrowRight size={16} aria-hidden />}
          >
            {step !== 'review'
              ? 'Continue'
              : plan?.sameKey || token?.keyId
                ? 'Create the request'
                : 'Create key and request'}
          </Button>
        </footer>
      </form>
    </div>
  )
}
