import { Radio, Textarea } from '@mantine/core'
import { useDesk } from '../desk.ts'
import classes from './CallForm.module.css'
import { type CallForm, fieldIds } from './call-form.ts'
import { useConnect } from './connect-store.ts'

/** Whom to believe that the server is the right one. */
export function TrustChoice() {
  const trust = useConnect((state) => state.form.trust)
  const trustPem = useConnect((state) => state.form.trustPem)
  const change = useConnect((state) => state.change)
  const kept = useConnect((state) => state.detail?.serverCaPem !== undefined)
  const practice = useDesk((state) => state.practice)
  return (
    <Radio.Group
      label="Who vouches for the server"
      value={trust}
      onChange={(value) => change({ trust: value as CallForm['trust'] })}
    >
      <div className={classes.trust}>
        <Radio value="system" label="This computer’s roots" />
        {kept && <Radio value="provider" label="The provider’s own CA" />}
        {(practice || trust === 'practice') && (
          <Radio value="practice" label="The practice provider’s CA" disabled={!practice} />
        )}
        {trust === 'once' && <Radio value="once" label="The certificate it showed, for one test" />}
        <Radio value="pem" label="Another CA, pasted here" />
        {trust === 'pem' && (
          <Textarea
            id={fieldIds.ca}
            label="CA certificate as PEM"
            placeholder="-----BEGIN CERTIFICATE-----"
            autosize
            minRows={3}
            maxRows={8}
            spellCheck={false}
            classNames={{ input: 'mono' }}
            value={trustPem}
            onChange={(event) => change({ trustPem: event.currentTarget.value })}
          />
        )}
      </div>
    </Radio.Group>
  )
}
