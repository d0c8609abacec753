import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useLostFocus } from '../parts/take-focus.ts'
import type { Showing } from './inspect-store.ts'
import { useInspect } from './inspect-store.ts'
import { ListHead } from './ListHead.tsx'
import { useListView } from './list-view.ts'
import { isOwn } from './listing.ts'
import classes from './ObjectTree.module.css'
import { ObjectTree } from './ObjectTree.tsx'
import { PickedBar } from './PickedBar.tsx'
import { ranksOf } from './row-order.ts'
import { isFiltering, matching, noFilter } from './row-search.ts'
import { nodesOf } from './tree-nodes.ts'

/** Fewer objects than this are seen at a glance. */
const toolsFrom = 3

type Props = { showing: Showing; today: Date; onEnter: () => void; onCompare: () => void }

/** The left of the room: what was dropped, with the ways to find something in it. */
export function ObjectList({ showing, today, onEnter, onCompare }: Props) {
  const { listing } = showing
  const choose = useInspect((state) => state.choose)
  const pick = useInspect((state) => state.pick)
  const { grouping, order } = useListView()
  const [filter, setFilter] = useState(noFilter)
  /** Typing goes on while the list is narrowed. */
  const settled = useDeferredValue(filter)
  const scroll = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)

  // What was just dropped is walked through by the arrow keys at once.
  useLostFocus(scroll, String(showing.drop))

  const nodes = useMemo(() => nodesOf(listing, grouping, ranksOf(listing.rows, order)), [listing, grouping, order])
  const wanted = useMemo(
    () =>
      isFiltering(settled)
        ? matching(listing.rows, settled, (id) => listing.mine.get(id)?.some(isOwn) ?? false)
        : undefined,
    [listing.rows, listing.mine, settled],
  )

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return
      if (!search.current) return
      event.preventDefault()
      search.current.select()
      search.current.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  return (
    <div className={classes.side}>
      {(listing.rows.length >= toolsFrom || !listing.done) && (
        <ListHead
          listing={listing}
          filter={filter}
          onFilter={setFilter}
          found={wanted?.size ?? listing.rows.length}
          searchRef={search}
          onDown={() => scroll.current?.focus()}
        />
      )}
      <ObjectTree
        showing={showing}
        nodes={nodes}
        wanted={wanted}
        search={settled.search}
        today={today}
        scrollRef={scroll}
        onChoose={choose}
        onPick={pick}
        onEnter={onEnter}
      />
      <PickedBar showing={showing} onCompare={onCompare} />
    </div>
  )
}
