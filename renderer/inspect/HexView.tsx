import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, useEffect, useRef } from 'react'
import type { Asn1Node } from '../../shared/pki/inspect-calls.ts'
import classes from './Asn1Tab.module.css'
import { charOf, hexByte, offsetText, partOf } from './asn1-nodes.ts'

const rowHeight = 20
/** From this width on sixteen octets stand in a line. */
const wideFrom = 540

type Props = {
  bytes: Uint8Array
  /** Whose octets are marked. */
  node: Asn1Node | undefined
  octet: number
  onOctet: (offset: number) => void
}

/** The bytes as a hex dump; the octets of the marked value stand out, its tag and length from its content. */
export function HexView({ bytes, node, octet, onOctet }: Props) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const scroll = useRef<HTMLDivElement>(null)
  const columns = width >= wideFrom ? 16 : 8
  const virtual = useVirtualizer({
    count: Math.ceil(bytes.length / columns),
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  })
  useEffect(() => {
    const list = scroll.current
    if (!list) return
    const top = Math.floor(octet / columns) * rowHeight
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight
  }, [octet, columns])

  const go = (offset: number) => onOctet(Math.max(0, Math.min(bytes.length - 1, offset)))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.altKey) return
    const page = columns * Math.max(1, Math.floor((scroll.current?.clientHeight ?? 240) / rowHeight) - 1)
    const row = octet - (octet % columns)
    const steps: Record<string, number> = {
      ArrowRight: octet + 1,
      ArrowLeft: octet - 1,
      ArrowDown: octet + columns,
      ArrowUp: octet - columns,
      PageDown: octet + page,
      PageUp: octet - page,
      Home: event.ctrlKey ? 0 : row,
      End: event.ctrlKey ? bytes.length - 1 : row + columns - 1,
    }
    const to = steps[event.key]
    if (to === undefined) return
    event.preventDefault()
    go(to)
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: only the rows in sight exist, which a table element cannot say
    <div
      ref={(element) => {
        scroll.current = element
        ref(element)
      }}
      className={classes.hex}
      role="grid"
      tabIndex={0}
      aria-label="Bytes"
      aria-rowcount={Math.ceil(bytes.length / columns)}
      aria-colcount={columns}
      aria-activedescendant={`octet-${octet}`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const from = item.index * columns
          const touches = node && node.at < from + columns && node.at + node.headerLength + node.length > from
          return (
            <HexRow
              key={item.key}
              bytes={bytes}
              from={from}
              columns={columns}
              top={item.start}
              node={touches ? node : undefined}
              octet={octet >= from && octet < from + columns ? octet : -1}
              onOctet={onOctet}
            />
          )
        })}
      </div>
    </div>
  )
}

type RowProps = {
  bytes: Uint8Array
  from: number
  columns: number
  top: number
  node: Asn1Node | undefined
  octet: number
  onOctet: (offset: number) => void
}

const HexRow = memo(function HexRow({ bytes, from, columns, top, node, octet, onOctet }: RowProps) {
  const row = Array.from(bytes.subarray(from, from + columns))
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which octet is meant
    <div
      className={classes.octets}
      role="row"
      aria-rowindex={from / columns + 1}
      style={{ transform: `translateY(${top}px)`, height: rowHeight }}
    >
      <span className={classes.offset} aria-hidden>
        {offsetText(from, bytes.length)}
      </span>
      {row.map((byte, column) => {
        const offset = from + column
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span
            key={offset}
            id={`octet-${offset}`}
            role="gridcell"
            aria-colindex={column + 1}
            aria-selected={offset === octet}
            aria-label={offset === octet ? `${hexByte(byte)} at ${offset}` : undefined}
            className={classes.octet}
            data-part={partOf(node, offset)}
            data-here={offset === octet || undefined}
            onClick={() => onOctet(offset)}
          >
            {hexByte(byte)}
          </span>
        )
      })}
      <span className={classes.chars} style={{ gridColumn: columns + 2 }} aria-hidden>
        {row.map(charOf).join('')}
      </span>
    </div>
  )
})
