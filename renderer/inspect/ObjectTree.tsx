import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Inspection } from '../../shared/pki/facts.ts'
import { ObjectRow, rowId } from './ObjectRow.tsx'
import classes from './ObjectTree.module.css'
import { matchesOf, placesOf, type TreeRow, treeOf } from './object-tree.ts'

const rowHeight = { file: 32, object: 46 }
/** Fewer objects than this are seen at a glance. */
const filterFrom = 10

type Props = { inspection: Inspection; chosen: string | null; today: Date; onChoose: (id: string) => void }

/** What was dropped, by file and container. Only the rows in sight exist, so ten thousand scroll like ten. */
export function ObjectTree({ inspection, chosen, today, onChoose }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  /** A file row may have the cursor, though it opens nothing on the right. */
  const [cursor, setCursor] = useState<string | null>(null)
  const scroll = useRef<HTMLDivElement>(null)

  const rows = useMemo(() => treeOf(inspection, closed, wanted), [inspection, closed, wanted])
  const kinds = useMemo(() => new Map(inspection.objects.map((object) => [object.id, object.kind])), [inspection])
  const mine = useMemo(() => new Map(inspection.mine.map((one) => [one.object, one.name])), [inspection])
  const related = useMemo(
    () =>
      new Map(
        (chosen ? matchesOf(chosen, inspection, (id) => kinds.get(id)) : []).map((one) => [one.object, one.word]),
      ),
    [chosen, inspection, kinds],
  )

  const places = useMemo(() => placesOf(rows), [rows])

  const here = cursor ?? chosen
  const at = rows.findIndex((row) => row.id === here)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => rowHeight[rows[index]?.row ?? 'object'],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  })

  // Rows change their height with their kind, so sizes must be measured anew when the list is another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are what changes the sizes
  useEffect(() => virtual.measure(), [rows, virtual])
  // The row of the cursor stays in sight; a row that is in sight already moves nothing.
  useEffect(() => {
    const list = scroll.current
    const row = virtual.measurementsCache[at]
    if (!list || !row) return
    if (row.start < list.scrollTop) list.scrollTop = row.start
    else if (row.end > list.scrollTop + list.clientHeight) list.scrollTop = row.end - list.clientHeight
  }, [at, virtual])

  const move = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (!row) return
    setCursor(row.id)
    if (row.row === 'object') onChoose(row.id)
  }
  const setOpen = (row: TreeRow, open: boolean) =>
    setClosed((now) => {
      const next = new Set(now)
      if (open) next.delete(row.id)
      else next.add(row.id)
      return next
    })

  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[at]
    const parent = rows.findLastIndex((other, index) => index < at && other.level < (row?.level ?? 1))
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / rowHeight.object) - 1)
    if (event.ctrlKey || event.metaKey || event.altKey) return
    switch (event.key) {
      case 'ArrowDown':
        move(at + 1)
        break
      case 'ArrowUp':
        move(at < 0 ? 0 : at - 1)
        break
      case 'PageDown':
        move(at + page)
        break
      case 'PageUp':
        move(at - page)
        break
      case 'Home':
        move(0)
        break
      case 'End':
        move(rows.length - 1)
        break
      case 'ArrowRight':
        if (row?.open === false) setOpen(row, true)
        else if (row?.open) move(at + 1)
        break
      case 'ArrowLeft':
        if (row?.open) setOpen(row, false)
        else if (parent >= 0) move(parent)
        break
      default:
        return
    }
    event.preventDefault()
  }

  return (
    <div className={classes.side}>
      {inspection.objects.length >= filterFrom && (
        <TextInput
          className={classes.filter}
          aria-label="Filter objects"
          placeholder={`Filter ${inspection.objects.length.toLocaleString()} objects`}
          leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            scroll.current?.focus()
            move(0)
          }}
        />
      )}
      <div
        ref={scroll}
        className={classes.scroll}
        role="tree"
        tabIndex={0}
        aria-label="What was dropped"
        aria-activedescendant={rows[at] ? rowId(rows[at]) : undefined}
        onKeyDown={onKeyDown}
      >
        {rows.length === 0 && <p className={classes.none}>Nothing here contains “{wanted}”.</p>}
        <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]
            if (!row) return null
            return (
              <ObjectRow
                key={item.key}
                row={row}
                place={places[item.index]}
                today={today}
                top={item.start}
                height={item.size}
                chosen={row.id === here}
                belongsTo={mine.get(row.id)}
                related={related.get(row.id)}
                onOpen={(open) => setOpen(row, open)}
                onChoose={() => move(item.index)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}
