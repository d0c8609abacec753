import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { Problem } from '../../../shared/problems.ts'
import { desk } from '../../desk.ts'
import { draggedAs } from '../drag-out.ts'
import { savedWords } from '../saved-words.ts'
import { say } from '../say.ts'

const calls = { request: 'saveRequest', certificate: 'saveCertificate' } as const

type SaveButtonProps = {
  what: keyof typeof calls
  identity: string
  onProblem: (problem: Problem | null) => void
}

/** Saves what is public of an identity through the system's dialog. */
export function SaveButton({ what, identity, onProblem }: SaveButtonProps) {
  const save = async () => {
    onProblem(null)
    const done = await desk[calls[what]]({ identity })
    if (!done.ok) return onProblem(done.problem)
    if (done.value.saved) say(savedWords([done.value.saved]))
  }
  return (
    <Button
      variant="default"
      onClick={save}
      title="Save it, or drag it out of the window"
      {...draggedAs({ what, identity })}
      leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
    >
      Save {what}
    </Button>
  )
}
