import { Select, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { PlanRow } from '../../shared/authority/plan-row.ts'
import type { ShownPlan } from '../../shared/calls/signing.ts'
import { PlanLine } from './PlanLine.tsx'
import classes from './Sign.module.css'
import { chooseRow } from './sign-store.ts'

const groups: { group: PlanRow['group']; title: string }[] = [
  { group: 'name', title: 'Who it is' },
  { group: 'use', title: 'What it may do' },
  { group: 'life', title: 'How long, and how it is revoked' },
  { group: 'more', title: 'Key, serial number, identifiers' },
]

const parts = ['CN', 'O', 'OU', 'L', 'ST', 'C', 'emailAddress']

/** One row for each field that is asked for or issued. Rows where nothing can be chosen are folded at the end. */
export function PlanTable({ plan }: { plan: ShownPlan }) {
  const [unfolded, setUnfolded] = useState(false)
  const empty = ({ asked, value, choice }: PlanRow) => asked.length === 0 && value.length === 0 && choice === 'drop'
  const needs = plan.rows.some(({ group, issues }) => group === 'more' && issues.length > 0)
  const shown = unfolded || needs
  return (
    <table className={`table ${classes.table}`}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">The request asks</th>
          <th scope="col">
            <span className="spoken">Choice</span>
          </th>
          <th scope="col">Will be issued</th>
        </tr>
      </thead>
      {groups.map(({ group, title }) => {
        const rows = plan.rows.filter((row) => row.group === group)
        const folded = group === 'more' && !shown
        return (
          <tbody key={group}>
            <tr className={classes.group}>
              <th colSpan={4} scope="rowgroup">
                {group === 'more' && !needs ? (
                  <UnstyledButton onClick={() => setUnfolded(!unfolded)} aria-expanded={shown}>
                    {shown ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}{' '}
                    {title}
                  </UnstyledButton>
                ) : (
                  title
                )}
              </th>
            </tr>
            {!folded && rows.map((row) => <PlanLine key={row.field} row={row} quiet={empty(row)} />)}
            {group === 'name' && (
              <tr>
                <td />
                <td colSpan={3}>
                  <Select
                    size="xs"
                    w={220}
                    aria-label="Add a part of the name"
                    placeholder="Add a part of the name…"
                    data={parts}
                    value={null}
                    onChange={(part) => part && chooseRow(`subject.+${part}`, 'set', [''])}
                  />
                </td>
              </tr>
            )}
          </tbody>
        )
      })}
    </table>
  )
}
