import type { Profile } from '../../shared/providers/profile.ts'
import { CopyIcon } from '../parts/CopyText.tsx'
import { SourceLink } from '../parts/SourceLink.tsx'
import classes from './ProvidersPane.module.css'

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
              <div className={classes.source}>
                <SourceLink profile={profile} source={call.source} />
              </div>
            </dd>
          </div>
        ))}
        {signature && !profile.callsYou.some(({ id }) => id.includes('signature')) && (
          <div>
            <dt>Webhook signature</dt>
            <dd>
              Each webhook carries {signature.header}: {signature.prefix}HMAC-SHA256 of the raw body in hex, keyed with
              the {signature.secret}.
              <div className={classes.source}>
                <SourceLink profile={profile} source={signature.source} />
              </div>
            </dd>
          </div>
        )}
        {within !== undefined && (
          <div>
            <dt>Answer</dt>
            <dd>
              Waited for {within} seconds.
              <div className={classes.source}>
                <SourceLink profile={profile} source={profile.webhooks?.source} />
              </div>
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
              <div className={classes.source}>
                <SourceLink profile={profile} source={environment.source} />
              </div>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
