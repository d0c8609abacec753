import { Button, Checkbox, Select } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { serverKinds, serverName, withoutUpstream } from '../../shared/serverconfig/server-configuration.ts'
import type { ServerKind } from '../../shared/serverconfig/server-wish.ts'
import { useDesk } from '../desk.ts'
import { Field } from '../parts/Field.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import side from '../parts/SideForm.module.css'
import listen from './ListenPane.module.css'
import { SaveConfiguration } from './SaveConfiguration.tsx'
import { ServerFiles } from './ServerFiles.tsx'
import { callerOf, calling, useServerConfig } from './server-config-store.ts'
import type { ServerForm as Form, ServerProblems } from './server-form.ts'

type Props = { problems: ServerProblems }

function Who() {
  const providers = useDesk((state) => state.providers)
  const { provider, call } = useServerConfig((state) => state.form)
  const take = useServerConfig((state) => state.take)
  const profiles = providers.map((entry) => entry.profile).filter((one) => calling(one).length > 0)
  const calls = profiles.flatMap((profile) => calling(profile).map((one) => ({ profile, one })))
  const chosen = calls.find(({ profile, one }) => profile.id === provider && one.id === call)
  return (
    <Select
      label="Who calls"
      description={chosen?.one.says}
      data={profiles.map((profile) => ({
        group: profile.name,
        items: calling(profile).map(({ id, name }) => ({ value: `${profile.id}:${id}`, label: name })),
      }))}
      value={chosen ? `${provider}:${call}` : null}
      allowDeselect={false}
      onChange={(value) => {
        const found = calls.find(({ profile, one }) => `${profile.id}:${one.id}` === value)
        if (found) take(found.profile, found.one)
      }}
    />
  )
}

function PinFields({ problems }: Props) {
  const form = useServerConfig((state) => state.form)
  const pinned = useServerConfig((state) => state.pinned)
  const { change, choosePin } = useServerConfig.getState()
  return (
    <>
      <Select
        label="Of all that the authority has issued"
        description={
          form.pin === 'none'
            ? callerOf(form)?.presents === 'provider'
              ? 'It may issue for others too: pin the name as soon as you know it'
              : 'Right for an authority of your own that signs for this caller alone'
            : form.pin === 'certificate'
              ? 'Its renewal is not let in until the pin is changed'
              : undefined
        }
        data={[
          { value: 'none', label: 'Everybody gets in' },
          { value: 'name', label: 'Only one name gets in' },
          { value: 'certificate', label: 'Only one certificate gets in' },
        ]}
        value={form.pin}
        allowDeselect={false}
        onChange={(value) => change({ pin: (value ?? 'none') as Form['pin'] })}
      />
      {form.pin === 'name' && (
        <Field
          label="Its name"
          mono
          placeholder="mtls-prod.truv.com"
          value={form.pinName}
          error={problems.pinName ?? null}
          onChange={(pinName) => change({ pinName })}
        />
      )}
      {form.pin === 'certificate' && (
        <div className={listen.file}>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconFolderOpen size={15} stroke={1.6} aria-hidden />}
            onClick={() => void choosePin()}
          >
            {pinned ? 'Another file' : 'Choose the certificate'}
          </Button>
          <span className="quiet">{pinned?.subject ?? problems.pin}</span>
        </div>
      )}
    </>
  )
}

function PassOn({ problems }: Props) {
  const form = useServerConfig((state) => state.form)
  const { change } = useServerConfig.getState()
  return (
    <>
      <Field
        label="Your application listens at"
        mono
        value={form.upstream}
        error={problems.upstream ?? null}
        onChange={(upstream) => change({ upstream })}
      />
      {form.server !== 'ingress-nginx' && (
        <>
          <Field
            label="Header for the subject"
            mono
            rule="Taken away from callers first, then set by the server"
            value={form.subject}
            error={problems.subject ?? null}
            onChange={(subject) => change({ subject })}
          />
          <Field
            label="Header for the fingerprint"
            mono
            value={form.fingerprint}
            error={problems.fingerprint ?? null}
            onChange={(fingerprint) => change({ fingerprint })}
          />
          <Field
            label="Header for the certificate"
            mono
            value={form.certificateHeader}
            error={problems.certificateHeader ?? null}
            onChange={(certificateHeader) => change({ certificateHeader })}
          />
        </>
      )}
    </>
  )
}

/** What the configuration is made for. */
export function ServerForm({ problems }: Props) {
  const form = useServerConfig((state) => state.form)
  const problem = useServerConfig((state) => state.problem)
  const { change } = useServerConfig.getState()
  return (
    <div className={side.form}>
      <div className={side.fields}>
        <Who />
        <Select
          label="Your server"
          data={serverKinds.map((kind) => ({ value: kind, label: serverName(kind) }))}
          value={form.server}
          allowDeselect={false}
          onChange={(value) => change({ server: (value ?? 'nginx') as ServerKind })}
        />
        <div className={listen.pair}>
          <Field
            label="It is called as"
            mono
            value={form.host}
            error={problems.host ?? null}
            onChange={(host) => change({ host: host.trim() })}
          />
          <Field
            label="Port"
            mono
            value={form.port}
            error={problems.port ?? null}
            onChange={(port) => change({ port })}
          />
        </div>
        <PinFields problems={problems} />
        <Checkbox
          label="Refuse whoever is revoked"
          description={
            callerOf(form)?.presents === 'provider'
              ? 'If the provider publishes a revocation list (CRL): the server has to load each new one'
              : 'By your revocation list (CRL): the server has to load each new one'
          }
          checked={form.checkCrl}
          onChange={(event) => change({ checkCrl: event.currentTarget.checked })}
        />
        <ServerFiles problems={problems} />
        {!withoutUpstream.has(form.server) && <PassOn problems={problems} />}
        {problem && <ProblemNote problem={problem} />}
      </div>
      <SaveConfiguration fits={Object.keys(problems).length === 0} />
    </div>
  )
}
