import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo, useState } from 'react'
import type { Showing } from './inspect-store.ts'
import { isOwn } from './listing.ts'
import { matchesOf } from './matches.ts'
import { isTall, ObjectRow, rowId } from './ObjectRow.tsx'
import classes from './ObjectTree.module.css'
import type { TreeNode } from './tree-nodes.ts'
import { placesOf, rowsOf, type TreeRow } from './tree-rows.ts'
import { useTreeKeys } from './use-tree-keys.ts'

const rowHeight = { low: 32, tall: 46 }

type Props = {
  showing: Showing
  nodes: readonly TreeNode[]
  /** Ids that the filter lets through; undefined without one. */
  wanted: ReadonlySet<string> | undefined
  search: string
  today: Date
  scrollRef: RefObject<HTMLDivElement | null>
  onChoose: (id: string) => void
  onPick: (id: string) => void
  onEnter: () => void
}

/** What was dropped, as a tree. Only the rows in sight exist, so ten thousand scroll like ten. */
export function ObjectTree({ showing, nodes, wanted, search, today, scrollRef, onChoose, onPick, onEnter }: Props) {
  const { listing, chosen, picked } = showing
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  /** A file row may have the cursor, though it opens nothing on the right. */
  const [cursor, setCursor] = useState<string | null>(null)
  const rows = useMemo(() => rowsOf(nodes, closed, wanted), [nodes, closed, wanted])
  const places = useMemo(() => placesOf(rows), [rows])
  const related = useMemo(
    () =>
      new Map(
        (chosen ? matchesOf(chosen, listing.relations, (id) => listing.byId.get(id)?.kind) : []).map((one) => [
          one.object,
          one.word,
        ]),
      ),
    [chosen, listing.relations, listing.byId],
  )

  const here = cursor ?? chosen
  const at = useMemo(() => rows.findIndex((row) => row.id === here), [rows, here])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (rows[index] && !isTall(rows[index]) ? rowHeight.low : rowHeight.tall),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
  })

  // Rows change their height with their kind, so sizes must be measured anew when the list is another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are what changes the sizes
  useEffect(() => virtual.measure(), [rows, virtual])
  // What was opened from elsewhere (a chain, a relation) takes the cursor with it.
  useEffect(() => setCursor(chosen), [chosen])
  // The row of the cursor stays in sight; a row that is in sight already moves nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the cursor is may change without its row
  useEffect(() => {
    const list = scrollRef.current
    const row = virtual.measurementsCache[at]
    if (!list || !row) return
    if (row.start < list.scrollTop) list.scrollTop = row.start
    else if (row.end > list.scrollTop + list.clientHeight) list.scrollTop = row.end - list.clientHeight
  }, [here, virtual])

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
  const page = () => Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 400) / rowHeight.tall) - 1)
  const onKeyDown = useTreeKeys({ rows, at, page, move, setOpen, onPick, onEnter })

  return (
    <div
      ref={scrollRef}
      className={classes.scroll}
      role="tree"
      tabIndex={0}
      aria-label="What was dropped"
      aria-activedescendant={rows[at] ? rowId(rows[at]) : undefined}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        // Whoever comes by keyboard from a search stands on what it found; a click says itself where to go.
        if (at < 0 && event.currentTarget.matches(':focus-visible')) move(rows.findIndex((row) => row.row === 'object'))
      }}
    >
      {rows.length === 0 && (
        <p className={classes.none}>
          {search.trim() === '' ? 'Nothing here passes the filter.' : `Nothing here contains “${search.trim()}”.`}
        </p>
      )}
      <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          const mine = row.row === 'object' ? listing.mine.get(row.id)?.find(isOwn) : undefined
          return (
            <ObjectRow
              key={item.key}
              row={row}
              place={places[item.index]}
              today={today}
              top={item.start}
              height={item.size}
              chosen={row.id === here}
              picked={picked.includes(row.id)}
              belongsTo={mine?.name}
              related={related.get(row.id)}
              onOpen={(open) => setOpen(row, open)}
              onChoose={() => move(item.index)}
              onPick={() => row.row === 'object' && onPick(row.id)}
              inspection={listing.inspection}
            />
          )
        })}
      </div>
    </div>
  )
}
