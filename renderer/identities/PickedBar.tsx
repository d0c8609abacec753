import { Button } from '@mantine/core'
import { IconFileExport, IconTag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { desk, refreshIdentities } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { say } from '../parts/say.ts'
import { ExportManyDialog } from './ExportManyDialog.tsx'
import { useList } from './list-store.ts'
import classes from './PickedBar.module.css'
import { TagDialog } from './TagDialog.tsx'

const many = (count: number) => (count === 1 ? 'one identity' : `${count.toLocaleString()} identities`)

/** What can be done with all that are ticked. */
export function PickedBar({ identities }: { identities: IdentitySummary[] }) {
  const { picked, pickAll } = useList()
  const [asking, setAsking] = useState<'export' | 'tag' | 'remove' | null>(null)
  const [busy, setBusy] = useState(false)
  const chosen = identities.filter(({ handle }) => picked.has(handle))
  if (chosen.length === 0) return null
  const handles = chosen.map(({ handle }) => handle)
  const close = () => setAsking(null)
  const remove = async () => {
    setBusy(true)
    const done = await desk.removeIdentities({ identities: handles })
    setBusy(false)
    close()
    if (!done.ok) return say('Nothing was removed')
    pickAll(handles, false)
    await refreshIdentities()
    say(`Removed ${many(done.value.removed)}. They are in the bin for thirty days`)
  }
  return (
    <section className={classes.bar} aria-label="What is chosen">
      <strong className={classes.count} role="status">
        {chosen.length.toLocaleString()} chosen
      </strong>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconFileExport size={14} stroke={1.7} aria-hidden />}
        onClick={() => setAsking('export')}
      >
        Export…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTag size={14} stroke={1.7} aria-hidden />}
        onClick={() => setAsking('tag')}
      >
        Tag…
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconTrash size={14} stroke={1.7} aria-hidden />}
        onClick={() => setAsking('remove')}
      >
        Remove…
      </Button>
      <Button size="xs" variant="subtle" onClick={() => pickAll([...picked], false)}>
        Choose none
      </Button>
      {asking === 'export' && <ExportManyDialog identities={chosen} onClose={close} />}
      {asking === 'tag' && <TagDialog identities={chosen} onClose={close} />}
      <ConfirmDialog
        opened={asking === 'remove'}
        onClose={close}
        title={`Remove ${many(chosen.length)}`}
        verb="Remove"
        onConfirm={() => void remove()}
        busy={busy}
      >
        They go to the bin with their keys, and can be had back from there for thirty days; then they are erased. Their
        certificates stay valid at the providers until they are removed there.
      </ConfirmDialog>
    </section>
  )
}
