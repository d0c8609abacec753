import { NativeSelect } from '@mantine/core'
import { IconArrowsDiff, IconEqual, IconPlus } from '@tabler/icons-react'
import type { BackupChoice, BackupItem } from '../../shared/vault/backup.ts'
import { journalKinds } from '../../shared/vault/journal.ts'
import { timeText } from '../parts/dates.ts'
import classes from './Vault.module.css'

export type Take = BackupChoice['take']

const states = {
  new: { Glyph: IconPlus, words: 'Not here' },
  same: { Glyph: IconEqual, words: 'The same' },
  different: { Glyph: IconArrowsDiff, words: 'Different' },
}

/** More than this is not drawn; what is not drawn keeps its usual choice. */
const mostRows = 500

type RestoreTableProps = {
  items: readonly BackupItem[]
  takeOf: (item: BackupItem) => Take
  onTake: (item: BackupItem, take: Take) => void
}

/** Each record of a backup beside the one that is here; what is the same asks nothing. */
export function RestoreTable({ items, takeOf, onTake }: RestoreTableProps) {
  const order = { different: 0, new: 1, same: 2 }
  const sorted = [...items].sort((a, b) => order[a.is] - order[b.is] || a.name.localeCompare(b.name))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={`table-box ${classes.box}`} tabIndex={0} aria-label="What the backup holds">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Beside what is here</th>
            <th scope="col">Do</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, mostRows).map((item) => {
            const { Glyph, words } = states[item.is]
            return (
              <tr key={`${item.kind} ${item.id}`}>
                <th scope="row" className={item.name ? 'third' : 'third sentence'}>
                  {item.name || journalKinds[item.kind]}
                  <div className="quiet sentence">
                    {item.name ? journalKinds[item.kind] : ''}
                    {item.hasKey ? ', with key' : ''}
                  </div>
                </th>
                <td>
                  <span className={classes.verdict}>
                    <Glyph size={14} stroke={1.8} aria-hidden />
                    {words}
                  </span>
                  {item.is === 'different' && (
                    <div className="quiet">
                      here {item.mine ? timeText(item.mine) : 'unknown'}, backup{' '}
                      {item.theirs ? timeText(item.theirs) : 'unknown'}
                    </div>
                  )}
                </td>
                <td>
                  {item.is === 'same' ? (
                    <span className="dim">Nothing</span>
                  ) : (
                    <NativeSelect
                      size="xs"
                      aria-label={`What to do with ${item.name || journalKinds[item.kind]}`}
                      value={takeOf(item)}
                      onChange={(event) => onTake(item, event.currentTarget.value as Take)}
                      data={choicesFor(item)}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function choicesFor({ is, kind }: BackupItem): { value: Take; label: string }[] {
  if (is === 'new')
    return [
      { value: 'theirs', label: 'Restore' },
      { value: 'mine', label: 'Leave out' },
    ]
  const choices: { value: Take; label: string }[] = [
    { value: 'mine', label: 'Keep the one here' },
    { value: 'theirs', label: 'Take the backup’s' },
  ]
  // What is there once only, such as the practice authority of a provider, cannot be kept twice.
  const once = kind === 'practice-authority' || kind === 'listener'
  return once ? choices : [...choices, { value: 'both', label: 'Keep both' }]
}
