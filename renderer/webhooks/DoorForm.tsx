import { Button, Checkbox, Select } from '@mantine/core'
import { IconDoor } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import side from '../parts/SideForm.module.css'
import { DoorFile } from './DoorFile.tsx'
import { authorityIn, signing, useDoor } from './door-store.ts'
import { EndpointFields, endpointProblem } from './EndpointFields.tsx'
import { RevokedChoice } from './RevokedChoice.tsx'

function Trusts() {
  const form = useDoor((state) => state.form)
  const change = useDoor((state) => state.change)
  const authorities = useDoor((state) => state.authorities)
  const own = authorityIn(form) !== undefined
  return (
    <>
      <Select
        label="Your door trusts"
        description={
          own
            ? 'Its key signs the throw-away certificates: valid for an hour at most, their key kept nowhere'
            : form.trusts === 'issuer'
              ? 'With the certificate alone a namesake is forged; expired or revoked ones take its key'
              : 'Without it, only strangers can be tried'
        }
        data={[
          ...signing(authorities).map(({ handle, name }) => ({
            value: `authority:${handle}`,
            label: `Your authority “${name}”`,
          })),
          { value: 'issuer', label: 'Another authority: its certificate is in a file' },
          { value: 'unknown', label: 'I do not know' },
        ]}
        value={form.trusts}
        allowDeselect={false}
        onChange={(value) => {
          const mine = value?.startsWith('authority:') === true
          const right = mine ? 'issued' : form.right === 'issued' ? 'none' : form.right
          const revoked = mine ? 'prepared' : form.revoked === 'prepared' ? 'none' : form.revoked
          change({ trusts: value ?? 'unknown', right, revoked })
        }}
      />
      {form.trusts === 'issuer' && <DoorFile use="issuer" label="Choose its certificate" />}
    </>
  )
}

function Right() {
  const form = useDoor((state) => state.form)
  const change = useDoor((state) => state.change)
  const identities = useDesk((state) => state.identities)
  const own = authorityIn(form) !== undefined
  return (
    <>
      <Select
        label="The right one, which must be let in"
        description={form.right === 'none' ? 'Without it a door that refuses everybody looks shut' : undefined}
        data={[
          ...(own ? [{ value: 'issued', label: 'One issued for this check' }] : []),
          ...identities
            .filter(({ notAfter, keyPlace }) => notAfter !== undefined && !keyPlace)
            .map(({ handle, name, providerName }) => ({
              value: `identity:${handle}`,
              label: `${name} (${providerName})`,
            })),
          { value: 'files', label: 'A certificate and its key, from files' },
          { value: 'none', label: 'None' },
        ]}
        value={form.right}
        allowDeselect={false}
        onChange={(value) => change({ right: value ?? 'none' })}
      />
      {form.right === 'files' && <DoorFile use="right" label="Choose the files" />}
    </>
  )
}

function Pinned() {
  const form = useDoor((state) => state.form)
  const change = useDoor((state) => state.change)
  const issued = useDoor((state) => state.issued)
  const authority = authorityIn(form)
  if (authority === undefined) return null
  const own = issued.filter((one) => one.authority === authority && one.here)
  return (
    <>
      <Checkbox
        label="It lets in one client alone"
        description="A name or certificate is pinned: another client of the same authority is presented as well"
        checked={form.pinned}
        onChange={(event) => change({ pinned: event.currentTarget.checked })}
      />
      {form.pinned && (
        <Select
          label="The names it looks for"
          description="The throw-aways get the names of this certificate"
          data={[
            { value: '', label: 'Those of the right one' },
            ...own.map(({ handle, name, subject }) => ({ value: handle, label: name || subject })),
          ]}
          value={form.like}
          allowDeselect={false}
          onChange={(value) => change({ like: value ?? '' })}
        />
      )}
    </>
  )
}

/** What door, what it trusts, and what must be let in. */
export function DoorForm() {
  const form = useDoor((state) => state.form)
  const files = useDoor((state) => state.files)
  const problem = useDoor((state) => state.problem)
  const locked = useDoor((state) => state.locked)
  const screen = useDoor((state) => state.screen)
  const { change, check, cancel, aimAtListener } = useDoor.getState()
  const authorities = useDoor((state) => state.authorities)
  const [asked, setAsked] = useState(false)
  const wrong = endpointProblem(form.url)
  const missing =
    form.trust.by === 'pem' && form.trust.pem.trim() === ''
      ? 'Paste the CA of your server.'
      : form.trusts === 'issuer' && !files.issuer
        ? 'Choose the certificate of the authority.'
        : form.right === 'files' && !files.right
          ? 'Choose the right certificate and its key.'
          : form.revoked === 'files' && !files.revoked
            ? 'Choose the revoked certificate and its key.'
            : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(wrong !== null || missing !== null)
    if (wrong === null && missing === null) void check()
  }
  const running = screen.at === 'running'
  return (
    <form className={side.form} onSubmit={submit} aria-label="Door to check" noValidate>
      <div className={side.fields}>
        <EndpointFields
          form={form}
          placeholder="https://hooks.example.com/"
          authorities={authorities}
          asked={asked}
          onChange={change}
          onAim={aimAtListener}
        />
        <Trusts />
        <Right />
        <RevokedChoice />
        <Pinned />
        {problem && locked === null && <ProblemNote problem={problem} />}
      </div>
      <div className={side.send}>
        {asked && missing && <p role="alert">{missing}</p>}
        {running ? (
          <Button variant="default" fullWidth disabled={screen.cancelling} onClick={() => void cancel()}>
            {screen.cancelling ? 'Stopping …' : 'Stop, and keep what was seen'}
          </Button>
        ) : (
          <Button type="submit" fullWidth leftSection={<IconDoor size={16} stroke={1.6} aria-hidden />}>
            Check the door
          </Button>
        )}
      </div>
    </form>
  )
}
