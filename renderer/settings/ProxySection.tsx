import { Radio } from '@mantine/core'
import { useState } from 'react'
import { isGoverned, type PolicyState } from '../../shared/policy/policy-state.ts'
import type { Settings } from '../../shared/settings.ts'
import { isProxyAddress, proxyAddressHint } from '../../shared/tls/proxy-place.ts'
import { Field } from '../parts/Field.tsx'
import { ManagedNote } from '../parts/ManagedNote.tsx'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import { Section } from './Section.tsx'

type Proxy = Settings['proxy']

/** Which way connection tests take when they choose none of their own. */
export function ProxySection({ proxy, policy }: { proxy: Proxy; policy: PolicyState | null }) {
  const governed = policy !== null && isGoverned(policy, 'proxy')
  const [by, setBy] = useState(proxy.by)
  const [url, setUrl] = useState(proxy.by === 'address' ? proxy.url : '')
  const [error, setError] = useState<string | null>(null)

  const keep = async (chosen: Proxy) => {
    if (JSON.stringify(chosen) !== JSON.stringify(proxy) && (await changeSettings({ proxy: chosen }))) {
      say('Proxy changed')
    }
  }
  const leave = () => {
    if (!isProxyAddress(url)) return setError(`${proxyAddressHint}.`)
    setError(null)
    void keep({ by: 'address', url: url.trim() })
  }
  const choose = (value: Proxy['by']) => {
    setBy(value)
    setError(null)
    // An address is only chosen once there is one.
    if (value !== 'address') void keep({ by: value })
    else if (isProxyAddress(url)) void keep({ by: 'address', url: url.trim() })
  }
  return (
    <Section title="Proxy" says="For connection tests that choose none of their own.">
      <Radio.Group
        label="Proxy"
        labelProps={{ className: 'spoken' }}
        value={by}
        onChange={(value) => choose(value as Proxy['by'])}
      >
        <div style={{ display: 'grid', gap: 6 }}>
          <Radio disabled={governed} value="system" label="The one of this computer, where it names one" />
          <Radio disabled={governed} value="none" label="None: connect directly" />
          <Radio disabled={governed} value="address" label="This one" />
        </div>
      </Radio.Group>
      {by === 'address' && (
        <div style={{ width: 380 }}>
          <Field
            label="Address of the proxy"
            value={url}
            onChange={setUrl}
            onLeave={leave}
            error={error}
            {...(governed && { locked: 'Decided by a policy' })}
            rule="HTTP or HTTPS. User and password are asked for in the test, and stored nowhere."
            mono
          />
        </div>
      )}
      <ManagedNote policy={policy} section="proxy" />
    </Section>
  )
}
