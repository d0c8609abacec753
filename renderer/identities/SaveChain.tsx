import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { draggedAs } from '../parts/drag-out.ts'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'

type Props = { identity: string; onProblem: (problem: Problem | null) => void }

/** The certificate with its issuers in one file, as most programs present it. */
export function SaveChain({ identity, onProblem }: Props) {
  const save = async () => {
    const done = await desk.exportIdentity({ identity, as: { format: 'certificate' } })
    onProblem(done.ok ? null : done.problem)
    if (done.ok && done.value.saved.length > 0) say(savedWords(done.value.saved))
  }
  return (
    <Button
      variant="default"
      leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
      onClick={() => void save()}
      title="Save it, or drag it out of the window"
      {...draggedAs({ what: 'chain', identity })}
    >
      Save with chain
    </Button>
  )
}
