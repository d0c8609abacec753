import { Button, Tabs } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { useAttach } from '../parts/handover/attach.ts'
import { Lifeline } from '../parts/Lifeline.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretLine } from '../parts/SecretLine.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { remindDaysOf, stateWords } from '../parts/state-words.ts'
import { useLostFocus } from '../parts/take-focus.ts'
import { useToday } from '../parts/use-today.ts'
import { go, useVisit } from '../place.ts'
import { CertificateTab } from './CertificateTab.tsx'
import { ExportTab } from './ExportTab.tsx'
import { HandOverTab } from './HandOverTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { IdentityMenu } from './IdentityMenu.tsx'
import classes from './IdentityPage.module.css'
import { LabelPart } from './LabelPart.tsx'
import { type NextStep, nextStep } from './next-step.ts'
import { RenewalPanel } from './RenewalPanel.tsx'
import { RequestTab } from './RequestTab.tsx'
import { useIdentity } from './use-identity.ts'

type TabName = 'certificate' | 'request' | 'hand-over' | 'export' | 'history'

/** The one thing to do next, as a sentence and a button. */
function NextStepBand({ step, onDo }: { step: NextStep; onDo: () => void }) {
  return (
    <section className={classes.next} aria-label="Next step">
      <span className={classes.nextWords}>{step.says}</span>
      <Button onClick={onDo} variant={step.calm ? 'default' : 'filled'}>
        {step.label}
      </Button>
    </section>
  )
}

function Showing({
  identity,
  profile,
  show,
}: {
  identity: IdentityDetail
  profile: Profile
  show: (one: IdentityDetail) => void
}) {
  const today = useToday()
  const remindDays = remindDaysOf(useDesk((state) => state.settings))
  const [tab, setTab] = useState<TabName>(identity.certificatePem ? 'certificate' : 'request')
  const onAttached = useCallback(
    (attached: IdentityDetail) => {
      show(attached)
      setTab('certificate')
      go({ room: 'identities', identity: attached.handle })
    },
    [show],
  )
  const attach = useAttach(identity.handle, onAttached)
  const { place, visit } = useVisit('identities')
  const heading = useRef<HTMLHeadingElement>(null)
  useLostFocus(heading, identity.handle)

  // Files dropped on this identity come along with the place.
  const dropped = place?.identity === identity.handle ? place.attach : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per visit, whatever is drawn in between
  useEffect(() => {
    if (!dropped) return
    setTab(identity.certificatePem ? 'certificate' : 'request')
    void attach.offer({ by: 'files', files: dropped })
  }, [visit])

  const step = nextStep(identity, profile, today, remindDays)
  const act = () => {
    if (step.does === 'test') go({ room: 'test', identity: identity.handle })
    else if (step.does === 'renew') go({ room: 'create', renews: identity.handle })
    else if (step.does === 'open-successor') go({ room: 'identities', identity: identity.replacedBy })
    else if (step.does === 'open-new') go({ room: 'identities', identity: identity.renewal?.new.handle })
    else if (step.does === 'renewal') document.getElementById('renewal')?.scrollIntoView({ block: 'center' })
    else if (step.does === 'export') setTab('export')
    else if (step.does === 'hand-over') setTab('hand-over')
    else {
      setTab('request')
      requestAnimationFrame(() => document.getElementById('send')?.scrollIntoView({ block: 'nearest' }))
    }
  }
  return (
    <article data-drop-identity={identity.handle} className={classes.page} aria-label={identity.name}>
      <header className={classes.head}>
        <div className={classes.names}>
          <h1 className={classes.name} tabIndex={-1} ref={heading}>
            {identity.name}
          </h1>
          <p className={classes.where}>
            <StateMark {...stateWords(identity, today, remindDays)} />
            <span>
              {identity.providerName}, {identity.environmentName}
            </span>
            {identity.practice && <span>practice certificate</span>}
          </p>
        </div>
        <IdentityMenu identity={identity} onRenamed={show} />
      </header>
      <Lifeline identity={identity} today={today} remindDays={remindDays} size="large" />
      <NextStepBand step={step} onDo={act} />
      {identity.renewal && (
        <RenewalPanel identity={identity} renewal={identity.renewal} profile={profile} today={today} />
      )}
      <LabelPart identity={identity} show={show} />
      <SecretLine keptBy={identity.keptBy} place={identity.keyPlace} />
      <Tabs value={tab} onChange={(value) => setTab(value as TabName)} className={classes.tabs}>
        <Tabs.List>
          <Tabs.Tab value="certificate">Certificate</Tabs.Tab>
          <Tabs.Tab value="request">Request</Tabs.Tab>
          <Tabs.Tab value="hand-over">Hand over</Tabs.Tab>
          <Tabs.Tab value="export">Export</Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="certificate" pt="md">
          <CertificateTab identity={identity} attach={attach} today={today} />
        </Tabs.Panel>
        <Tabs.Panel value="request" pt="md">
          <RequestTab identity={identity} profile={profile} attach={attach} onSigned={onAttached} />
        </Tabs.Panel>
        {tab === 'hand-over' && (
          <Tabs.Panel value="hand-over" pt="md">
            <HandOverTab identity={identity} profile={profile} today={today} show={show} onTab={setTab} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="export" pt="md">
          <ExportTab identity={identity} profile={profile} attachFirst={() => setTab('certificate')} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="md">
          <HistoryTab identity={identity} />
        </Tabs.Panel>
      </Tabs>
    </article>
  )
}

/** Everything about one identity; its next step first. */
export function IdentityPage({ handle, alone }: { handle: string; alone: boolean }) {
  const { screen, show } = useIdentity(handle)
  const providers = useDesk((state) => state.providers)
  const back = alone && (
    <Button
      variant="subtle"
      size="xs"
      className={classes.back}
      leftSection={<IconArrowLeft size={15} aria-hidden />}
      onClick={() => go({ room: 'identities' })}
    >
      All identities
    </Button>
  )
  if (screen.at === 'reading') return null
  if (screen.at === 'refused') {
    return (
      <div className={classes.page}>
        <ProblemNote
          problem={screen.problem}
          action={{ label: 'All identities', run: () => go({ room: 'identities' }) }}
        />
      </div>
    )
  }
  const profile = providers.find((entry) => entry.profile.id === screen.identity.provider)?.profile
  return (
    <>
      {back}
      {profile ? (
        <Showing identity={screen.identity} profile={profile} show={show} />
      ) : (
        <div className={classes.page}>
          <ProblemNote
            problem={{ code: 'plan.provider-unknown', provider: screen.identity.provider }}
            action={{ label: 'Add a provider file', run: () => go({ room: 'settings' }) }}
          />
        </div>
      )}
    </>
  )
}
