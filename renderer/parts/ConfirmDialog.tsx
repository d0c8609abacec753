import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type ConfirmDialogProps = {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** The deed as a verb: "Remove". */
  verb: string
  onConfirm: () => void
  /** The deed cannot be undone. */
  grave?: boolean
  busy?: boolean
}

/** Asks before something that cannot be taken back. The way out has the focus. */
export function ConfirmDialog({ opened, onClose, title, children, verb, onConfirm, grave, busy }: ConfirmDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size="md" withCloseButton={false}>
      {children}
      <Group justify="flex-end" mt="lg" gap={8}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button color={grave ? 'red' : undefined} onClick={onConfirm} loading={busy}>
          {verb}
        </Button>
      </Group>
    </Modal>
  )
}
