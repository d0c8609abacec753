import { Select, Textarea } from '@mantine/core'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { CallTrust } from '../../shared/calls/listener.ts'
import { useDesk } from '../desk.ts'
import { trustChoices, trustOf, trustValue } from './call-trust.ts'

type Props = {
  label: string
  trust: CallTrust
  authorities: readonly AuthoritySummary[]
  onChange: (trust: CallTrust) => void
}

/** Whom a call believes about the server that it reaches. */
export function ServerTrustField({ label, trust, authorities, onChange }: Props) {
  const listening = useDesk((state) => state.listener !== null)
  return (
    <>
      <Select
        label={label}
        data={[
          // Chosen elsewhere, by somebody who has seen that certificate.
          ...(trust.by === 'once' ? [{ value: 'once', label: 'The certificate it showed' }] : []),
          ...trustChoices(listening || trust.by === 'listener', authorities),
        ]}
        value={trustValue(trust)}
        allowDeselect={false}
        onChange={(value) => value !== null && value !== 'once' && onChange(trustOf(value))}
      />
      {trust.by === 'pem' && (
        <Textarea
          label="CA certificate as PEM"
          placeholder="-----BEGIN CERTIFICATE-----"
          autosize
          minRows={3}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={trust.pem}
          onChange={(event) => onChange({ by: 'pem', pem: event.currentTarget.value })}
        />
      )}
    </>
  )
}
