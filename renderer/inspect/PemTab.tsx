import { Button } from '@mantine/core'
import { IconDeviceFloppy } from '@tabler/icons-react'
import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { draggedAs } from '../parts/drag-out.ts'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import classes from './ObjectPane.module.css'

/** Where an object is, in calls. */
export type ObjectPlace = { inspection: string; object: string }

/** More than this is for files, not for eyes. */
const mostShown = 64 * 1024

/** The object as text, to copy and to save in either encoding. Too long a text is for saving only. */
export function PemTab({ pem, place }: { pem: string | undefined; place: ObjectPlace }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (format: 'pem' | 'der') => {
    const saved = await desk.saveObject({ ...place, format })
    setProblem(saved.ok ? null : saved.problem)
    if (saved.ok && saved.value.saved) say(savedWords([saved.value.saved]))
  }
  const drag = (format: 'pem' | 'der') => ({
    title: 'Save it, or drag it out of the window',
    ...draggedAs({ what: 'object', ...place, format }),
  })
  const glyph = <IconDeviceFloppy size={16} stroke={1.6} aria-hidden />
  return (
    <>
      <div className={classes.actions}>
        {pem !== undefined && <CopyButton text={pem} what="PEM" />}
        <Button variant="default" leftSection={glyph} onClick={() => void save('pem')} {...drag('pem')}>
          Save PEM
        </Button>
        <Button variant="default" leftSection={glyph} onClick={() => void save('der')} {...drag('der')}>
          Save DER
        </Button>
      </div>
      {problem && <ProblemNote problem={problem} />}
      {pem === undefined ? (
        <p className="dim">The text is too long to show; the saved file has all of it.</p>
      ) : (
        <>
          <CodeBlock label="PEM text" className={classes.pem} whole>
            {pem.slice(0, mostShown)}
          </CodeBlock>
          {pem.length > mostShown && (
            <p className="quiet">
              … and {(pem.length - mostShown).toLocaleString()} more characters, in the copy and the file.
            </p>
          )}
        </>
      )}
    </>
  )
}
