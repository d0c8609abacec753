import { Radio, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { daysText } from './dates.ts'
import { KeyValue } from './KeyValue.tsx'
import classes from './ProviderPicker.module.css'
import { matchingProviders } from './provider-search.ts'
import { tabStop } from './roving.ts'

type ProviderPickerProps = {
  chosen: string | undefined
  onChoose: (provider: string) => void
  /** What can be done with the chosen one. */
  actions?: (profile: Profile) => ReactNode
}

const signedBy: Record<Profile['signing']['by'], string> = {
  self: 'You sign it yourself',
  provider: 'The provider signs it',
  'self-service': 'Signed on the provider’s own page',
}

/** What a provider will ask for, in five lines at most, and who signs. */
function InShort({ profile, actions }: { profile: Profile; actions?: ReactNode }) {
  const { signing } = profile
  return (
    <section className={classes.short} aria-label={`${profile.name} in short`}>
      <h2 className={classes.name}>{profile.name}</h2>
      <p className={classes.summary}>{profile.summary}</p>
      <ul className={classes.lines}>
        {profile.inShort.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className={classes.signs}>
        <KeyValue
          pairs={[
            ['Who signs', signing.who],
            ['Valid for', signing.days === undefined ? undefined : daysText(signing.days)],
            ['Active at a time', signing.maxActive === undefined ? undefined : `at most ${signing.maxActive}`],
          ]}
        />
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  )
}

/** The providers on the left, the chosen one in short on the right. */
export function ProviderPicker({ chosen, onChoose, actions }: ProviderPickerProps) {
  const providers = useDesk((state) => state.providers)
  const [search, setSearch] = useState('')
  const shown = matchingProviders(providers, search)
  const ids = shown.map((entry) => entry.profile.id)
  const profile = providers.find((entry) => entry.profile.id === chosen)?.profile
  return (
    <div className={classes.picker}>
      <div>
        <TextInput
          aria-label="Search providers"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
          mb={8}
        />
        <Radio.Group label="Provider" labelProps={{ className: 'spoken' }} value={chosen ?? null} onChange={onChoose}>
          <div className={classes.list}>
            {shown.map(({ profile: one, builtIn }) => (
              <Radio.Card
                key={one.id}
                value={one.id}
                className={classes.entry}
                aria-labelledby={`provider-${one.id}`}
                aria-describedby={`signs-${one.id}`}
                tabIndex={tabStop(one.id, chosen, ids)}
              >
                <span className={classes.entryName} id={`provider-${one.id}`}>
                  {one.name}
                </span>
                <span className="quiet" id={`signs-${one.id}`}>
                  {builtIn ? signedBy[one.signing.by] : 'Added by you'}
                </span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        {shown.length === 0 && (
          <p className={classes.none}>
            No provider of that name. Choose “Other provider”, or add a provider file in Settings.
          </p>
        )}
      </div>
      {profile ? (
        <InShort profile={profile} actions={actions?.(profile)} />
      ) : (
        <p className={classes.hint}>Choose a provider to see what it asks for and who signs.</p>
      )}
    </div>
  )
}
