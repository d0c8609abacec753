import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { WebhookAnswer } from '../../shared/webhooks/setup.ts'
import { useDesk } from '../desk.ts'
import { Folded } from '../parts/Folded.tsx'
import classes from './ListenPane.module.css'
import { useListen } from './listen-store.ts'

type Props = { value: WebhookAnswer; onChange: (value: WebhookAnswer) => void; open?: boolean }

/** What whoever is let in is answered. */
export function AnswerFields({ value, onChange, open: opened = false }: Props) {
  const provider = useListen((state) => state.setup.provider)
  const within = useDesk(
    (state) => state.providers.find(({ profile }) => profile.id === provider)?.profile.webhooks?.answerWithinSeconds,
  )
  const [open, setOpen] = useState(opened)
  const change = (part: Partial<WebhookAnswer>) => onChange({ ...value, ...part })
  const says = value.delayMs > 0 ? `${value.status}, after ${value.delayMs / 1000} s` : `${value.status}`
  const late = within !== undefined && value.delayMs >= within * 1000
  return (
    <Folded title="Answer" says={says} open={open} onToggle={setOpen}>
      <div className={classes.pair} style={{ gridTemplateColumns: '1fr 1fr' }}>
        <NumberInput
          label="Status"
          min={200}
          max={599}
          hideControls
          allowDecimal={false}
          value={value.status}
          onChange={(status) => Number(status) >= 200 && Number(status) <= 599 && change({ status: Number(status) })}
        />
        <NumberInput
          label="After, in ms"
          min={0}
          max={60000}
          hideControls
          allowDecimal={false}
          value={value.delayMs}
          error={late ? `The provider waits ${within} s` : undefined}
          onChange={(delayMs) => change({ delayMs: Math.min(60_000, Math.max(0, Number(delayMs) || 0)) })}
        />
      </div>
      <TextInput
        label="Content type"
        value={value.contentType}
        spellCheck={false}
        onChange={(event) => change({ contentType: event.currentTarget.value.replace(/[^\t\x20-\x7e]/g, '') })}
      />
      <Textarea
        label="Body"
        autosize
        minRows={2}
        maxRows={8}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={value.body}
        onChange={(event) => change({ body: event.currentTarget.value.slice(0, 64 * 1024) })}
      />
    </Folded>
  )
}
