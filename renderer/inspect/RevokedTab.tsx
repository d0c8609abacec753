import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { OpenedObject, RevokedEntry } from '../../shared/pki/inspect-calls.ts'
import { CopyText } from '../parts/CopyText.tsx'
import { DateText } from '../parts/DateText.tsx'
import classes from './RevokedTab.module.css'
import { revokedFound } from './revoked-search.ts'

const rowHeight = 32

/** The entries of a revocation list; what it is asked for most: is this serial number in it? */
export function RevokedTab({ opened }: { opened: OpenedObject }) {
  const [search, setSearch] = useState('')
  const { revoked } = opened
  const total = opened.object.facts.revokedCount ?? revoked.length
  const found = useMemo(() => revokedFound(revoked, search), [revoked, search])
  if (total === 0) return <p className="dim">No certificate is revoked by this list.</p>
  return (
    <div className={classes.revoked}>
      <TextInput
        aria-label="Search revoked certificates"
        placeholder="Serial number in hex or decimal, date or reason"
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden />}
        value={search}
        spellCheck={false}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <p className="quiet" role="status">
        {search.trim() === ''
          ? `${total.toLocaleString()} revoked`
          : `${found.length.toLocaleString()} of ${revoked.length.toLocaleString()} found`}
        {total > revoked.length && `; the first ${revoked.length.toLocaleString()} are shown and searched`}
      </p>
      {found.length > 0 ? (
        <Entries entries={found} />
      ) : (
        <p className="dim">Not among {total > revoked.length ? 'the entries shown' : 'the revoked certificates'}.</p>
      )}
    </div>
  )
}

function Entries({ entries }: { entries: readonly RevokedEntry[] }) {
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: only the rows in sight exist, which a table element cannot say
    <div role="table" aria-label="Revoked certificates" aria-rowcount={entries.length + 1}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: rows of a plain table are not operated */}
      <div className={classes.head} role="row" aria-rowindex={1}>
        {['Serial number', 'Revoked on', 'Reason'].map((name) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div className={classes.scroll} ref={scroll} tabIndex={0} role="rowgroup" aria-label="Entries">
        <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
          {virtual.getVirtualItems().map((item) => {
            const entry = entries[item.index]
            if (!entry) return null
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              // biome-ignore lint/a11y/useFocusableInteractive: as above
              <div
                key={item.key}
                className={classes.row}
                role="row"
                aria-rowindex={item.index + 2}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                <span role="cell">
                  <CopyText text={entry.serialHex} what="serial number" />
                </span>
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                <span role="cell">
                  <DateText iso={entry.revokedAt} />
                </span>
                {/* biome-ignore lint/a11y/useSemanticElements: as above */}
                <span role="cell">{entry.reason ?? <span className="dim">not given</span>}</span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
