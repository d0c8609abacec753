import { Button, Loader, Select } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type FormEvent, useRef, useState } from 'react'
import { useDesk } from '../desk.ts'
import side from '../parts/SideForm.module.css'
import { AddressField } from './AddressField.tsx'
import { addressProblem } from './address.ts'
import { BlankField } from './BlankField.tsx'
import { blanksIn, fieldIds, missingIn } from './call-form.ts'
import { optionProblems } from './call-options.ts'
import { useCallProfile, useConnect } from './connect-store.ts'
import { KeptBlanks } from './KeptBlanks.tsx'
import { MoreFields } from './MoreFields.tsx'
import { OptionFields } from './OptionFields.tsx'
import { PracticeOffer } from './PracticeOffer.tsx'
import { TrustChoice } from './TrustChoice.tsx'

const none = 'none'

function IdentityChoice() {
  const identities = useDesk((state) => state.identities)
  const identity = useConnect((state) => state.form.identity)
  const takeIdentity = useConnect((state) => state.takeIdentity)
  const running = useConnect((state) => state.screen.at === 'running')
  const labels = identities.map((one) => ({
    value: one.handle,
    label: one.notAfter
      ? `${one.name} (${one.providerName} ${one.environmentName})`
      : `${one.name} (no certificate yet)`,
    disabled: !one.notAfter,
  }))
  return (
    <Select
      id={fieldIds.identity}
      label="Identity"
      description="Whose certificate is sent, if the server asks for one"
      data={[...labels, { value: none, label: 'None: send no certificate' }]}
      value={identity ?? none}
      onChange={(value) => void takeIdentity(value === null || value === none ? null : value)}
      allowDeselect={false}
      disabled={running}
      searchable={identities.length > 8}
      nothingFoundMessage="No identity of that name"
    />
  )
}

/** What is sent where, as whom, and whom to trust there. */
export function CallForm() {
  const form = useConnect((state) => state.form)
  const detail = useConnect((state) => state.detail)
  const send = useConnect((state) => state.send)
  const cancel = useConnect((state) => state.cancel)
  const screen = useConnect((state) => state.screen)
  const profile = useCallProfile()
  const [asked, setAsked] = useState(false)
  const element = useRef<HTMLFormElement>(null)

  const blanks = blanksIn(form, profile)
  const missing = new Set(missingIn(blanks, form, detail?.remembered ?? []).map((blank) => blank.id))
  const wrongAddress = addressProblem(form.url)
  const running = screen.at === 'running'

  // Once the server has said no, stopping ends only the search for the reason: verdict and findings so far stay.
  const searching = running && screen.probes.length > 0
  const stop = searching ? 'Stop here' : 'Cancel'
  const stopping = searching ? 'Stopping' : 'Cancelling'

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    const wrongOption = Object.keys(optionProblems(form.options)).length > 0
    if (wrongOption) useConnect.getState().openOptions(true)
    if (wrongAddress || missing.size > 0 || wrongOption) {
      // The first field that is wrong takes the focus, once its message stands.
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    setAsked(false)
    void send()
  }

  return (
    <form ref={element} className={side.form} onSubmit={submit} aria-label="Call to test" noValidate>
      <div className={side.fields}>
        <IdentityChoice />
        <AddressField asked={asked} says={profile?.firstCall && `${form.method}. ${profile.firstCall.says}`} />
        <PracticeOffer profile={profile} />
        {blanks.map((blank) => (
          <BlankField key={blank.id} blank={blank} missing={asked && missing.has(blank.id)} />
        ))}
        <KeptBlanks blanks={blanks} />
        <TrustChoice />
        <MoreFields />
        <OptionFields />
      </div>
      <div className={side.send}>
        {running ? (
          <Button variant="default" fullWidth onClick={() => void cancel()} disabled={screen.cancelling}>
            {screen.cancelling ? <Loader size={14} aria-label={stopping} /> : stop}
          </Button>
        ) : (
          <Button
            type="submit"
            fullWidth
            disabled={detail?.keyPlace !== undefined}
            leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}
          >
            Send
          </Button>
        )}
      </div>
    </form>
  )
}
