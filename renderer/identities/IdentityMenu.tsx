import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core'
import { IconDotsVertical, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { go } from '../place.ts'

type RenameDialogProps = {
  identity: IdentityDetail
  opened: boolean
  onClose: () => void
  onRenamed: (identity: IdentityDetail) => void
}

function RenameDialog({ identity, opened, onClose, onRenamed }: RenameDialogProps) {
  const [name, setName] = useState(identity.name)
  const [problem, setProblem] = useState<Problem | null>(null)
  const rename = async (event: FormEvent) => {
    event.preventDefault()
    const done = await desk.renameIdentity({ identity: identity.handle, name: name.trim() })
    if (!done.ok) return setProblem(done.problem)
    onRenamed(done.value)
    void refreshIdentities()
    say('Renamed')
    onClose()
  }
  return (
    <Modal opened={opened} onClose={onClose} title="Rename identity" size="md">
      <form onSubmit={rename}>
        <TextInput
          label="Name"
          description="Only for you: the certificate does not change."
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={120}
          data-autofocus
        />
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" mt="lg" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

type IdentityMenuProps = { identity: IdentityDetail; onRenamed: (identity: IdentityDetail) => void }

/** What one does rarely with an identity. */
export function IdentityMenu({ identity, onRenamed }: IdentityMenuProps) {
  const [asking, setAsking] = useState<'rename' | 'remove' | null>(null)
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    const done = await desk.removeIdentity({ identity: identity.handle })
    setBusy(false)
    if (!done.ok) return
    setAsking(null)
    await refreshIdentities()
    say(`Removed ${identity.name}. It is in the bin for thirty days`)
    go({ room: 'identities' })
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label="More actions">
            <IconDotsVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={15} stroke={1.6} aria-hidden />}
            onClick={() => setAsking('rename')}
          >
            Rename…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRefresh size={15} stroke={1.6} aria-hidden />}
            onClick={() => go({ room: 'create', renews: identity.handle })}
          >
            Renew…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            c="var(--broken)"
            leftSection={<IconTrash size={15} stroke={1.6} aria-hidden />}
            onClick={() => setAsking('remove')}
          >
            Remove…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && (
        <RenameDialog identity={identity} opened onClose={() => setAsking(null)} onRenamed={onRenamed} />
      )}
      <ConfirmDialog
        opened={asking === 'remove'}
        onClose={() => setAsking(null)}
        title={`Remove “${identity.name}”`}
        verb="Remove"
        onConfirm={remove}
        busy={busy}
      >
        It goes to the bin with its key, and can be had back from there for thirty days; then both are erased.{' '}
        {identity.certificatePem
          ? 'The certificate stays valid at the provider until it is removed there. Files you exported are not touched.'
          : 'A certificate that comes back in the meantime finds no owner until it is restored.'}
      </ConfirmDialog>
    </>
  )
}
