import { IconChecklist } from '@tabler/icons-react'
import { checklistOf, progressOf } from '../../shared/handover/checklist.ts'
import type { IdentitySummary } from '../../shared/identity.ts'
import { useDesk } from '../desk.ts'
import classes from './Chip.module.css'

/** How far a hand-over is that was begun and is not done; nothing for others, so that a list stays calm. */
export function HandOverChip({ identity }: { identity: IdentitySummary }) {
  const { handover, environment, provider, state } = identity
  const profile = useDesk(({ providers }) => providers.find((entry) => entry.profile.id === provider)?.profile)
  if (!profile || !handover || state !== 'ready' || Object.keys(handover.marks).length === 0) return null
  const { done, of } = progressOf(checklistOf(profile, environment, handover))
  if (done === of) return null
  const words = `hand-over: ${done} of ${of}`
  return (
    <span className={classes.chip} title={words}>
      <IconChecklist size={12} stroke={2} aria-hidden />
      <span className={classes.words}>{words}</span>
    </span>
  )
}
