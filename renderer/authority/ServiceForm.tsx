import { Checkbox, SegmentedControl, Textarea } from '@mantine/core'
import { Field } from '../parts/Field.tsx'
import { CfsslFields, EstFields } from './ServiceFields.tsx'
import { isPlainHttp, type ServiceAnswers } from './service-form.ts'

type Props = {
  answers: ServiceAnswers
  change: (part: Partial<ServiceAnswers>) => void
  /** The service of an authority that is here already: its kind stays. */
  fixed: boolean
}

/** How a signing service is reached, and what proves us to it. */
export function ServiceForm({ answers, change, fixed }: Props) {
  return (
    <>
      {fixed ? (
        <p className="dim">
          The same authority has to be behind it. A secret left empty stays as it is, unless the address or the
          authority of its server is another one.
        </p>
      ) : (
        <>
          <p className="dim">
            Where your company already runs a service that signs, its key stays there. Requests are sent to it, and what
            comes back is checked before it is kept.
          </p>
          <SegmentedControl
            aria-label="Kind of service"
            value={answers.at}
            onChange={(at) => change({ at: at as ServiceAnswers['at'] })}
            data={[
              { value: 'cfssl', label: 'cfssl' },
              { value: 'est', label: 'EST (RFC 7030)' },
            ]}
          />
        </>
      )}
      <Field
        label="Address"
        value={answers.url}
        onChange={(url) => change({ url })}
        placeholder={answers.at === 'cfssl' ? 'https://ca.example.com:8888' : 'https://est.example.com'}
        rule={answers.at === 'cfssl' ? 'Without /api/v1/cfssl.' : 'Without /.well-known/est.'}
        mono
        autoFocus
      />
      {isPlainHttp(answers) && answers.at === 'cfssl' && (
        <Checkbox
          label="Call this address without encryption"
          description="Anybody on the way reads the requests, and can answer in the place of the service."
          checked={answers.plainHttp}
          onChange={(event) => change({ plainHttp: event.currentTarget.checked })}
        />
      )}
      {answers.at === 'cfssl' ? (
        <CfsslFields answers={answers} change={change} />
      ) : (
        <EstFields {...{ answers, change }} />
      )}
      <Textarea
        label="Authority of the service’s server certificate"
        description="PEM. Left empty, this computer’s own roots count."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="-----BEGIN CERTIFICATE-----"
        value={answers.serverCaPem}
        onChange={(event) => change({ serverCaPem: event.currentTarget.value })}
        minRows={2}
        maxRows={4}
        autosize
        spellCheck={false}
        classNames={{ input: 'mono' }}
      />
    </>
  )
}
