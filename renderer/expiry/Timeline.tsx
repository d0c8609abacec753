import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react'
import type { Axis } from '../parts/lifeline-marks.ts'
import { go } from '../place.ts'
import type { Row } from './calendar-rows.ts'
import { ItemLine } from './ItemLine.tsx'
import { belongsWords, itemSays, itemStateWords, leftWords } from './item-says.ts'
import { KindIcon } from './KindIcon.tsx'
import { placeOfItem } from './place-of-item.ts'
import { Scale } from './Scale.tsx'
import classes from './Timeline.module.css'
import type { Ticks } from './use-axis.ts'

const heights = { item: 42, group: 30 }
const scaleHeight = 29

type Props = {
  rows: readonly Row[]
  today: Date
  axis: Axis
  ticks: Ticks
  chosen: string | null
  onChoose: (item: string) => void
  /** By halves of the axis. */
  onPan: (by: number) => void
  onZoom: (by: number) => void
  onToday: () => void
}

/**
 * All lives on one axis with today's line through them. One stop for the keyboard: arrows up and down choose, left and
 * right move in time, plus and minus zoom. Only the lines in sight are drawn.
 */
export function Timeline({ rows, today, axis, ticks, chosen, onChoose, onPan, onZoom, onToday }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  const size = useElementSize<HTMLDivElement>()
  const ref = useMergedRef(scroll, size.ref)
  const dragged = useRef<{ x: number; pointer: number; moved: boolean } | null>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => heights[rows[index]?.row ?? 'item'],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
    // The names of the axis stand above the first row, and stay there.
    scrollMargin: scaleHeight,
    scrollPaddingStart: scaleHeight,
  })
  const at = rows.findIndex(({ id }) => id === chosen)

  // Rows change their height with their kind, so sizes must be measured anew when the list is another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are what changes the sizes
  useEffect(() => virtual.measure(), [rows, virtual])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that was chosen comes into sight, wherever it stands
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [chosen, rows.length])

  const move = (by: number) => {
    const step = Math.sign(by) || 1
    let next = Math.max(0, Math.min(rows.length - 1, (at < 0 ? -1 : at) + by))
    // A name of a group is no stop: past it in the direction of the key, or back where there is nothing beyond.
    while (rows[next]?.row === 'group') next += next + step < 0 || next + step >= rows.length ? -step : step
    const row = rows[next]
    if (row?.row === 'item') onChoose(row.id)
  }
  const page = () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? 400) / heights.item) - 2)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      PageDown: () => move(page()),
      PageUp: () => move(-page()),
      Home: () => move(-rows.length),
      End: () => move(rows.length),
      ArrowLeft: () => onPan(-0.25),
      ArrowRight: () => onPan(0.25),
      '+': () => onZoom(-1),
      '=': () => onZoom(-1),
      '-': () => onZoom(1),
      t: onToday,
      Enter: () => {
        const row = rows[at]
        if (row?.row === 'item') go(placeOfItem(row.item))
      },
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const width = Math.max(80, (size.width || 700) * 0.5)
  const onPointerDown = (event: PointerEvent) => {
    if (event.button === 0) dragged.current = { x: event.clientX, pointer: event.pointerId, moved: false }
  }
  const onPointerMove = (event: PointerEvent) => {
    const drag = dragged.current
    if (!drag || drag.pointer !== event.pointerId) return
    const by = drag.x - event.clientX
    if (!drag.moved && Math.abs(by) < 5) return
    drag.moved = true
    drag.x = event.clientX
    onPan((by / width) * 2)
  }
  const drop = () => {
    dragged.current = null
  }

  return (
    <div
      ref={ref}
      className={classes.scroll}
      role="listbox"
      tabIndex={0}
      aria-label="Lifelines"
      aria-activedescendant={at >= 0 ? `line-${at}` : undefined}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={drop}
      onPointerLeave={drop}
      onFocus={(event) => {
        if (at < 0 && event.currentTarget.matches(':focus-visible')) move(1)
      }}
    >
      <Scale
        ticks={ticks}
        axis={axis}
        today={today}
        height={Math.max(virtual.getTotalSize(), size.height - scaleHeight - 2)}
      />
      <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start, size: height }) => {
          const row = rows[index]
          if (!row) return null
          const place = { transform: `translateY(${start - scaleHeight}px)`, height }
          if (row.row === 'group') {
            return (
              <div key={row.id} className={classes.group} style={place} role="presentation">
                {row.name} <span className="quiet">{row.count}</span>
              </div>
            )
          }
          const { item } = row
          return (
            <div
              key={row.id}
              id={`line-${index}`}
              className={classes.row}
              style={place}
              role="option"
              aria-selected={row.id === chosen}
              tabIndex={-1}
              onClick={() => onChoose(row.id)}
              onDoubleClick={() => go(placeOfItem(item))}
              onKeyDown={() => {}}
            >
              <span className={classes.name}>
                <KindIcon kind={item.kind} />
                <span className={classes.words} title={[item.name, belongsWords(item)].filter(Boolean).join(', ')}>
                  <span>{item.name}</span>
                  <span className="quiet">{belongsWords(item)}</span>
                </span>
              </span>
              <span className="spoken">{itemSays(item, today)}</span>
              <ItemLine item={item} today={today} axis={axis} />
              <span className={`${classes.left} number`} data-tone={itemStateWords(item, today).tone}>
                {leftWords(item, today)}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
