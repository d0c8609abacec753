import type { IdentityDetail } from '../../shared/identity.ts'
import { maySelfSign } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { FactList } from '../parts/FactList.tsx'
import { AttachPanel } from '../parts/handover/AttachPanel.tsx'
import type { Attach } from '../parts/handover/attach.ts'
import { PracticePanel } from '../parts/handover/PracticePanel.tsx'
import { RequestText } from '../parts/handover/RequestText.tsx'
import { SelfSignPanel } from '../parts/handover/SelfSignPanel.tsx'
import { SendSteps } from '../parts/handover/SendSteps.tsx'
import { remindDaysOf } from '../parts/state-words.ts'
import classes from './Tabs.module.css'

type RequestTabProps = {
  identity: IdentityDetail
  profile: Profile
  attach: Attach
  onSigned: (identity: IdentityDetail) => void
}

/** The request, the way to the provider and back. */
export function RequestTab({ identity, profile, attach, onSigned }: RequestTabProps) {
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const waiting = identity.certificatePem === undefined
  const self = profile.signing.by === 'self'
  return (
    <div className={classes.stack} id="send">
      {self && <SelfSignPanel identity={identity} profile={profile} onSigned={onSigned} />}
      {!self && <SendSteps profile={profile} environment={identity.environment} remindDays={remindDays} />}
      {waiting && !self && <AttachPanel identity={identity} attach={attach} />}
      {!self && waiting && maySelfSign(profile) && (
        <SelfSignPanel identity={identity} profile={profile} onSigned={onSigned} />
      )}
      <PracticePanel identity={identity} selfSigned={self} attach={attach} />
      {self && <SendSteps profile={profile} environment={identity.environment} remindDays={remindDays} />}
      <RequestText identity={identity} />
      <section aria-label="Request facts">
        <FactList facts={identity.requestFacts} />
      </section>
    </div>
  )
}
