import { TextInput } from '@mantine/core'
import { IconCheck, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { authoritiesFound } from '../../shared/tls/asked-beside.ts'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './AskedPart.module.css'

/** Above this many names one searches instead of reading. */
const mostInSight = 20
const rowHeight = 26
const longestName = 400

type Props = {
  names: readonly string[]
  /** The one that the identity’s chain leads to. */
  ours: string | null
}

/** Names of authorities; only the rows in sight of a long list exist, so that thousands scroll like ten. */
export function AuthorityNames({ names, ours }: Props) {
  const [wanted, setWanted] = useState('')
  const sorted = useMemo(
    () => (ours === null ? names : [ours, ...names.filter((name) => name !== ours)]),
    [names, ours],
  )
  const found = useMemo(() => authoritiesFound(sorted, wanted), [sorted, wanted])
  if (names.length <= mostInSight) {
    return (
      <ul className={classes.list} aria-label="Authorities it accepts">
        {sorted.map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a server may name one authority twice
          <li key={at} className={classes.row} data-ours={name === ours || undefined}>
            <Name name={name} ours={name === ours} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div className={classes.names}>
      <TextInput
        size="xs"
        aria-label="Search the authorities"
        placeholder="Find by any part of a name"
        leftSection={<IconSearch size={14} stroke={1.8} aria-hidden />}
        spellCheck={false}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <p className="quiet" role="status">
        {wanted.trim() === ''
          ? `${names.length.toLocaleString()} authorities`
          : `${found.length.toLocaleString()} of ${names.length.toLocaleString()} found`}
      </p>
      {found.length > 0 && <LongList names={found} ours={ours} />}
    </div>
  )
}

function LongList({ names, ours }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: names.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroll} ref={scroll} tabIndex={0} aria-label="List of authorities">
      {/* biome-ignore lint/a11y/useSemanticElements: only the rows in sight exist, which a list element cannot say */}
      <div
        className={classes.long}
        role="list"
        aria-label="Authorities it accepts"
        style={{ height: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map(({ index, key, start, size }) => {
          const name = names[index] ?? ''
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={key}
              className={classes.row}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={names.length}
              data-ours={name === ours || undefined}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              <Name name={name} ours={name === ours} />
            </div>
          )
        })}
      </div>
    </section>
  )
}

function Name({ name, ours }: { name: string; ours: boolean }) {
  const shown = visibleStart(name, longestName)
  return (
    <>
      {ours && <IconCheck size={13} stroke={2.2} role="img" aria-label="Your certificate leads to it:" />}
      <span className="mono selectable" title={shown}>
        <bdi>{shown}</bdi>
      </span>
    </>
  )
}
