import { IconChevronRight } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import type { Asn1Node } from '../../shared/pki/inspect-calls.ts'
import { visibleStart } from '../parts/visible-text.ts'
import classes from './Asn1Tab.module.css'
import { hasInside, openNodes, outerOf } from './asn1-nodes.ts'

const rowHeight = 24

type Props = {
  nodes: readonly Asn1Node[]
  marked: number
  closed: ReadonlySet<number>
  onMark: (index: number) => void
  onOpen: (index: number, open: boolean) => void
}

/** The values inside each other, in preorder. Only the rows in sight exist. */
export function Asn1Tree({ nodes, marked, closed, onMark, onOpen }: Props) {
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => openNodes(nodes, closed), [nodes, closed])
  const at = useMemo(() => rows.indexOf(marked), [rows, marked])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  useEffect(() => {
    const list = scroll.current
    if (!list || at < 0) return
    const top = at * rowHeight
    if (top < list.scrollTop) list.scrollTop = top
    else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight
  }, [at])

  const go = (row: number) => {
    const index = rows[Math.max(0, Math.min(rows.length - 1, row))]
    if (index !== undefined) onMark(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 240) / rowHeight) - 1)
    const inside = hasInside(nodes, marked)
    switch (event.key) {
      case 'ArrowDown':
        go(at + 1)
        break
      case 'ArrowUp':
        go(at - 1)
        break
      case 'PageDown':
        go(at + page)
        break
      case 'PageUp':
        go(at - page)
        break
      case 'Home':
        go(0)
        break
      case 'End':
        go(rows.length - 1)
        break
      case 'ArrowRight':
        if (inside && closed.has(marked)) onOpen(marked, true)
        else if (inside) onMark(marked + 1)
        break
      case 'ArrowLeft': {
        const outer = outerOf(nodes, marked)
        if (inside && !closed.has(marked)) onOpen(marked, false)
        else if (outer >= 0) onMark(outer)
        break
      }
      case 'Enter':
      case ' ':
        if (inside) onOpen(marked, closed.has(marked))
        break
      default:
        return
    }
    event.preventDefault()
  }

  return (
    <div
      ref={scroll}
      className={classes.tree}
      role="tree"
      tabIndex={0}
      aria-label="ASN.1 values"
      aria-activedescendant={at >= 0 ? `asn1-${marked}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className={classes.long} style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const index = rows[item.index]
          const node = index === undefined ? undefined : nodes[index]
          if (index === undefined || !node) return null
          return (
            <NodeRow
              key={index}
              index={index}
              node={node}
              top={item.start}
              marked={index === marked}
              open={hasInside(nodes, index) ? !closed.has(index) : undefined}
              onMark={onMark}
              onOpen={onOpen}
            />
          )
        })}
      </div>
    </div>
  )
}

type RowProps = Pick<Props, 'onMark' | 'onOpen'> & {
  index: number
  node: Asn1Node
  top: number
  marked: boolean
  open: boolean | undefined
}

function NodeRow({ index, node, top, marked, open, onMark, onOpen }: RowProps) {
  const { depth, at, tag, role, value } = node
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its rows, which never have the focus
    // biome-ignore lint/a11y/useFocusableInteractive: as above
    <div
      id={`asn1-${index}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={marked}
      aria-expanded={open}
      className={classes.node}
      style={{ transform: `translateY(${top}px)`, height: rowHeight, paddingLeft: 4 + Math.min(depth, 24) * 14 }}
      onClick={() => onMark(index)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse only: the arrow keys open and close */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <span
        className={classes.twist}
        data-open={open}
        onClick={(event) => {
          if (open === undefined) return
          event.stopPropagation()
          onOpen(index, !open)
        }}
      >
        {open !== undefined && <IconChevronRight size={13} aria-hidden />}
      </span>
      {role && <span className={classes.role}>{role}</span>}
      <span className={role ? 'dim' : undefined}>{tag}</span>
      {value !== undefined && (
        <span className={classes.value}>
          <bdi>{visibleStart(value, 200)}</bdi>
        </span>
      )}
      <span className="spoken">at {at}</span>
    </div>
  )
}
