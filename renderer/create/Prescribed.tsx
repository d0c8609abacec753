import { IconLock } from '@tabler/icons-react'
import type { SubjectField } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { FieldFinding } from '../../shared/providers/subject.ts'
import { FieldRule } from '../parts/Field.tsx'
import { faultsOf } from './field-words.tsx'
import { openerOf } from './rule-source.ts'
import classes from './Steps.module.css'

type PrescribedProps = {
  profile: Profile
  fields: readonly SubjectField[]
  findings: readonly FieldFinding[]
  left: ReadonlySet<string>
}

/** Fields that are not for typing: fixed by the provider, or following from an answer. Each with its reason. */
export function Prescribed({ profile, fields, findings, left }: PrescribedProps) {
  if (fields.length === 0) return null
  const asked = new Set([...left, ...(profile.questions.some((q) => left.has(`answers.${q.id}`)) ? ['CN'] : [])])
  return (
    <section aria-label={`Prescribed by ${profile.name}`}>
      <h2 className={classes.legend}>Prescribed by {profile.name}</h2>
      <table className={`table ${classes.prescribed}`}>
        <tbody>
          {fields.map((field) => {
            const why = field.rule === 'fixed' ? 'Fixed.' : 'Follows from your answer.'
            const fault = field.value === undefined ? null : faultsOf(field.field, findings, asked).error
            return (
              <tr key={field.field}>
                <th scope="row">
                  {field.label} ({field.field})
                </th>
                <td>
                  <span className={classes.lockedValue}>
                    <IconLock size={14} stroke={1.6} role="img" aria-label="Locked" />
                    {field.value ?? <span className="dim">not known yet</span>}
                  </span>
                  {fault && <span className={classes.fault}>{fault}</span>}
                </td>
                <td>
                  <FieldRule
                    rule={[why, field.hint].filter(Boolean).join(' ')}
                    source={openerOf(profile, field.source)}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
