import { IconAlertTriangle, IconBuilding } from '@tabler/icons-react'
import type { PolicySection } from '../../shared/policy/policy.ts'
import { faultOf, isGoverned, type PolicyState } from '../../shared/policy/policy-state.ts'
import classes from './ManagedNote.module.css'

type ManagedNoteProps = { policy: PolicyState | null; section: PolicySection }

/** Who decides a setting, where it is not the user; nothing where it is. */
export function ManagedNote({ policy, section }: ManagedNoteProps) {
  if (!policy || !isGoverned(policy, section)) return null
  const fault = faultOf(policy, section)
  if (!fault) {
    return (
      <p className={classes.note}>
        <IconBuilding size={15} aria-hidden /> Managed by {policy.policy.organisation ?? 'your organisation'}
      </p>
    )
  }
  return (
    <p className={classes.broken}>
      <IconAlertTriangle size={15} aria-hidden />
      <span>
        Refused: the policy of this computer is broken. {fault.field} {fault.why}
        {fault.line !== undefined && ` (line ${fault.line})`}
      </span>
    </p>
  )
}
