import { Button } from '@mantine/core'
import { useState } from 'react'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import { ServiceDialog } from './ServiceDialog.tsx'

/** The way to another address, profile or secret for an authority behind a signing service. */
export function ChangeService({ authority }: { authority: AuthorityDetail }) {
  const [opened, setOpened] = useState(false)
  return (
    <>
      {' '}
      <Button size="compact-sm" variant="subtle" onClick={() => setOpened(true)}>
        Change…
      </Button>
      <ServiceDialog opened={opened} onClose={() => setOpened(false)} onAdded={() => setOpened(false)} of={authority} />
    </>
  )
}
