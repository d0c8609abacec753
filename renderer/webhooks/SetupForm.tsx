import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { isLoopback } from '../../shared/webhooks/setup.ts'
import { useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import side from '../parts/SideForm.module.css'
import { go } from '../place.ts'
import { AnswerFields } from './AnswerFields.tsx'
import { DemandFields } from './DemandFields.tsx'
import classes from './ListenPane.module.css'
import { missingOf, useListen } from './listen-store.ts'
import { MoreSetup } from './MoreSetup.tsx'
import { SecretPart } from './SecretPart.tsx'
import { choiceValue, serverChoices, serverOf } from './setup-choices.ts'

function ProviderAndPort() {
  const providers = useDesk((state) => state.providers)
  const { provider, port } = useListen((state) => state.setup)
  const open = useListen((state) => state.open)
  const change = useListen((state) => state.change)
  const calling = providers.map(({ profile }) => profile).filter(({ callsYou }) => callsYou.length > 0)
  return (
    <div className={classes.pair}>
      <Select
        label="Webhooks of"
        data={calling.map(({ id, name }) => ({ value: id, label: name }))}
        value={provider}
        allowDeselect={false}
        onChange={(value) => value !== null && void open(value)}
      />
      <NumberInput
        label="Port"
        value={port}
        min={1}
        max={65535}
        hideControls
        allowDecimal={false}
        onChange={(value) => change({ port: Number(value) || 0 })}
      />
    </div>
  )
}

function AddressChoice() {
  const { address } = useListen((state) => state.setup)
  const addresses = useListen((state) => state.addresses)
  const change = useListen((state) => state.change)
  const known = addresses.some((one) => one.address === address)
  return (
    <>
      <Select
        label="Listen at"
        data={[
          ...addresses.map((one) => ({
            value: one.address,
            label: one.kind === 'loopback' ? `${one.address}, this computer` : `${one.address}, network (${one.name})`,
          })),
          ...(known ? [] : [{ value: address, label: `${address}, not there now` }]),
        ]}
        value={address}
        allowDeselect={false}
        onChange={(value) => value !== null && change({ address: value })}
      />
      {!isLoopback(address) && (
        <div className={classes.network} role="note">
          <p>
            At this address every computer of the network can call the listener, and what it sends is kept here. You are
            asked once more at the start.
          </p>
        </div>
      )}
    </>
  )
}

function ServerChoice({ providerName }: { providerName: string }) {
  const { server, names } = useListen((state) => state.setup)
  const authorities = useListen((state) => state.authorities)
  const identities = useDesk((state) => state.identities)
  const change = useListen((state) => state.change)
  const [typed, setTyped] = useState(names.join(', '))
  return (
    <>
      <Select
        label="It shows the certificate"
        description={
          server.by === 'practice'
            ? 'Nobody else trusts it: for trying out on this computer'
            : server.by === 'authority'
              ? 'Issued at the start for this address, and in your book'
              : undefined
        }
        data={serverChoices(providerName, authorities, identities)}
        value={choiceValue(server)}
        allowDeselect={false}
        onChange={(value) => value !== null && change({ server: serverOf(value) })}
      />
      {server.by === 'authority' && (
        <TextInput
          label="Names in it"
          description="Beside the address, where the caller uses a name"
          placeholder="webhooks.example.com"
          value={typed}
          spellCheck={false}
          onChange={(event) => {
            const text = event.currentTarget.value
            setTyped(text)
            const list = text.toLowerCase().split(/[\s,]+/)
            change({ names: list.filter((name) => /^[a-z0-9.-]{1,253}$/.test(name)).slice(0, 10) })
          }}
        />
      )}
    </>
  )
}

/** What a listener needs to be told; for a first try nothing has to be changed. */
export function SetupForm() {
  const setup = useListen((state) => state.setup)
  const problem = useListen((state) => state.problem)
  const busy = useListen((state) => state.busy)
  const start = useListen((state) => state.start)
  const answer = useListen((state) => state.change)
  const missing = useListen((state) => missingOf(state))
  const [asked, setAsked] = useState(false)
  const name = useDesk((state) => state.providers.find(({ profile }) => profile.id === setup.provider)?.profile.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(missing !== null)
    if (missing === null) void start()
  }
  return (
    <form className={side.form} onSubmit={submit} aria-label="Listener" noValidate key={setup.provider}>
      <div className={side.fields}>
        <ProviderAndPort />
        <AddressChoice />
        <ServerChoice providerName={name ?? setup.provider} />
        <DemandFields providerName={name ?? setup.provider} />
        {(setup.demand.by === 'pem' || setup.demand.by === 'authority') && (
          <Field
            label="Only with the name"
            optional
            mono
            rule="Common name or DNS name. Needed below a public authority, which signs for everybody."
            value={setup.clientName ?? ''}
            onChange={(value) => answer({ clientName: value.trim() === '' ? undefined : value.trim() })}
          />
        )}
        <SecretPart />
        <AnswerFields value={setup.answer} onChange={(value) => answer({ answer: value })} />
        <MoreSetup />
      </div>
      <div className={side.send}>
        {problem && (
          <ProblemNote
            problem={problem}
            action={
              problem.code === 'vault.not-set-up' || problem.code === 'vault.locked'
                ? { label: 'Go to the vault', run: () => go({ room: 'settings' }) }
                : undefined
            }
          />
        )}
        {asked && missing && <p role="alert">{missing}</p>}
        <Button type="submit" loading={busy} leftSection={<IconPlayerPlay size={16} stroke={1.6} aria-hidden />}>
          Start listening
        </Button>
      </div>
    </form>
  )
}
