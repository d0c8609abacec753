import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { environmentOf } from '../../../shared/providers/plan.ts'
import type { Profile } from '../../../shared/providers/profile.ts'
import { desk } from '../../desk.ts'
import { called } from '../called.ts'
import { daysText } from '../dates.ts'
import { KeyValue } from '../KeyValue.tsx'
import { FirewallLines } from './FirewallLines.tsx'
import classes from './SendSteps.module.css'

/** What the provider wants to be sent: a request to sign, or the certificate one has signed oneself. */
const sent = (profile: Profile) => (profile.signing.by === 'self' ? 'certificate' : 'request')

type SendStepsProps = { profile: Profile; environment: string; remindDays?: number }

/** The way to the provider in its own steps, then what comes back. */
export function SendSteps({ profile, environment, remindDays }: SendStepsProps) {
  const { signing, submit } = profile
  const place = environmentOf(profile, environment)
  const addresses = place?.allowList ?? []
  return (
    <div className={classes.columns}>
      <section aria-label={`How to send it to ${called(profile)}`}>
        <h2 className={classes.title}>
          How to send the {sent(profile)} to {called(profile)}
        </h2>
        <ol className={classes.steps}>
          {submit.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {addresses.length > 0 && (
          <FirewallLines provider={profile.name} addresses={addresses} port={place?.port ?? 443} />
        )}
        {submit.url && (
          <Button
            variant="default"
            mt={8}
            rightSection={<IconExternalLink size={15} stroke={1.6} aria-hidden />}
            onClick={() => desk.openPage({ topic: 'provider-submit', provider: profile.id })}
          >
            Open the page of {called(profile)}
          </Button>
        )}
      </section>
      <section aria-label="What happens next">
        <h2 className={classes.title}>What happens next</h2>
        <KeyValue
          pairs={[
            ['Who signs', signing.who],
            ...signing.returns.map(({ file, meaning }): [string, ReactNode] => [
              'Comes back',
              <span key={file}>
                <span className="mono">{file}</span>: {meaning}
              </span>,
            ]),
            ['Valid for', signing.days === undefined ? undefined : daysText(signing.days)],
            [
              'Reminder set',
              remindDays === undefined
                ? undefined
                : `${remindDays} days before it expires, as a notification and in this window`,
            ],
          ]}
        />
      </section>
    </div>
  )
}
