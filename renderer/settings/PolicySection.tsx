import type { PolicyState } from '../../shared/policy/policy-state.ts'
import { KeyValue } from '../parts/KeyValue.tsx'
import classes from './Section.module.css'
import { Section } from './Section.tsx'

/** What an organisation decides on this computer, all of it in one place. Nothing where it decides nothing. */
export function PolicySection({ policy: state }: { policy: PolicyState | null }) {
  if (!state || state.state === 'none') return null
  const { file, policy, faults } = state
  const decided: [string, string][] = [['File', file]]
  if (policy.trust) {
    const count = `${policy.trust.files.length} ${policy.trust.files.length === 1 ? 'file' : 'files'}`
    decided.push(['Trust', policy.trust.roots === 'only' ? `only the roots in ${count}` : `also the roots in ${count}`])
  }
  if (policy.proxy) decided.push(['Proxy', policy.proxy.url ?? (policy.proxy.by === 'none' ? 'none' : 'the system’s')])
  if (policy.providers) {
    const { allow, own } = policy.providers
    const offered = allow ? `only ${allow.join(', ')}` : 'all'
    decided.push(['Providers', own === false ? `${offered}; no files of your own` : offered])
  }
  if (policy.updates)
    decided.push(['Updates', policy.updates.enabled === false ? 'off' : (policy.updates.feed ?? 'on')])
  if (policy.export?.unprotectedKeys === false) decided.push(['Keys', 'leave only under a passphrase'])
  if (policy.passphrase) decided.push(['Passphrases', `at least ${policy.passphrase.minimum} characters`])
  return (
    <Section title="Policy" says={`What ${policy.organisation ?? 'your organisation'} decides on this computer.`}>
      <KeyValue pairs={decided} />
      {faults.length > 0 && (
        <ul className={classes.words}>
          {faults.map((fault) => (
            <li key={`${fault.line}:${fault.field}`}>
              {fault.line !== undefined && `Line ${fault.line}: `}
              {fault.field} {fault.why}
              {fault.governs.length > 0 && `. Refused until it is mended: ${fault.governs.join(', ')}`}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
