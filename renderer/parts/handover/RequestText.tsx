import { Group } from '@mantine/core'
import { useState } from 'react'
import type { IdentityDetail } from '../../../shared/identity.ts'
import type { Problem } from '../../../shared/problems.ts'
import codeClasses from '../CodeBlock.module.css'
import { CopyButton } from '../CopyText.tsx'
import { PlainTerm } from '../PlainTerm.tsx'
import { ProblemNote } from '../ProblemNote.tsx'
import classes from './RequestText.module.css'
import { SaveButton } from './SaveButton.tsx'

type RequestTextProps = { identity: Pick<IdentityDetail, 'handle' | 'requestPem'> }

/** The request as text, to copy or to save. */
export function RequestText({ identity }: RequestTextProps) {
  const text = identity.requestPem.trim()
  const lines = text.split('\n').length
  const [problem, setProblem] = useState<Problem | null>(null)
  return (
    <section aria-label="Signing request">
      <div className={classes.head}>
        <h2 className={classes.title}>
          <PlainTerm plain="Signing request" term="CSR" />
        </h2>
        <Group gap={8}>
          <CopyButton text={identity.requestPem} what="request" />
          <SaveButton what="request" identity={identity.handle} onProblem={setProblem} />
        </Group>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {/* It looks like the other texts, and is a field: Ctrl+A in it takes the request and nothing else. */}
      <textarea
        className={`${codeClasses.block} ${classes.text}`}
        data-whole
        readOnly
        rows={Math.min(lines, 14)}
        aria-label="Request text"
        spellCheck={false}
        value={text}
      />
    </section>
  )
}
