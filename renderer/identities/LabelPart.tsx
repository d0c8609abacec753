import { ActionIcon, Button, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { IconNote, IconPlus, IconTag, IconX } from '@tabler/icons-react'
import { type FormEvent, useId, useState } from 'react'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities, useDesk } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import chips from './Chip.module.css'
import { tagsIn, tagsOf } from './identity-filter.ts'
import classes from './LabelPart.module.css'

type LabelPartProps = { identity: IdentityDetail; show: (one: IdentityDetail) => void }

/** The user's own words: tags to find the identity by, and a note. Both stay here. */
export function LabelPart({ identity, show }: LabelPartProps) {
  const [adding, setAdding] = useState<string | null>(null)
  const [note, setNote] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const known = useId()
  const all = useDesk((state) => state.identities)
  const tags = identity.tags ?? []

  const tag = async (add: string[], remove: string[]) => {
    const done = await desk.tagIdentities({ identities: [identity.handle], add, remove })
    setProblem(done.ok ? null : done.problem)
    if (done.ok) await refreshIdentities()
  }
  const addTags = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = tagsIn(adding ?? '')
    setAdding(null)
    if (wanted.length > 0) await tag(wanted, [])
  }
  const saveNote = async (event: FormEvent) => {
    event.preventDefault()
    const done = await desk.noteIdentity({ identity: identity.handle, note: note ?? '' })
    if (!done.ok) return setProblem(done.problem)
    setProblem(null)
    setNote(null)
    show(done.value)
    void refreshIdentities()
  }

  return (
    <section className={classes.part} aria-label="Tags and note">
      <div className={classes.line}>
        <IconTag size={15} stroke={1.6} aria-hidden />
        {tags.map((one) => (
          <span key={one} className={chips.chip} data-tone="tag">
            {one}
            <ActionIcon
              size={14}
              variant="transparent"
              color="gray"
              aria-label={`Take tag ${one} away`}
              onClick={() => void tag([], [one])}
            >
              <IconX size={11} aria-hidden />
            </ActionIcon>
          </span>
        ))}
        {adding === null ? (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={13} aria-hidden />}
            onClick={() => setAdding('')}
          >
            Add tag
          </Button>
        ) : (
          <form onSubmit={addTags} className={classes.line}>
            <TextInput
              size="xs"
              aria-label="New tags, with commas between them"
              placeholder="pci, team a"
              list={known}
              value={adding}
              onChange={(event) => setAdding(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Escape' && setAdding(null)}
              maxLength={200}
              autoFocus
            />
            <datalist id={known}>
              {tagsOf(all).map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            <Button size="xs" type="submit" variant="default">
              Add
            </Button>
          </form>
        )}
        {note === null && !identity.note && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconNote size={13} aria-hidden />}
            onClick={() => setNote('')}
          >
            Add note
          </Button>
        )}
      </div>
      {note === null && identity.note && (
        <UnstyledButton className={classes.note} onClick={() => setNote(identity.note ?? '')}>
          <span className="spoken">Edit the note: </span>
          {identity.note}
        </UnstyledButton>
      )}
      {note !== null && (
        <form onSubmit={saveNote} className={classes.edit}>
          <Textarea
            aria-label="Note"
            placeholder="Whom to ask, which ticket, where it is installed"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={2000}
            autoFocus
          />
          <div className={classes.line}>
            <Button size="xs" type="submit">
              Save note
            </Button>
            <Button size="xs" variant="default" onClick={() => setNote(null)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
      {problem && <ProblemNote problem={problem} />}
    </section>
  )
}
