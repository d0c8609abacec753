import { IconDoor } from '@tabler/icons-react'
import { EmptyState } from '../parts/EmptyState.tsx'

/** Whether an endpoint refuses what it must refuse. */
export function DoorPane() {
  return (
    <EmptyState
      icon={IconDoor}
      title="Is my door shut"
      says="Your server is called with certificates that it must refuse."
    />
  )
}
