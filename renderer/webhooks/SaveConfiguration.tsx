import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import { say } from '../parts/say.ts'
import classes from './PlayPane.module.css'
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
  return (
    <div className={classes.send}>
      <Button
        fullWidth
        disabled={!fits}
        loading={busy}
        leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
        onClick={() => void write()}
      >
        Save the files …
      </Button>
    </div>
  )
}
