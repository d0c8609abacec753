import { IconEar } from '@tabler/icons-react'
import { EmptyState } from '../parts/EmptyState.tsx'

/** The listener and what arrived at it. */
export function ListenPane() {
  return (
    <EmptyState
      icon={IconEar}
      title="Nothing is listening"
      says="A listener on this computer shows what calls it and which certificate it brings."
    />
  )
}
