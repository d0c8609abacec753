import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import { type JournalLine, journalKinds, journalWords } from '../../shared/vault/journal.ts'
import { desk, useDesk } from '../desk.ts'
import { DateText } from '../parts/DateText.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import { say } from '../parts/say.ts'
import { Section } from './Section.tsx'
import classes from './Vault.module.css'

/** What was done with which key: read, searched, checked, taken along. */
export function JournalSection() {
  const vault = useDesk((state) => state.vault)
  const identities = useDesk((state) => state.identities)
  const open = vault?.state === 'open'
  const [search, setSearch] = useState('')
  const [lines, setLines] = useState<JournalLine[]>([])
  const [more, setMore] = useState(false)
  const [checked, setChecked] = useState<Output<'verifyJournal'> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew when something was done
  useEffect(() => {
    let stale = false
    void desk.readJournal({ search }).then((answer) => {
      if (stale || !answer.ok) return
      setLines(answer.value.lines)
      setMore(answer.value.more)
    })
    return () => {
      stale = true
    }
  }, [search, identities, vault])

  const goOn = async () => {
    const last = lines.at(-1)
    const answer = await desk.readJournal({ search, ...(last && { before: last.n }) })
    if (!answer.ok) return
    setLines([...lines, ...answer.value.lines])
    setMore(answer.value.more)
  }
  const check = async () => {
    setProblem(null)
    const verified = await desk.verifyJournal({})
    if (verified.ok) setChecked(verified.value)
    else setProblem(verified.problem)
  }
  const save = async () => {
    setProblem(null)
    const saved = await desk.saveJournal({})
    if (!saved.ok) setProblem(saved.problem)
    else if (saved.value.saved) say('Journal saved')
  }
  return (
    <Section
      title="Journal"
      says="What was done with which key, without secrets. Each line is chained to the one before and vouched for by the vault key."
    >
      <TextInput
        className={classes.find}
        aria-label="Search the journal"
        placeholder="Search: exported, a name, 2026-11…"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {lines.length === 0 ? (
        <p className="quiet">
          {search === '' ? 'Nothing yet. Creating, signing, testing and exporting will stand here.' : 'Nothing fits.'}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={`table-box ${classes.box}`} tabIndex={0} aria-label="Journal lines">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">What</th>
                <th scope="col">With</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.n}>
                  <td className="narrow">
                    <DateText iso={line.at} withTime />
                  </td>
                  <td className="narrow sentence">
                    {journalWords(line.what)}
                    {line.by === 'command-line' && <div className="quiet sentence">command line</div>}
                  </td>
                  <td className={line.name ? undefined : 'sentence'}>
                    {line.name ?? journalKinds[line.kind]}{' '}
                    {line.name && <span className="dim">{journalKinds[line.kind]}</span>}
                    {line.detail && <div className="quiet">{line.detail}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {checked && <Verdict checked={checked} />}
      {problem && <ProblemNote problem={problem} />}
      <div className={classes.foot}>
        {more && (
          <Button variant="default" onClick={() => void goOn()}>
            Show older
          </Button>
        )}
        <Button variant="default" disabled={!open} onClick={() => void check()}>
          Check that it is whole
        </Button>
        <Button variant="default" disabled={lines.length === 0 && search === ''} onClick={() => void save()}>
          Save as JSON lines…
        </Button>
      </div>
    </Section>
  )
}

function Verdict({ checked: { lines, faults } }: { checked: Output<'verifyJournal'> }) {
  if (faults.length === 0) {
    return (
      <p className={classes.verdict} role="status">
        <IconCircleCheck size={16} stroke={1.8} className={classes.good} aria-hidden />
        Whole: {lines} {lines === 1 ? 'line' : 'lines'}, none altered, none missing.
      </p>
    )
  }
  return (
    <div role="alert">
      {faults.map(({ line, says }) => (
        <p key={`${line} ${says}`} className={classes.verdict}>
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          {says}
        </p>
      ))}
    </div>
  )
}
