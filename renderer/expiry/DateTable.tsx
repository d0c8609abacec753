import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { kindWords } from '../../shared/expiry/item-words.ts'
import { byEnd, type ExpiryItem } from '../../shared/expiry/items.ts'
import { DateText } from '../parts/DateText.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import classes from './DateTable.module.css'
import { itemStateWords, leftWords } from './item-says.ts'

const rowHeight = 46

type Sort = { by: 'name' | 'kind' | 'end'; down: boolean }

const compare: Record<Sort['by'], (a: ExpiryItem, b: ExpiryItem) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  kind: (a, b) => kindWords[a.kind].one.localeCompare(kindWords[b.kind].one) || byEnd(a, b),
  end: byEnd,
}

type Props = { items: readonly ExpiryItem[]; today: Date; chosen: string | null; onChoose: (item: string) => void }

/** The same dates as a table, for reading instead of looking. */
export function DateTable({ items, today, chosen, onChoose }: Props) {
  const [sort, setSort] = useState<Sort>({ by: 'end', down: false })
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => {
    const sorted = [...items].sort(compare[sort.by])
    return sort.down ? sorted.reverse() : sorted
  }, [items, sort])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  const seen = virtual.getVirtualItems()
  const above = seen[0]?.start ?? 0
  const below = virtual.getTotalSize() - (seen.at(-1)?.end ?? 0)
  const head = (by: Sort['by'], label: string) => (
    <th scope="col" aria-sort={sort.by !== by ? undefined : sort.down ? 'descending' : 'ascending'}>
      <UnstyledButton className={classes.sort} onClick={() => setSort({ by, down: sort.by === by && !sort.down })}>
        {label}
        {sort.by === by &&
          (sort.down ? <IconArrowDown size={13} aria-hidden /> : <IconArrowUp size={13} aria-hidden />)}
      </UnstyledButton>
    </th>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroll} className={`table-box ${classes.scroll}`} tabIndex={0} aria-label="Dates">
      <table
        className={`table ${classes.table}`}
        aria-label="Dates of everything that expires"
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr>
            {head('name', 'Name')}
            {head('kind', 'Kind')}
            <th scope="col">State</th>
            <th scope="col" className={classes.wide}>
              Valid from
            </th>
            <th scope="col" className={classes.wide}>
              Renew from
            </th>
            {head('end', 'Expires')}
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>
          {above > 0 && (
            <tr aria-hidden>
              <td style={{ height: above }} />
            </tr>
          )}
          {seen.map(({ index }) => {
            const item = rows[index]
            if (!item) return null
            return (
              <tr key={item.id} aria-rowindex={index + 2} data-chosen={item.id === chosen || undefined}>
                <th scope="row">
                  <UnstyledButton className={classes.name} onClick={() => onChoose(item.id)}>
                    {item.name}
                  </UnstyledButton>
                  <span className="quiet">
                    {[item.providerName, item.environmentName].filter(Boolean).join(' ')}
                    {item.practice && ', practice'}
                  </span>
                </th>
                <td className="sentence">{kindWords[item.kind].one}</td>
                <td className="narrow">
                  <StateMark {...itemStateWords(item, today)} />
                </td>
                <td className={`narrow ${classes.wide}`}>{item.notBefore && <DateText iso={item.notBefore} />}</td>
                <td className={`narrow ${classes.wide}`}>
                  {item.renewFrom && item.life === 'current' && <DateText iso={item.renewFrom} />}
                </td>
                <td className="narrow">{item.notAfter && <DateText iso={item.notAfter} />}</td>
                <td className="number sentence">{leftWords(item, today)}</td>
              </tr>
            )
          })}
          {below > 0 && (
            <tr aria-hidden>
              <td style={{ height: below }} />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
