import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk, refreshIdentities } from '../desk.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { tagsIn, tagsOf } from './identity-filter.ts'

/** Gives tags to all that are chosen, and takes some away. */
export function TagDialog({ identities, onClose }: { identities: IdentitySummary[]; onClose: () => void }) {
  const [adding, setAdding] = useState('')
  const [without, setWithout] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const present = tagsOf(identities)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const handles = identities.map(({ handle }) => handle)
    const done = await desk.tagIdentities({
      identities: handles,
      add: tagsIn(adding).slice(0, 20),
      remove: [...without],
    })
    if (!done.ok) return setProblem(done.problem)
    await refreshIdentities()
    say(`Tags changed on ${done.value.changed}`)
    onClose()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={identities.length === 1 ? 'Tag one identity' : `Tag ${identities.length} identities`}
      size="md"
    >
      <form onSubmit={submit}>
        <TextInput
          label="Add"
          description="With commas between them"
          placeholder="pci, team a"
          value={adding}
          onChange={(event) => setAdding(event.currentTarget.value)}
          maxLength={400}
          data-autofocus
        />
        {present.length > 0 && (
          <Checkbox.Group label="Take away" value={[...without]} onChange={setWithout} mt="md">
            <Group gap={12} mt={4}>
              {present.slice(0, 60).map((tag) => (
                <Checkbox key={tag} value={tag} label={tag} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        {problem && <ProblemNote problem={problem} />}
        <Group justify="flex-end" mt="lg" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={tagsIn(adding).length === 0 && without.length === 0}>
            Change tags
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
