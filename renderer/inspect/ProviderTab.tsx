import { Loader, Select } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { create } from 'zustand'
import type { Finding } from '../../shared/findings.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { ProviderEntry } from '../../shared/providers/provider-entry.ts'
import { desk, useDesk } from '../desk.ts'
import { FindingList } from '../parts/FindingList.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { useAnswer } from '../parts/use-answer.ts'
import classes from './Asking.module.css'
import { isOwn, type Listing } from './listing.ts'

type Choice = { provider: string; environment: string }

/** What was chosen last: several objects are mostly for one provider. */
const useChoice = create<{ choice: Choice | null }>(() => ({ choice: null }))

/** The provider of the identity it belongs to, else the one chosen last. */
function useStart(object: InspectedObject, listing: Listing): Choice | null {
  const identities = useDesk((state) => state.identities)
  const last = useChoice((state) => state.choice)
  const own = listing.mine.get(object.id)?.find(isOwn)
  const identity = identities.find((one) => one.handle === own?.identity)
  return last ?? (identity ? { provider: identity.provider, environment: identity.environment } : null)
}

/** What a provider's rules say to a certificate or request. */
export function ProviderTab({ object, listing }: { object: InspectedObject; listing: Listing }) {
  const providers = useDesk((state) => state.providers)
  const choice = useStart(object, listing)
  const profile = providers.find((entry) => entry.profile.id === choice?.provider)?.profile
  const environment = profile?.environments.find((one) => one.id === choice?.environment) ?? profile?.environments[0]
  const choose = (provider: string | null, wanted?: string | null) => {
    const chosen = providers.find((entry) => entry.profile.id === provider)?.profile
    const fallback = chosen?.environments[0]?.id
    if (chosen && fallback) useChoice.setState({ choice: { provider: chosen.id, environment: wanted ?? fallback } })
  }
  return (
    <div className={classes.asking}>
      <div className={classes.fields}>
        <Select
          label="Provider"
          placeholder="Whose rules to check against"
          data={providers.map(({ profile: { id, name } }: ProviderEntry) => ({ value: id, label: name }))}
          value={profile?.id ?? null}
          onChange={(value) => choose(value)}
          allowDeselect={false}
        />
        <Select
          label="Environment"
          data={profile?.environments.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={environment?.id ?? null}
          onChange={(value) => choose(profile?.id ?? null, value)}
          disabled={!profile}
          allowDeselect={false}
        />
      </div>
      {profile && environment ? (
        <Judgement object={object} inspection={listing.inspection} profile={profile} environment={environment} />
      ) : (
        <p className="dim">Choose a provider: its rules about names, key, dates and purposes are then checked here.</p>
      )}
    </div>
  )
}

type JudgementProps = {
  object: InspectedObject
  inspection: string
  profile: Profile
  environment: Profile['environments'][number]
}

function Judgement({ object, inspection, profile, environment }: JudgementProps) {
  const key = `${inspection} ${object.id} ${profile.id} ${environment.id}`
  const choice = { provider: profile.id, environment: environment.id }
  const { answered, isFresh, isLate } = useAnswer(key, () =>
    desk.openObject({ inspection, object: object.id, profile: choice }),
  )
  if (!answered || (!isFresh && isLate)) return isLate ? <Loader size={16} aria-label="Checking" /> : null
  if (!answered.answer.ok) return <ProblemNote problem={answered.answer.problem} />
  const findings: readonly Finding[] = answered.answer.value.judgement?.findings ?? []
  // The page names no address, only which of the provider's sources is meant.
  const openSource = ({ source }: Finding) => {
    const key = Object.keys(profile.sources).find((one) => profile.sources[one]?.title === source?.title)
    if (key !== undefined) void desk.openPage({ topic: 'provider-source', provider: profile.id, source: key })
  }
  const title = `By the rules of ${profile.name}, ${environment.name}`
  const what = object.kind === 'request' ? 'request' : 'certificate'
  return (
    <section aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {findings.length === 0 ? (
        <p className={classes.verdict} data-outcome="fits">
          <IconCircleCheck size={18} stroke={1.8} aria-hidden />
          Nothing in these rules speaks against this {what}
        </p>
      ) : (
        <FindingList findings={findings} openSource={openSource} />
      )}
    </section>
  )
}
