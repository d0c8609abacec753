import { Button, Group } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { IdentityDetail } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import { desk } from '../../desk.ts'
import { CopyButton } from '../CopyText.tsx'
import { PlainTerm } from '../PlainTerm.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import { savedWords } from '../saved-words.ts'
import { say } from '../say.ts'
import classes from './RequestText.module.css'

type RequestTextProps = { identity: Pick<IdentityDetail, 'handle' | 'requestPem'> }

/** The request as text, to copy or to save. */
export function RequestText({ identity }: RequestTextProps) {
  const text = identity.requestPem.trim()
  const lines = text.split('\n').length
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async () => {
    setProblem(null)
    const done = await desk.saveRequest({ identity: identity.handle })
    if (!done.ok) return setProblem(done.problem)
    if (done.value.saved) say(savedWords([done.value.saved]))
  }
  return (
    <section aria-label="Signing request">
      <div className={classes.head}>
        <h2 className={classes.title}>
          <PlainTerm plain="Signing request" term="CSR" />
        </h2>
        <Group gap={8}>
          <CopyButton text={identity.requestPem} what="request" />
          <Button
            variant="default"
            onClick={save}
            leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
          >
            Save request
          </Button>
        </Group>
      </div>
      {problem && <ProblemNote problem={problem} />}
      <textarea
        className={classes.text}
        readOnly
        rows={Math.min(lines, 14)}
        aria-label="Request text"
        spellCheck={false}
        value={text}
      />
    </section>
  )
}
