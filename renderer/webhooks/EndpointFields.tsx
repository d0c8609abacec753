import { Button } from '@mantine/core'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { CallTrust } from '../../shared/calls/listener.ts'
import { useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import classes from './PlayPane.module.css'
import { ServerTrustField } from './ServerTrustField.tsx'

type EndpointFieldsProps = {
  form: { url: string; trust: CallTrust }
  placeholder: string
  authorities: readonly AuthoritySummary[]
  /** A wrong address is told once the call was asked for. */
  asked: boolean
  onChange: (changed: Partial<EndpointFieldsProps['form']>) => void
  /** Takes the address of one’s own listener. */
  onAim: () => void
}

/** Why an address cannot be called, in words. */
export const endpointProblem = (url: string): string | null =>
  URL.canParse(url) && new URL(url).protocol === 'https:' ? null : 'An address that begins with https://'

/** The server of one’s own that is called, and whom the call believes about it. */
export function EndpointFields({ form, placeholder, authorities, asked, onChange, onAim }: EndpointFieldsProps) {
  const listener = useDesk((state) => state.listener)
  return (
    <>
      <Field
        label="Your endpoint"
        mono
        placeholder={placeholder}
        error={asked ? endpointProblem(form.url) : null}
        value={form.url}
        onChange={(url) => onChange({ url: url.trim() })}
      />
      {listener !== null && !form.url.startsWith(listener.url) && (
        <Button className={classes.aim} size="compact-xs" variant="subtle" onClick={onAim}>
          Use my listener
        </Button>
      )}
      <ServerTrustField
        label="Who vouches for your server"
        trust={form.trust}
        authorities={authorities}
        onChange={(trust) => onChange({ trust })}
      />
    </>
  )
}
