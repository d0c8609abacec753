import { Select } from '@mantine/core'
import { useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import classes from './Dialogs.module.css'
import type { ServiceAnswers } from './service-form.ts'

type FieldsProps = { answers: ServiceAnswers; change: (part: Partial<ServiceAnswers>) => void }

/** What cfssl wants to know of who asks, and of what it shall do. */
export function CfsslFields({ answers, change }: FieldsProps) {
  return (
    <>
      <div className={classes.pairs}>
        <Field
          label="Profile"
          value={answers.profile}
          onChange={(profile) => change({ profile })}
          rule="Older servers take their default for a name that they do not know."
          optional
        />
        <Field label="Label" value={answers.label} onChange={(label) => change({ label })} optional />
      </div>
      <SecretField
        label="Authentication key"
        value={answers.authKey}
        onChange={(authKey) => change({ authKey })}
        hint="Hexadecimal: “key” under “auth_keys” in its configuration. Sealed in the vault."
      />
    </>
  )
}

/** What EST wants to know: user and password, or a client certificate. */
export function EstFields({ answers, change }: FieldsProps) {
  const identities = useDesk((state) => state.identities)
  const offered = identities.filter((one) => one.notAfter !== undefined)
  return (
    <div className={classes.pairs}>
      <Field label="User" value={answers.user} onChange={(user) => change({ user })} optional />
      <SecretField
        label="Password"
        value={answers.password}
        onChange={(password) => change({ password })}
        hint="Sealed in the vault."
      />
      <Select
        label="Client certificate"
        placeholder="None"
        data={offered.map(({ handle, name }) => ({ value: handle, label: name }))}
        value={answers.identity}
        onChange={(identity) => change({ identity })}
        clearable
      />
      <Field
        label="Label"
        value={answers.label}
        onChange={(label) => change({ label })}
        rule="Where one address has several authorities."
        optional
      />
    </div>
  )
}
