import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { Folded } from '../parts/Folded.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { fieldIds } from './call-form.ts'
import { type CallOptions, optionProblems, unusual } from './call-options.ts'
import { useConnect } from './connect-store.ts'

type ChoiceName = 'sni' | 'versions' | 'family' | 'http' | 'proxy'

const choices: Record<ChoiceName, { value: string; label: string }[]> = {
  sni: [
    { value: 'host', label: 'The host of the address' },
    { value: 'other', label: 'Another name' },
    { value: 'none', label: 'None' },
  ],
  versions: [
    { value: '', label: '1.2 and 1.3' },
    { value: 'TLSv1.3', label: '1.3 only' },
    { value: 'TLSv1.2', label: '1.2 only' },
  ],
  family: [
    { value: '', label: 'IPv6 and IPv4' },
    { value: '4', label: 'IPv4 only' },
    { value: '6', label: 'IPv6 only' },
  ],
  http: [
    { value: '', label: 'HTTP/1.1' },
    { value: 'both', label: 'HTTP/2 or HTTP/1.1' },
    { value: 'h2', label: 'HTTP/2 only' },
  ],
  proxy: [
    { value: '', label: 'As in the settings' },
    { value: 'none', label: 'None' },
    { value: 'system', label: 'The one of this computer' },
    { value: 'address', label: 'This one' },
  ],
}

/** How to connect: rarely needed, so folded away; what differs from the usual stands in the line all the same. */
export function OptionFields() {
  const options = useConnect((state) => state.form.options)
  const change = useConnect((state) => state.change)
  const open = useConnect((state) => state.optionsOpen)
  const openOptions = useConnect((state) => state.openOptions)
  const set = (part: Partial<CallOptions>) => change({ options: { ...options, ...part } })
  const wrong = optionProblems(options)
  const different = unusual(options)

  const select = (name: ChoiceName, label: string) => (
    <NativeSelect
      id={name === 'proxy' ? fieldIds.proxy : undefined}
      label={label}
      data={choices[name]}
      value={options[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  const text = (
    name: 'connectTo' | 'serverName' | 'proxyUrl' | 'proxyUser' | 'timeoutS',
    label: string,
    hint?: string,
  ) => (
    <TextInput
      id={name === 'proxyUser' ? fieldIds.proxyUser : undefined}
      label={label}
      placeholder={hint}
      spellCheck={false}
      value={options[name]}
      error={wrong[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <Folded
      title="Connection"
      says={different.length > 0 ? different.join(', ') : 'as usual'}
      open={open}
      onToggle={openOptions}
    >
      {text('connectTo', 'Connect to another place', '192.0.2.7:8443')}
      {select('sni', 'Name said to the server (SNI)')}
      {options.sni === 'other' && text('serverName', 'That name', 'api.example.com')}
      {select('versions', 'TLS versions')}
      {select('http', 'HTTP versions offered (ALPN)')}
      {select('family', 'Addresses')}
      {select('proxy', 'Proxy')}
      {options.proxy === 'address' && text('proxyUrl', 'Address of the proxy', 'http://proxy.example.com:3128')}
      {options.proxy !== 'none' && (
        <>
          {text('proxyUser', 'User at the proxy, if it asks')}
          {options.proxyUser !== '' && (
            <SecretField
              label="Password at the proxy"
              hint="Kept in memory until the app ends, and stored nowhere"
              value={options.proxyPassword}
              onChange={(proxyPassword) => set({ proxyPassword })}
            />
          )}
        </>
      )}
      {text('timeoutS', 'Give up after, in seconds')}
      <Checkbox
        label="After a refusal, find out more by up to six further connections"
        description="Without your headers, body and tokens"
        checked={options.probes}
        onChange={(event) => set({ probes: event.currentTarget.checked })}
      />
    </Folded>
  )
}
