import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { environmentOf, hostOf, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { type FieldFinding, fieldLabels } from '../../shared/providers/subject.ts'
import type { TokenChoice } from '../../shared/tokens/token.ts'
import { useDesk } from '../desk.ts'
import { called } from '../parts/called.ts'
import { daysText } from '../parts/dates.ts'
import { FindingList } from '../parts/FindingList.tsx'
import { KeyValue } from '../parts/KeyValue.tsx'
import { whereKept } from '../parts/SecretLine.tsx'
import { ActiveNote } from './ActiveNote.tsx'
import { toStep } from './create-store.ts'
import type { StepName } from './plan-answers.ts'
import classes from './Steps.module.css'

type ReviewStepProps = {
  profile: Profile
  plan: IdentityPlan
  token: TokenChoice | null | undefined
  findings: readonly FieldFinding[]
}

function Block({ title, step, children }: { title: string; step: StepName; children: ReactNode }) {
  return (
    <section className={classes.block} aria-label={title}>
      <div className={classes.blockHead}>
        <h2>{title}</h2>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-label={`Change ${title.toLowerCase()}`}
          onClick={() => toStep(step)}
        >
          Change
        </Button>
      </div>
      {children}
    </section>
  )
}

const signs: Record<Profile['signing']['by'], (name: string) => string> = {
  self: () => 'you sign the certificate yourself in the next step',
  provider: (name) => `${name} signs it and sends the certificate back`,
  'self-service': (name) => `you upload it to ${name}, which signs it at once`,
}

/** Everything in words before the key is made. */
export function ReviewStep({ profile, plan, token, findings }: ReviewStepProps) {
  const vault = useDesk((state) => state.vault)
  const environment = environmentOf(profile, plan.environment)
  const subject = subjectOf(profile, plan)
  const names = sansOf(plan)
  const { days, by } = profile.signing
  const inToken = token === undefined ? null : `in the token${token ? ` “${token.token.label}”` : ''}`
  const where = inToken ?? whereKept(vault?.keptBy ?? 'keychain', vault?.keychain)
  return (
    <>
      <p className={classes.sentence}>
        {plan.sameKey ? (
          <>Countersign takes the same {keyLabel[plan.key]} key once more, and makes a signing request (CSR) for </>
        ) : (
          <>
            Countersign {token?.keyId ? 'takes the' : 'makes a new'} <strong>{keyLabel[plan.key]}</strong> key, {where},
            and {token?.keyId && 'makes '}a signing request (CSR) for{' '}
          </>
        )}
        <strong>
          {profile.name}, {environment?.name}
        </strong>
        . Then {signs[by](called(profile))}
        {days === undefined ? '.' : `, valid for ${daysText(days)}.`}
      </p>
      <ActiveNote profile={profile} plan={plan} />
      <FindingList findings={findings} />
      <Block title="Provider and environment" step="subject">
        <KeyValue
          nameWidth={176}
          pairs={[
            ['Provider', profile.name],
            ['Environment', environment?.name],
            ['Host', hostOf(profile, plan.environment, plan.answers)],
            ['Name in Countersign', plan.name],
          ]}
        />
      </Block>
      <Block title="Subject and names" step="subject">
        <KeyValue
          nameWidth={176}
          pairs={[
            ...subject.map(({ type, value }): [ReactNode, ReactNode] => [
              `${fieldLabels[type as keyof typeof fieldLabels] ?? type} (${type})`,
              value,
            ]),
            names.length > 0 && [
              'Further names',
              names.map((name) => (
                <span key={name} style={{ display: 'block' }}>
                  {name}
                </span>
              )),
            ],
          ]}
        />
        {subject.length === 0 && <p className={classes.sentence}>The subject is empty.</p>}
      </Block>
      <Block title="Key" step="key">
        <KeyValue
          nameWidth={176}
          pairs={[
            ['Key', plan.sameKey ? `${keyLabel[plan.key]}, the same as before` : keyLabel[plan.key]],
            ['Where it rests', inToken ? `${inToken}, and never leaves it` : where],
          ]}
        />
      </Block>
    </>
  )
}
