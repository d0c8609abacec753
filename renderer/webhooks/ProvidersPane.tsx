import { Button, SegmentedControl } from '@mantine/core'
import { IconFileSearch, IconWebhook } from '@tabler/icons-react'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { go } from '../place.ts'
import { ProviderCalls } from './ProviderCalls.tsx'
import classes from './ProvidersPane.module.css'

type Which = 'mine' | 'all'

/** What each provider presents when it calls you, and the addresses it calls from. */
export function ProvidersPane() {
  const providers = useDesk((state) => state.providers)
  const identities = useDesk((state) => state.identities)
  const [chosen, setChosen] = useState<Which | null>(null)

  const own = new Set(identities.map((one) => one.provider))
  const which: Which = chosen ?? (own.size > 0 ? 'mine' : 'all')
  const calling = providers.map((one) => one.profile).filter((one) => one.callsYou.length > 0)
  const silent = providers.map((one) => one.profile).filter((one) => one.callsYou.length === 0)
  const shown = calling.filter((one) => which === 'all' || own.has(one.id))
  const shownSilent = silent.filter((one) => which === 'all' || own.has(one.id))
  return (
    <div className={classes.pane}>
      <div className={classes.bar}>
        {own.size > 0 && (
          <SegmentedControl
            aria-label="Providers shown"
            size="xs"
            value={which}
            onChange={(value) => setChosen(value as Which)}
            data={[
              { value: 'mine', label: 'My providers' },
              { value: 'all', label: 'All' },
            ]}
          />
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileSearch size={16} stroke={1.6} aria-hidden />}
          onClick={() => go({ room: 'inspect' })}
        >
          Inspect what they sent
        </Button>
      </div>
      {shown.length === 0 && (
        <EmptyState
          icon={IconWebhook}
          title="None of your providers describes calls to you"
          says="Providers that call your server, and what they present there, are listed under All."
        >
          <Button variant="default" onClick={() => setChosen('all')}>
            Show all providers
          </Button>
        </EmptyState>
      )}
      {shown.map((profile) => (
        <ProviderCalls key={profile.id} profile={profile} />
      ))}
      {shown.length > 0 && shownSilent.length > 0 && (
        <p className="dim">The pages of {shownSilent.map((one) => one.name).join(' and ')} describe no calls to you.</p>
      )}
    </div>
  )
}
