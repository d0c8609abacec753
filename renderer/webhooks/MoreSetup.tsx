import { Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import type { ListenerSetup } from '../../shared/webhooks/setup.ts'
import { Folded } from '../parts/Folded.tsx'
import { useListen } from './listen-store.ts'

/** What is right for most: folded until wanted. */
export function MoreSetup() {
  const { refusal, minVersion, keepSecrets } = useListen((state) => state.setup)
  const change = useListen((state) => state.change)
  const [open, setOpen] = useState(false)
  return (
    <Folded title="Refusals, TLS, secrets" open={open} onToggle={setOpen}>
      <Radio.Group
        label="Whoever is refused"
        value={refusal}
        onChange={(value) => change({ refusal: value as ListenerSetup['refusal'] })}
      >
        <Radio value="answer" mt={4} label="gets 400 with the reason, as from nginx" />
        <Radio value="handshake" mt={6} label="is cut off with a TLS alert, as by Apache or Java" />
      </Radio.Group>
      <Radio.Group
        label="At least"
        value={minVersion}
        onChange={(value) => change({ minVersion: value as ListenerSetup['minVersion'] })}
      >
        <Radio value="TLSv1.2" mt={4} label="TLS 1.2" />
        <Radio value="TLSv1.3" mt={6} label="TLS 1.3" />
      </Radio.Group>
      <Checkbox
        label="Keep secret headers as they come"
        description="Authorization, cookies, keys and the like; otherwise only how long they are"
        checked={keepSecrets}
        onChange={(event) => change({ keepSecrets: event.currentTarget.checked })}
      />
    </Folded>
  )
}
