import { Button } from '@mantine/core'
import { IconArrowRight, IconCircleCheck } from '@tabler/icons-react'
import { useCallback, useEffect, useRef } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import { maySelfSign } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { AttachPanel } from '../parts/handover/AttachPanel.tsx'
import { useAttach } from '../parts/handover/attach.ts'
import { PracticePanel } from '../parts/handover/PracticePanel.tsx'
import { RequestText } from '../parts/handover/RequestText.tsx'
import { SelfSignPanel } from '../parts/handover/SelfSignPanel.tsx'
import { SendSteps } from '../parts/handover/SendSteps.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { remindDaysOf } from '../parts/state-words.ts'
import { go } from '../place.ts'
import { showDone } from './create-store.ts'
import classes from './Done.module.css'
import { StepBar } from './StepBar.tsx'

type DoneProps = { identity: IdentityDetail; profile: Profile; practice: boolean }

/** The request is there: how it gets to the provider, and what comes back. */
export function Done({ identity, profile, practice }: DoneProps) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const self = profile.signing.by === 'self'
  const signed = identity.certificatePem !== undefined
  const heading = useRef<HTMLHeadingElement>(null)
  const onAttached = useCallback((attached: IdentityDetail) => {
    showDone(attached)
    go({ room: 'identities', identity: attached.handle })
  }, [])
  const attach = useAttach(identity.handle, onAttached)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])

  const practicePanel = <PracticePanel identity={identity} selfSigned={self} attach={attach} />
  return (
    <div data-drop-identity={identity.handle}>
      <header className={classes.bar}>
        <StepBar at={4} />
      </header>
      <div className={classes.body}>
        <div className={classes.head}>
          <IconCircleCheck size={24} stroke={1.6} aria-hidden />
          <div className={classes.words}>
            <h1 className={classes.title} tabIndex={-1} ref={heading}>
              {signed ? 'Certificate ready' : 'Request ready'}: {identity.name}
            </h1>
            <SecretLine keptBy={identity.keptBy} place={identity.keyPlace} />
          </div>
          <Button
            variant={signed ? 'filled' : 'default'}
            rightSection={<IconArrowRight size={16} aria-hidden />}
            onClick={() => go({ room: 'identities', identity: identity.handle })}
          >
            Open the identity
          </Button>
        </div>
        {practice && !self && practicePanel}
        {self && <SelfSignPanel identity={identity} profile={profile} onSigned={showDone} />}
        {practice && self && practicePanel}
        {!self && <RequestText identity={identity} />}
        <SendSteps profile={profile} environment={identity.environment} remindDays={remindDays} />
        {!self && !signed && <AttachPanel identity={identity} attach={attach} />}
        {!self && !signed && maySelfSign(profile) && (
          <SelfSignPanel identity={identity} profile={profile} onSigned={showDone} />
        )}
        {!practice && practicePanel}
        {self && <RequestText identity={identity} />}
      </div>
    </div>
  )
}
