import { TextInput } from '@mantine/core'
import { IconChevronRight, IconFiles, IconId, IconLink, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Inspection } from '../../shared/pki/facts.ts'
import { validityWords } from '../parts/validity-words.ts'
import { FindingMark } from './FindingMark.tsx'
import { KindIcon } from './KindIcon.tsx'
import classes from './ObjectTree.module.css'
import { matchesOf, type TreeRow, treeOf } from './object-tree.ts'

const rowHeight = { file: 32, object: 46 }
/** Fewer objects than this are seen at a glance. */
const filterFrom = 10

type Props = { inspection: Inspection; chosen: string | null; today: Date; onChoose: (id: string) => void }

const rowId = (row: TreeRow) => `tree-${row.id.replace(/[^\w.-]/g, '_')}`

/** What was dropped, by file and container. Only the rows in sight exist, so ten thousand scroll like ten. */
export function ObjectTree({ inspection, chosen, today, onChoose }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [filter, setFilter] = useState('')
  const wanted = useDeferredValue(filter)
  /** A file row may have the cursor, though it opens nothing on the right. */
  const [cursor, setCursor] = useState<string | null>(null)
  const scroll = useRef<HTMLDivElement>(null)

  const { rows } = useMemo(() => treeOf(inspection, closed, today, wanted), [inspection, closed, today, wanted])
  const kinds = useMemo(() => new Map(inspection.objects.map((object) => [object.id, object.kind])), [inspection])
  const mine = useMemo(() => new Map(inspection.mine.map((one) => [one.object, one.name])), [inspection])
  const related = useMemo(
    () =>
      new Map(
        (chosen ? matchesOf(chosen, inspection, (id) => kinds.get(id)) : []).map((one) => [one.object, one.word]),
      ),
    [chosen, inspection, kinds],
  )

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
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
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
        else if (row) move(rows.findLastIndex((other, index) => index < at && other.level < row.level))
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
              <Row
                key={item.key}
                row={row}
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

type RowProps = {
  row: TreeRow
  today: Date
  top: number
  height: number
  chosen: boolean
  belongsTo: string | undefined
  related: string | undefined
  onOpen: (open: boolean) => void
  onChoose: () => void
}

function Row({ row, today, top, height, chosen, belongsTo, related, onOpen, onChoose }: RowProps) {
  const over = row.row === 'object' && validityWords(row.object.facts, today)?.state === 'over'
  const fileWord = row.row === 'object' && row.file && row.file !== row.name ? row.file : undefined
  const label = [
    row.name,
    row.says,
    fileWord,
    belongsTo && `yours: ${belongsTo}`,
    related && `${related} of the opened one`,
  ]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its rows, which never have the focus
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      id={rowId(row)}
      role="treeitem"
      aria-level={row.level}
      aria-selected={chosen}
      aria-expanded={row.open}
      aria-label={label.filter(Boolean).join(', ')}
      className={classes.row}
      data-row={row.row}
      data-related={related ? true : undefined}
      style={{ transform: `translateY(${top}px)`, height, paddingLeft: 8 + (row.level - 1) * 16 }}
      onClick={onChoose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse only: the arrow keys open and close */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <span
        className={classes.twist}
        data-open={row.open}
        data-none={row.open === undefined || undefined}
        onClick={(event) => {
          if (row.open === undefined) return
          event.stopPropagation()
          onOpen(!row.open)
        }}
      >
        {row.open !== undefined && <IconChevronRight size={14} aria-hidden />}
      </span>
      <span className={classes.icon}>
        {row.row === 'file' ? <IconFiles size={18} stroke={1.5} aria-hidden /> : <KindIcon object={row.object} />}
      </span>
      <span className={classes.words}>
        <span className={classes.name} title={row.name}>
          <bdi>{row.name}</bdi>
          {row.row === 'file' && <span className={classes.count}>{row.says}</span>}
        </span>
        {row.row === 'object' && (
          <span className={classes.says} data-over={over || undefined}>
            {row.says}
            {fileWord && <span className={classes.file}> · {fileWord}</span>}
          </span>
        )}
      </span>
      {related && <IconLink className={classes.linked} size={15} stroke={1.8} aria-hidden />}
      {belongsTo && <IconId className={classes.mine} size={16} stroke={1.6} aria-hidden />}
      {row.row === 'object' && <FindingMark findings={row.object.findings} />}
    </div>
  )
}
