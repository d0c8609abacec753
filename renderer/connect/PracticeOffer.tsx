import { Button } from '@mantine/core'
import { IconSchool } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { desk, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import classes from './CallForm.module.css'
import { atPractice, formFor, isAtPractice } from './call-form.ts'
import { useConnect } from './connect-store.ts'

/** The way to the practice provider and back, in one click. */
export function PracticeOffer({ profile }: { profile: Profile | undefined }) {
  const practice = useDesk((state) => state.practice)
  const form = useConnect((state) => state.form)
  const detail = useConnect((state) => state.detail)
  const change = useConnect((state) => state.change)
  const [problem, setProblem] = useState<Problem | null>(null)

  const offer = (says: string, label: string, run: () => void) => (
    <div className={classes.offer}>
      <IconSchool size={16} stroke={1.6} aria-hidden />
      <span>{says}</span>
      <Button size="compact-sm" variant="light" onClick={run}>
        {label}
      </Button>
    </div>
  )

  if (practice && isAtPractice(form, practice)) {
    const back = () =>
      detail && change({ ...formFor({ ...detail, practice: false }, profile, null), blanks: form.blanks })
    return detail ? offer('Goes to the practice provider', 'Use real address', back) : null
  }
  if (practice && (!detail || practice.provider === detail.provider)) {
    return offer('The practice provider is running', 'Send it there', () =>
      change(atPractice(form, practice, detail, profile)),
    )
  }
  // What the practice provider signed is worth something there only, and at most another one is running now.
  if (detail?.practice) {
    const start = async () => {
      const started = await desk.startPractice({ provider: detail.provider, environment: detail.environment })
      if (!started.ok) return setProblem(started.problem)
      setProblem(null)
      useDesk.setState({ practice: started.value.running })
      if (started.value.running) change(atPractice(form, started.value.running, detail, profile))
    }
    return (
      <>
        {offer('This certificate was signed for practice', 'Start practice provider', () => void start())}
        {problem && <ProblemNote problem={problem} />}
      </>
    )
  }
  return null
}
