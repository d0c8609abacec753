import { Button } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { go } from '../place.ts'

/** Shows a certificate in the inspector. */
export function OpenInInspect({ pem }: { pem: string }) {
  return (
    <Button
      variant="default"
      leftSection={<IconFileSearch size={16} stroke={1.6} aria-hidden />}
      onClick={() => go({ room: 'inspect', from: { by: 'text', text: pem } })}
    >
      Open in Inspect
    </Button>
  )
}
