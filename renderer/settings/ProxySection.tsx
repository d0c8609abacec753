import { Radio } from '@mantine/core'
import { useState } from 'react'
import type { Settings } from '../../shared/settings.ts'
import { isProxyAddress, proxyAddressHint } from '../../shared/tls/proxy-place.ts'
import { Field } from '../parts/Field.tsx'
import { say } from '../parts/say.ts'
import { changeSettings } from './change-settings.ts'
import { Section } from './Section.tsx'

type Proxy = Settings['proxy']

/** Which way connection tests take when they choose none of their own. */
export function ProxySection({ proxy }: { proxy: Proxy }) {
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
      <Radio.Group aria-label="Proxy" value={by} onChange={(value) => choose(value as Proxy['by'])}>
        <div style={{ display: 'grid', gap: 6 }}>
          <Radio value="system" label="The one of this computer, where it names one" />
          <Radio value="none" label="None: connect directly" />
          <Radio value="address" label="This one" />
        </div>
      </Radio.Group>
      {by === 'address' && (
        <Field
          label="Address of the proxy"
          value={url}
          onChange={setUrl}
          onLeave={leave}
          error={error}
          rule="HTTP or HTTPS. User and password are asked for in the test, and stored nowhere."
          mono
        />
      )}
    </Section>
  )
}
