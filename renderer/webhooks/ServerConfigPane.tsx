import { IconServerCog } from '@tabler/icons-react'
import { EmptyState } from '../parts/EmptyState.tsx'

/** Settings for a server, made for the provider and the files that are there. */
export function ServerConfigPane() {
  return (
    <EmptyState
      icon={IconServerCog}
      title="Server configuration"
      says="Settings for common servers that demand the provider’s certificate."
    />
  )
}
