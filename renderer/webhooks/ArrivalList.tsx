import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconCircleCheckFilled, IconCircleXFilled, IconSearch, IconTrash, IconWebhook } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ArrivalRow } from '../../shared/webhooks/arrival.ts'
import { useDesk } from '../desk.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ProblemNote } from '../parts/ProblemNote.tsx'
import classes from './ArrivalList.module.css'
import { askedWords, found, signatureWords, timeOf } from './arrival-words.ts'
import { useArrivals } from './arrivals-store.ts'

const rowHeight = 46
const mostSaved = 500

type Only = 'all' | 'accepted' | 'refused'

/** What arrived, newest first. Only the rows in sight exist. */
export function ArrivalList() {
  const rows = useArrivals((state) => state.rows)
  const loaded = useArrivals((state) => state.loaded)
  const problem = useArrivals((state) => state.problem)
  const opened = useArrivals((state) => state.opened)
  const running = useDesk((state) => state.listener)
  const [search, setSearch] = useState('')
  const [only, setOnly] = useState<Only>('all')
  const settled = useDeferredValue(search)
  const shown = useMemo(() => found(rows, settled, only), [rows, settled, only])
  if (!loaded) return <div />
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={IconWebhook}
        title={running ? 'Nothing has arrived yet' : 'Nothing is listening'}
        says={
          running
            ? `Whatever calls ${running.url} is listed here, also what is refused.`
            : 'Start the listener to see what calls you: the certificate that is shown, what it sends, and whether you would let it in.'
        }
      />
    )
  }
  return (
    <section className={classes.list} aria-label="Arrivals">
      <div className={classes.bar}>
        <TextInput
          className={classes.search}
          size="xs"
          aria-label="Search arrivals"
          placeholder="Path, name, reason"
          leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label="Which arrivals"
          value={only}
          onChange={(value) => setOnly(value as Only)}
          data={[
            { value: 'all', label: 'All' },
            { value: 'accepted', label: 'Accepted' },
            { value: 'refused', label: 'Refused' },
          ]}
        />
        <span className="quiet number" role="status">
          {shown.length === rows.length
            ? rows.length.toLocaleString()
            : `${shown.length.toLocaleString()} of ${rows.length.toLocaleString()}`}
        </span>
        <ListActions shown={shown} />
      </div>
      {problem && opened === null && <ProblemNote problem={problem} />}
      <Rows rows={shown} />
    </section>
  )
}

function ListActions({ shown }: { shown: readonly ArrivalRow[] }) {
  const save = useArrivals((state) => state.save)
  const clear = useArrivals((state) => state.clear)
  const [asking, setAsking] = useState(false)
  const requests = shown.filter(({ kind }) => kind === 'request').slice(0, mostSaved)
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        disabled={requests.length === 0}
        onClick={() => void save(requests.map(({ id }) => id))}
      >
        Save fixtures
      </Button>
      <ActionIcon variant="default" size={26} aria-label="Clear all arrivals" onClick={() => setAsking(true)}>
        <IconTrash size={15} stroke={1.6} aria-hidden />
      </ActionIcon>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Clear all arrivals?"
        verb="Clear"
        grave
        onConfirm={() => {
          setAsking(false)
          void clear()
        }}
      >
        They are deleted from this computer. Fixtures that were saved stay where they are.
      </ConfirmDialog>
    </>
  )
}

function Rows({ rows }: { rows: readonly ArrivalRow[] }) {
  const opened = useArrivals((state) => state.opened)
  const openArrival = useArrivals((state) => state.openArrival)
  const scroll = useRef<HTMLDivElement>(null)
  const before = useRef(rows.length)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  // What one is looking at stays in its place while more comes in above it.
  useLayoutEffect(() => {
    const added = rows.length - before.current
    before.current = rows.length
    if (added > 0 && scroll.current && scroll.current.scrollTop > rowHeight)
      scroll.current.scrollTop += added * rowHeight
  }, [rows.length])

  const at = rows.findIndex(({ id }) => id === opened)
  const goTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    virtual.scrollToIndex(rows.indexOf(row))
    void openArrival(row.id)
  }
  const page = () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
  const keys: Record<string, () => void> = {
    ArrowDown: () => goTo(at + 1),
    ArrowUp: () => goTo(at < 0 ? 0 : at - 1),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    PageDown: () => goTo(at + page()),
    PageUp: () => goTo(at - page()),
    Escape: () => void openArrival(null),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  const now = new Date()
  return (
    <div
      className={classes.scroll}
      ref={scroll}
      role="listbox"
      tabIndex={0}
      aria-label="Arrivals, newest first"
      aria-activedescendant={at >= 0 ? `arrival-${opened}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list itself is operated by keys
            <div
              key={item.key}
              id={`arrival-${row.id}`}
              className={classes.row}
              role="option"
              tabIndex={-1}
              aria-selected={row.id === opened}
              data-outcome={row.outcome}
              style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              onClick={() => void openArrival(row.id)}
            >
              <RowWords row={row} now={now} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function RowWords({ row, now }: { row: ArrivalRow; now: Date }) {
  const Glyph = row.outcome === 'accepted' ? IconCircleCheckFilled : IconCircleXFilled
  const wrong = row.signature !== undefined && row.signature !== 'good' && row.signature !== 'unchecked'
  return (
    <>
      <Glyph
        size={16}
        className={classes.mark}
        role="img"
        aria-label={row.outcome === 'accepted' ? 'Accepted' : 'Refused'}
      />
      <span className={classes.asked} title={askedWords(row)}>
        {askedWords(row)}
      </span>
      <span className={classes.end}>
        {row.signature && row.signature !== 'unchecked' && (
          <span className={classes.signed} data-wrong={wrong || undefined}>
            {signatureWords[row.signature]}
          </span>
        )}
        {row.status !== undefined && <span className="number">{row.status}</span>}
        <time className="number dim" dateTime={row.at}>
          {timeOf(row.at, now)}
        </time>
      </span>
      <span className={classes.says}>{row.outcome === 'refused' ? row.says : (row.subject ?? row.says)}</span>
    </>
  )
}
