import { Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconDeviceFloppy,
  IconDoor,
  IconDoorOff,
  IconHelpCircle,
  IconLockCheck,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { DoorReport } from '../../shared/door/door-report.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { savedWords } from '../parts/saved-words.ts'
import { say } from '../parts/say.ts'
import classes from './DoorReportView.module.css'
import { DoorTable } from './DoorTable.tsx'

const look = {
  shut: { icon: IconLockCheck, word: 'Shut' },
  open: { icon: IconDoor, word: 'Open' },
  'shuts-out': { icon: IconDoorOff, word: 'Refuses the right one' },
  'cannot-tell': { icon: IconHelpCircle, word: 'Cannot tell' },
} as const

/** What the check has found: the sentence, what to do, the table, and the report to save. */
export function DoorReportView({ report }: { report: DoorReport }) {
  const { outcome, title, next, rows, url, startedAt, connections, durationMs, server } = report
  const { icon: Shape, word } = look[outcome]
  return (
    <>
      <div className={classes.head} data-outcome={outcome} role="status">
        <Shape size={24} stroke={1.7} aria-hidden />
        <div className={classes.grow}>
          <p className={classes.word}>{word}</p>
          <h2>{title}</h2>
          {/* What shuts an open door stands in the table, below the line that it is about. */}
          {outcome !== 'open' && next.map((one) => <p key={one}>{one}</p>)}
          <p className={`${classes.facts} number`}>
            {url} · {connections} calls in {(durationMs / 1000).toFixed(1)} s · <DateText iso={startedAt} withTime />
            {server && ` · server certificate ${server.subject || 'without a name'}`}
          </p>
        </div>
        <SaveReport report={report.id} />
      </div>
      <DoorTable rows={rows} />
    </>
  )
}

function SaveReport({ report }: { report: string }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (as: 'markdown' | 'json') => {
    const answer = await desk.saveDoorReport({ report, as })
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok && answer.value.saved !== null) say(savedWords([answer.value.saved]))
  }
  return (
    <div>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconDeviceFloppy size={15} stroke={1.6} aria-hidden />}
            rightSection={<IconChevronDown size={14} stroke={1.8} aria-hidden />}
          >
            Save report
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('markdown')}>Markdown, for a ticket</Menu.Item>
          <Menu.Item onClick={() => void save('json')}>JSON, for programs</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}
