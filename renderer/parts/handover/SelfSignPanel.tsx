import { Button, Select } from '@mantine/core'
import { useState } from 'react'
import type { IdentityDetail } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import type { Profile } from '../../../shared/providers/profile.ts'
import { desk, refreshIdentities } from '../../desk.ts'
import { CopyButton } from '../CopyText.tsx'
import { called } from '../called.ts'
import { daysText } from '../dates.ts'
import { ProblemNote } from '../ProblemNote.tsx'
import { say } from '../say.ts'
import { SaveButton } from './SaveButton.tsx'
import classes from './SelfSignPanel.module.css'

type SelfSignPanelProps = {
  identity: Pick<IdentityDetail, 'handle' | 'certificatePem'>
  profile: Profile
  onSigned: (identity: IdentityDetail) => void
}

const usual = [365, 730, 1095]

/** For providers that take a certificate one has signed oneself: choose how long it is valid, and sign. */
export function SelfSignPanel({ identity, profile, onSigned }: SelfSignPanelProps) {
  const offered = profile.signing.offeredDays ?? usual
  const [days, setDays] = useState(String(offered.includes(365) ? 365 : offered[0]))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const sign = async () => {
    setBusy(true)
    setProblem(null)
    const done = await desk.selfSign({ identity: identity.handle, days: Number(days) })
    setBusy(false)
    if (!done.ok) return setProblem(done.problem)
    say('Certificate signed')
    void refreshIdentities()
    onSigned(done.value)
  }
  return (
    <section className={classes.panel} aria-label="Sign it yourself">
      <p className={classes.words}>
        {profile.signing.by === 'self'
          ? `${called(profile)} takes a certificate that you sign yourself (self-signed). Upload the certificate; the key stays here.`
          : 'Where the provider takes it, you can also sign the certificate yourself (self-signed) and hand that in.'}
      </p>
      <div className={classes.form}>
        <Select
          label="Valid for"
          data={offered.map((one) => ({ value: String(one), label: daysText(one) }))}
          value={days}
          onChange={(value) => value && setDays(value)}
          allowDeselect={false}
          w={160}
        />
        <Button
          onClick={sign}
          loading={busy}
          variant={identity.certificatePem || profile.signing.by !== 'self' ? 'default' : 'filled'}
        >
          {identity.certificatePem ? 'Sign again' : 'Make self-signed certificate'}
        </Button>
        {identity.certificatePem && (
          <>
            <CopyButton text={identity.certificatePem} what="certificate" />
            <SaveButton what="certificate" identity={identity.handle} onProblem={setProblem} />
          </>
        )}
      </div>
      {problem && <ProblemNote problem={problem} />}
    </section>
  )
}
