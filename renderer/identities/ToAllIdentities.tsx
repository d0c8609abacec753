import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { go } from '../place.ts'

/** The way back from a view beside the list. */
export function ToAllIdentities() {
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={15} aria-hidden />}
      onClick={() => go({ room: 'identities' })}
    >
      All identities
    </Button>
  )
}
