import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { environmentOf, hostOf, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { called } from '../parts/called.ts'
import { SecretLine } from '../parts/SecretLine.tsx'
import { type StepName, steps } from './plan-answers.ts'
import classes from './Summary.module.css'

type SummaryProps = { profile: Profile; plan: IdentityPlan; token: TokenChoice | null | undefined; step: StepName }

/** The request so far, filling in while one answers. */
export function Summary({ profile, plan, token, step }: SummaryProps) {
  const subject = subjectOf(profile, plan)
  const names = sansOf(plan)
  const keyChosen = steps.indexOf(step) >= steps.indexOf('key')
  const rows: [name: string, value: string | undefined][] = [
    ['Provider', profile.name],
    ['Environment', environmentOf(profile, plan.environment)?.name],
    ['Host', hostOf(profile, plan.environment, plan.answers)],
    ...subject.map(({ type, value }): [string, string] => [type, value]),
    ['Names', names.join(', ')],
    ['Key', keyChosen ? keyLabel[plan.key] : undefined],
    ['Signed by', profile.signing.by === 'self' ? 'yourself' : called(profile)],
  ]
  return (
    <aside className={classes.summary} aria-label="Request so far">
      <h2 className={classes.title}>Request so far</h2>
      <dl className={classes.rows}>
        {rows.map(([name, value]) => (
          <div key={name} className={classes.row}>
            <dt>{name}</dt>
            <dd>{value ? value : <span className={classes.open}>open</span>}</dd>
          </div>
        ))}
      </dl>
      <SecretLine place={token === undefined ? undefined : { token: token?.token.label }} />
    </aside>
  )
}
