import { Checkbox, Select } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { useServerConfig } from './server-config-store.ts'
import type { ServerProblems } from './server-form.ts'

const depths = [
  { value: '0', label: 'None: the root issues the certificate' },
  { value: '1', label: 'One issuing authority' },
  { value: '2', label: 'Two' },
  { value: '3', label: 'Three' },
]

/** Where the files lie on the server, and which of them this app can bring along. */
export function ServerFiles({ problems }: { problems: ServerProblems }) {
  const form = useServerConfig((state) => state.form)
  const authorities = useServerConfig((state) => state.authorities)
  const { change } = useServerConfig.getState()
  const listening = useDesk((state) => state.listener?.provider === form.provider)
  return (
    <>
      <Select
        label="Authority of the callers"
        description={
          form.authority === ''
            ? 'Put its certificate, up to the root, at the path below'
            : 'Its certificate and its list are saved along, under the names below'
        }
        data={[
          { value: '', label: 'The provider’s, or another' },
          ...authorities.map(({ handle, name }) => ({ value: handle, label: `Your authority “${name}”` })),
        ]}
        value={form.authority}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = authorities.find(({ handle }) => handle === value)
          const depth = chosen ? (chosen.kind === 'root' ? '0' : '1') : form.depth
          change({ authority: value ?? '', depth })
        }}
      />
      <Field
        label="Its certificate, on the server"
        mono
        value={form.clientCa}
        error={problems.clientCa ?? null}
        onChange={(clientCa) => change({ clientCa })}
      />
      {form.checkCrl && (
        <Field
          label="Its revocation list, on the server"
          mono
          value={form.crl}
          error={problems.crl ?? null}
          onChange={(crl) => change({ crl })}
        />
      )}
      <Select
        label="Authorities between the caller’s certificate and the root"
        data={depths}
        value={form.depth}
        allowDeselect={false}
        onChange={(value) => change({ depth: value ?? '1' })}
      />
      <Field
        label="Your server certificate, with its chain"
        mono
        value={form.certificate}
        error={problems.certificate ?? null}
        onChange={(certificate) => change({ certificate })}
      />
      <Field
        label="Its private key"
        mono
        value={form.key}
        error={problems.key ?? null}
        onChange={(key) => change({ key })}
      />
      {(listening || form.listener) && (
        <Checkbox
          label="Save the listener’s certificate and key along"
          description="The key is written for your eyes only (0600)"
          checked={form.listener}
          onChange={(event) => change({ listener: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
