import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Profile } from '../../shared/providers/profile.ts'
import { desk } from '../desk.ts'
import { CopyIcon } from '../parts/CopyText.tsx'
import classes from './ProvidersPane.module.css'

function SourceLink({ profile, source }: { profile: Profile; source: string | undefined }) {
  const found = source === undefined ? undefined : profile.sources[source]
  if (source === undefined || !found) return null
  return (
    <Anchor
      component="button"
      type="button"
      fz={12}
      className={classes.source}
      onClick={() => void desk.openPage({ topic: 'provider-source', provider: profile.id, source })}
    >
      {found.title}
      <IconExternalLink size={13} stroke={1.6} role="img" aria-label="opens in the browser" />
    </Anchor>
  )
}

/** The calls one provider makes to you, and the addresses they come from. */
export function ProviderCalls({ profile }: { profile: Profile }) {
  const open = profile.environments.filter((environment) => environment.allowList.length > 0)
  const { signature, answerWithinSeconds: within } = profile.webhooks ?? {}
  return (
    <section className={classes.provider} aria-labelledby={`calls-${profile.id}`}>
      <h2 id={`calls-${profile.id}`}>{profile.name}</h2>
      <dl className={classes.calls}>
        {profile.callsYou.map((call) => (
          <div key={call.id}>
            <dt>{call.name}</dt>
            <dd>
              {call.says}
              <SourceLink profile={profile} source={call.source} />
            </dd>
          </div>
        ))}
        {signature && !profile.callsYou.some(({ id }) => id.includes('signature')) && (
          <div>
            <dt>Webhook signature</dt>
            <dd>
              Each webhook carries {signature.header}: {signature.prefix}HMAC-SHA256 of the raw body in hex, keyed with
              the {signature.secret}.
              <SourceLink profile={profile} source={signature.source} />
            </dd>
          </div>
        )}
        {within !== undefined && (
          <div>
            <dt>Answer</dt>
            <dd>
              Waited for {within} seconds.
              <SourceLink profile={profile} source={profile.webhooks?.source} />
            </dd>
          </div>
        )}
        {open.map((environment) => (
          <div key={environment.id}>
            <dt>Firewall, {environment.name}</dt>
            <dd>
              Addresses the provider publishes for allow-lists:
              <span className={classes.addresses}>
                <span className="mono">{environment.allowList.join(', ')}</span>
                <CopyIcon
                  text={environment.allowList.join('\n')}
                  what={`addresses of ${profile.name} ${environment.name}`}
                />
              </span>
              <SourceLink profile={profile} source={environment.source} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
