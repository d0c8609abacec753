import { Button, Checkbox, Group, Modal, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ConversionWish } from '../../shared/calls/conversion.ts'
import { formOf, forms } from '../../shared/pki/convert-forms.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { SecretField } from '../parts/SecretField.tsx'
import { ConversionUnlock } from './ConversionUnlock.tsx'
import classes from './ConvertDialog.module.css'
import { ConvertPreview } from './ConvertPreview.tsx'
import { asksPassphrase, previewSays, wishFor } from './conversion-wish.ts'
import type { Showing } from './inspect-store.ts'
import { useConverting, usePreview } from './use-conversion.ts'

type Props = { showing: Showing; opened: boolean; onClose: () => void }

/** All that was dropped in another form: what becomes of each file is shown before anything is written. */
export function ConvertDialog({ showing, opened, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title="Convert these files" size="xl">
      {opened && <Choosing showing={showing} onClose={onClose} />}
    </Modal>
  )
}

const choices = forms.map(({ to, plain, term }) => ({ value: to, label: `${plain} (${term})` }))
const readers = [
  { value: 'modern', label: 'Current systems (AES-256, SHA-256)' },
  { value: 'older', label: 'Older systems (triple DES, SHA-1)' },
  { value: 'fips', label: 'FIPS mode (PBMAC1, OpenSSL 3.4 and newer)' },
]
const keyChoices = [
  { value: 'protect', label: 'Protect them by a passphrase' },
  { value: 'leave-out', label: 'Leave them out' },
  { value: 'open', label: 'Write them in the clear' },
]

function Choosing({ showing, onClose }: Omit<Props, 'opened'>) {
  const { inspection, done } = showing.listing
  const [chosen, setChosen] = useState<ConversionWish>({
    to: 'pem',
    readers: 'modern',
    keys: 'protect',
    together: false,
  })
  const [passphrase, setPassphrase] = useState('')
  const wish = wishFor(chosen)
  const form = formOf(wish.to)
  const { rows, before, problem } = usePreview(inspection, wish, `${showing.opening} ${done}`)
  const converting = useConverting(inspection, onClose)
  const shown = rows ?? before
  const asks = asksPassphrase(wish, shown)
  const ready = rows?.some(({ state }) => state === 'ready') === true && (!asks || passphrase !== '')
  const change = (part: Partial<ConversionWish>) => setChosen((now) => ({ ...now, ...part }))

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void converting.run(wish, asks ? passphrase : null)
  }
  const choose = <T extends string>(
    label: string,
    data: { value: string; label: string }[],
    value: T,
    set: (to: T) => void,
  ) => (
    <Select
      label={label}
      data={data.map((one) => ({ ...one }))}
      value={value}
      allowDeselect={false}
      onChange={(to) => to !== null && set(to as T)}
    />
  )
  return (
    <>
      {shown.some(({ state }) => state === 'locked') && <ConversionUnlock rows={shown} />}
      <form className={classes.form} onSubmit={submit} aria-label="Convert">
        <div className={classes.fields}>
          {choose('Into', choices, wish.to, (to) => change({ to }))}
          {(wish.to === 'p12' || wish.to === 'truststore') &&
            choose('Who will read it', readers, wish.readers, (who) => change({ readers: who }))}
          {(form.keys === 'may' || (form.keys === 'must' && !form.locked)) &&
            choose(
              'Private keys',
              form.keys === 'must' ? keyChoices.filter(({ value }) => value !== 'leave-out') : keyChoices,
              wish.keys,
              (keys) => change({ keys }),
            )}
        </div>
        {form.together && (
          <Checkbox
            label="All into one file"
            checked={wish.together}
            onChange={(event) => change({ together: event.currentTarget.checked })}
          />
        )}
        {asks && (
          <SecretField
            label="Passphrase of what is written"
            value={passphrase}
            onChange={setPassphrase}
            hint="Whoever loads the files needs it. Countersign does not keep it."
          />
        )}
        <p className={classes.says} role="status">
          {rows ? previewSays(rows, wish.together) : 'Looking at the files …'}
        </p>
        <ConvertPreview rows={shown} stale={rows === null} open={wish.keys === 'open'} />
        {problem && <ProblemNote problem={problem} />}
        {converting.problem && <ProblemNote problem={converting.problem} />}
        <Group justify="flex-end" gap={8}>
          {converting.says && (
            <span className={classes.progress} role="status">
              {converting.says}
            </span>
          )}
          <Button variant="default" onClick={converting.says === null ? onClose : converting.stop}>
            {converting.says === null ? 'Cancel' : 'Stop'}
          </Button>
          <Button type="submit" disabled={!ready} loading={converting.says !== null}>
            Choose a folder…
          </Button>
        </Group>
      </form>
    </>
  )
}
