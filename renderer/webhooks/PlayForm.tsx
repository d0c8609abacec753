import { Button, Select, Textarea } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { Profile } from '../../shared/providers/profile.ts'
import { useDesk } from '../desk.ts'
import { HeaderFields } from '../parts/HeaderFields.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import side from '../parts/SideForm.module.css'
import { EndpointFields, endpointProblem } from './EndpointFields.tsx'
import { useListen } from './listen-store.ts'
import { type PlayForm as Form, playable, usePlay } from './play-store.ts'

function Who({ profile }: { profile: Profile | undefined }) {
  const providers = useDesk((state) => state.providers)
  const take = usePlay((state) => state.take)
  const call = usePlay((state) => state.form.call)
  const profiles = providers.map((entry) => entry.profile).filter((one) => playable(one).length > 0)
  const calls = profile ? playable(profile) : []
  const sample = calls.find(({ id }) => id === call)?.sample
  return (
    <>
      <Select
        label="Provider"
        data={profiles.map(({ id, name }) => ({ value: id, label: name }))}
        value={profile?.id ?? null}
        allowDeselect={false}
        onChange={(value) => {
          const found = profiles.find(({ id }) => id === value)
          const first = found && playable(found)[0]
          if (found && first) take(found, first)
        }}
      />
      <Select
        label="Way of calling"
        data={calls.map(({ id, name }) => ({ value: id, label: name }))}
        value={call || null}
        allowDeselect={false}
        onChange={(value) => {
          const found = calls.find(({ id }) => id === value)
          if (profile && found) take(profile, found)
        }}
      />
      {sample && (
        <p className={side.says}>
          {sample.name}. {sample.invented}
        </p>
      )}
    </>
  )
}

function CertificateChoice({ profile }: { profile: Profile | undefined }) {
  const certificate = usePlay((state) => state.form.certificate)
  const call = usePlay((state) => state.form.call)
  const change = usePlay((state) => state.change)
  const authorities = useListen((state) => state.authorities)
  const presents = profile?.callsYou.find(({ id }) => id === call)?.presents
  const name = presents?.subject.map(({ field, value }) => `${field}=${value}`).join(', ')
  const value = certificate.by === 'authority' ? `authority:${certificate.authority}` : certificate.by
  return (
    <Select
      label="It presents a certificate"
      description={
        certificate.by === 'none'
          ? 'To see whether your server lets that in'
          : `${name ?? ''}${presents?.invented ? ' (made up: no page names it)' : ''}, valid for a day`
      }
      data={[
        { value: 'practice', label: `Of the practice ${profile?.name ?? 'provider'}` },
        ...authorities.map((one) => ({ value: `authority:${one.handle}`, label: `Of your authority “${one.name}”` })),
        { value: 'none', label: 'None' },
      ]}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => {
        const [by, handle = ''] = (chosen ?? 'practice').split(':')
        change({
          certificate: by === 'authority' ? { by, authority: handle } : { by: by === 'none' ? 'none' : 'practice' },
        })
      }}
    />
  )
}

function SignChoice({ profile }: { profile: Profile | undefined }) {
  const { sign, secret, provider } = usePlay((state) => state.form)
  const change = usePlay((state) => state.change)
  const known = useListen((state) => state.hasSecret && state.setup.provider === provider)
  const checked = useDesk((state) => state.listener?.provider === provider && state.listener.checksSignature)
  const kept = known || checked
  const rule = profile?.webhooks?.signature
  if (!rule) return null
  return (
    <>
      <Select
        label={`It signs the body (${rule.header})`}
        description={
          sign === 'kept' && !kept ? `No ${rule.secret} is kept for the listener: it is left unsigned` : undefined
        }
        data={[
          { value: 'kept', label: `With the ${rule.secret} of the listener` },
          { value: 'secret', label: `With another ${rule.secret}` },
          { value: 'none', label: 'Not at all' },
        ]}
        value={sign}
        allowDeselect={false}
        onChange={(value) => change({ sign: (value ?? 'none') as Form['sign'] })}
      />
      {sign === 'secret' && (
        <SecretField label={rule.secret} value={secret} onChange={(value) => change({ secret: value })} />
      )}
    </>
  )
}

/** As whom, where to, and what. */
export function PlayForm() {
  const form = usePlay((state) => state.form)
  const change = usePlay((state) => state.change)
  const send = usePlay((state) => state.send)
  const cancel = usePlay((state) => state.cancel)
  const aim = usePlay((state) => state.aimAtListener)
  const running = usePlay((state) => state.screen.at === 'running')
  const authorities = useListen((state) => state.authorities)
  const profile = useDesk((state) => state.providers.find((entry) => entry.profile.id === form.provider)?.profile)
  const [asked, setAsked] = useState(false)
  const wrong = endpointProblem(form.url)
  const missing = form.trust.by === 'pem' && form.trust.pem.trim() === '' ? 'Paste the CA of your server.' : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setAsked(wrong !== null || missing !== null)
    if (wrong === null && missing === null) void send()
  }
  return (
    <form className={side.form} onSubmit={submit} aria-label="Webhook to send" noValidate>
      <div className={side.fields}>
        <Who profile={profile} />
        <EndpointFields
          form={form}
          placeholder="https://webhooks.example.com/truv"
          authorities={authorities}
          asked={asked}
          onChange={change}
          onAim={aim}
        />
        <CertificateChoice profile={profile} />
        <SignChoice profile={profile} />
        <Textarea
          label="Body"
          autosize
          minRows={4}
          maxRows={14}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          value={form.body}
          onChange={(event) => change({ body: event.currentTarget.value })}
        />
        <HeaderFields headers={form.headers} onChange={(headers) => change({ headers })} />
      </div>
      <div className={side.send}>
        {asked && missing && <p role="alert">{missing}</p>}
        {running ? (
          <Button variant="default" fullWidth onClick={() => void cancel()}>
            Cancel
          </Button>
        ) : (
          <Button type="submit" fullWidth leftSection={<IconSend size={16} stroke={1.6} aria-hidden />}>
            Call as {profile?.name ?? 'the provider'}
          </Button>
        )}
      </div>
    </form>
  )
}
