import { Anchor, Button } from '@mantine/core'
import { IconDeviceFloppy, IconTool } from '@tabler/icons-react'
import { useState } from 'react'
import type { Repair } from '../../shared/pki/inspect-calls.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { CodeBlock } from '../parts/CodeBlock.tsx'
import { CopyButton } from '../parts/CopyText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import { visibleText } from '../parts/visible-text.ts'
import classes from './RepairNote.module.css'

const shownLines = 8
const shownColumns = 96

/** The start of a text, long lines cut, with the characters made visible that a program stumbles over. */
function startOf(text: string): string {
  const lines = text.split('\n')
  const shown = lines.slice(0, shownLines).map((line) => {
    const whole = line.endsWith('\r') ? `${line.slice(0, -1)}⏎` : line
    return visibleText(whole.length > shownColumns ? `${whole.slice(0, shownColumns)} …` : whole)
  })
  return [...shown, ...(lines.length > shownLines && lines.at(-1) !== '' ? ['…'] : [])].join('\n')
}

/** A file that programs refuse as it is: what is wrong, how it would look mended, and the mended file. */
export function RepairNote({ repair, inspection, object }: { repair: Repair; inspection: string; object: string }) {
  const [shown, setShown] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const { changes, text, before, fileName } = repair
  const save = async () => {
    const saved = await desk.saveRepaired({ inspection, object })
    if (!saved.ok) setProblem(saved.problem)
    else if (saved.value.saved) {
      setProblem(null)
      say(savedWords([saved.value.saved]))
    }
  }
  return (
    <section className={classes.note} aria-label="Repair" data-finding="file.repairable">
      <IconTool size={18} stroke={1.7} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>Programs will refuse this file as it is</p>
        <ul className={classes.changes}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
        <div className={classes.actions}>
          {text !== null && <CopyButton text={text} what="repaired text" />}
          <Button
            variant="default"
            leftSection={<IconDeviceFloppy size={16} stroke={1.6} aria-hidden />}
            onClick={() => void save()}
            title={fileName}
          >
            Save repaired file
          </Button>
          {text !== null && (
            <Anchor component="button" type="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? 'Hide the repaired text' : 'Show the repaired text'}
            </Anchor>
          )}
        </div>
        {text === null && (
          <p className="quiet">It holds a private key, so it goes to a file only and is never shown.</p>
        )}
        {problem && <ProblemNote problem={problem} />}
        {shown && text !== null && (
          <div className={classes.both}>
            {before !== undefined && <Lines title="As it is" text={before} />}
            <Lines title="Repaired" text={text} />
          </div>
        )}
      </div>
    </section>
  )
}

function Lines({ title, text }: { title: string; text: string }) {
  return (
    <figure className={classes.lines}>
      <figcaption className="quiet">{title}, first lines</figcaption>
      <CodeBlock label={`${title}, first lines`} whole>
        {startOf(text)}
      </CodeBlock>
    </figure>
  )
}
