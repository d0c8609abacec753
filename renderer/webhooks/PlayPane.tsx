import { IconSend } from '@tabler/icons-react'
import { EmptyState } from '../parts/EmptyState.tsx'

/** Calls your endpoint as a provider would. */
export function PlayPane() {
  return (
    <EmptyState
      icon={IconSend}
      title="Call your server as the provider would"
      says="A throw-away certificate of the right form, and the webhook that the provider documents."
    />
  )
}
