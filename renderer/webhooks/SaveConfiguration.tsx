import { Button } from '@mantine/core'
import { IconDeviceFloppy, IconDoor } from '@tabler/icons-react'
import { useState } from 'react'
import side from '../parts/SideForm.module.css'
import { say } from '../parts/say.ts'
import { go } from '../place.ts'
import { useDoor } from './door-store.ts'
import { useServerConfig } from './server-config-store.ts'

/** Writes everything into a folder that the user chooses. */
export function SaveConfiguration({ fits }: { fits: boolean }) {
  const save = useServerConfig((state) => state.save)
  const [busy, setBusy] = useState(false)
  const write = async () => {
    setBusy(true)
    const saved = await save()
    setBusy(false)
    if (saved) say(`Saved ${saved.files.join(', ')} in ${saved.folder}`)
  }
  const checkDoor = () => {
    const { authority, host, port } = useServerConfig.getState().form
    useDoor.getState().change({
      url: `https://${host}${port === '443' ? '' : `:${port}`}/`,
      ...(authority !== '' && { trusts: `authority:${authority}`, right: 'issued', revoked: 'prepared' }),
    })
    go({ room: 'webhooks', view: 'door' })
  }
  return (
    <div className={side.send}>
      <Button
        fullWidth
        disabled={!fits}
        loading={busy}
        leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
        onClick={() => void write()}
      >
        Save the files…
      </Button>
      <Button
        fullWidth
        variant="subtle"
        size="compact-sm"
        disabled={!fits}
        leftSection={<IconDoor size={15} stroke={1.6} aria-hidden />}
        onClick={checkDoor}
      >
        Once it runs: check its door
      </Button>
    </div>
  )
}
