import { SegmentedControl } from '@mantine/core'
import { IconArrowRight, IconEqual, IconMinus, IconPlus } from '@tabler/icons-react'
import type { Choice, PlanRow } from '../../shared/authority/plan-row.ts'
import { FindingList } from '../parts/FindingList.tsx'
import { PlanEditor } from './PlanEditor.tsx'
import classes from './Sign.module.css'
import { chooseRow } from './sign-store.ts'

const marks = {
  same: { icon: IconEqual, word: 'as asked' },
  changed: { icon: IconArrowRight, word: 'changed' },
  'left-out': { icon: IconMinus, word: 'left out' },
  added: { icon: IconPlus, word: 'added' },
}

const choiceWords: Record<Choice, string> = { take: 'Take', drop: 'Drop', set: 'Set' }
const order: Choice[] = ['take', 'drop', 'set']

/** One row: what is asked, what was chosen, what will be issued, and what is worth telling about it. */
export function PlanLine({ row, quiet }: { row: PlanRow; quiet: boolean }) {
  const { field, label, term, asked, askedCritical, choice, offers, value, critical, mark, issues } = row
  const { icon: Glyph, word } = marks[mark]
  const editing = choice === 'set' && row.edit !== 'none'
  return (
    <>
      <tr data-field={field} data-mark={mark} className={quiet ? classes.quietRow : undefined}>
        <th scope="row">
          {label}
          {term && term !== label && <div className="quiet">{term}</div>}
        </th>
        <td>
          <Lines lines={asked} critical={askedCritical} none="not asked" />
        </td>
        <td>
          {offers.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label={`${label}: what becomes of it`}
              value={choice}
              onChange={(next) => chooseRow(field, next as Choice, next === 'set' ? row.set : undefined)}
              data={order.filter((one) => offers.includes(one)).map((one) => ({ value: one, label: choiceWords[one] }))}
            />
          )}
        </td>
        <td>
          <div className={classes.issued}>
            <div>
              {editing && <PlanEditor row={row} />}
              {(!editing || row.edit === 'days') && <Lines lines={value} none="not in it" />}
            </div>
            <div className={classes.aside}>
              {!quiet && (
                <span className={classes.mark} data-mark={mark}>
                  <Glyph size={13} stroke={2} aria-hidden />
                  {word}
                </span>
              )}
              {critical && <span className={classes.critical}>critical</span>}
            </div>
          </div>
        </td>
      </tr>
      {issues.length > 0 && (
        <tr className={classes.issues}>
          <td />
          <td colSpan={3}>
            <FindingList findings={issues} />
          </td>
        </tr>
      )}
    </>
  )
}

type LinesProps = { lines: readonly string[]; critical?: boolean; none: string }

const mostLines = 12

function Lines({ lines, critical, none }: LinesProps) {
  if (lines.length === 0) return <span className="quiet">{none}</span>
  return (
    <>
      {critical && <span className={classes.critical}>critical</span>}
      <ul className={`${classes.lines} selectable`}>
        {lines.slice(0, mostLines).map((line) => (
          <li key={line}>
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
      {lines.length > mostLines && (
        <details className={classes.rest}>
          <summary>{(lines.length - mostLines).toLocaleString()} more</summary>
          <ul className={`${classes.lines} selectable`}>
            {lines.slice(mostLines).map((line) => (
              <li key={line}>
                <bdi>{line}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
