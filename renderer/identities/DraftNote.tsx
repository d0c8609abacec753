import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Draft } from '../../shared/identity.ts'
import { desk, useDesk } from '../desk.ts'
import { timeText } from '../parts/dates.ts'
import { go } from '../place.ts'
import classes from './Note.module.css'

/** A request begun and not finished, kept over restarts. */
export function DraftNote() {
  const [draft, setDraft] = useState<Draft | null>(null)
  const providers = useDesk((state) => state.providers)
  useEffect(() => {
    void desk.readDraft({}).then((read) => read.ok && setDraft(read.value.draft))
  }, [])
  const provider = providers.find((entry) => entry.profile.id === draft?.plan.provider)?.profile.name
  if (!draft || !provider) return null
  const discard = async () => {
    const done = await desk.saveDraft({ draft: null })
    if (done.ok) setDraft(null)
  }
  return (
    <section className={classes.note} aria-label="Unfinished request">
      <IconPencil size={16} stroke={1.6} className={classes.plain} aria-hidden />
      <span className={classes.words}>
        Unfinished: {draft.plan.name || `${provider} request`}, saved {timeText(draft.savedAt)}
      </span>
      <Button size="xs" variant="default" onClick={() => go({ room: 'create' })}>
        Continue
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={discard}>
        Discard
      </Button>
    </section>
  )
}
