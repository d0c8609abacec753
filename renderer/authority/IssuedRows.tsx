import { UnstyledButton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef } from 'react'
import type { IssuedSummary } from '../../shared/calls/authority.ts'
import { StateMark } from '../parts/StateMark.tsx'
import { openIssued } from './book-store.ts'
import classes from './IssuedView.module.css'
import { issuedMark, shortSerial } from './issued-words.ts'

const rowHeight = 58
const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }

type Props = { issued: IssuedSummary[]; chosen: string | null; today: Date }

/** Issued certificates, one row each; only those in sight are drawn. Arrow keys walk, and what is reached is opened. */
export function IssuedRows({ issued, chosen, today }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: issued.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  const at = issued.findIndex(({ handle }) => handle === chosen)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = moves[event.key]
    const edge = event.key === 'Home' ? 0 : event.key === 'End' ? issued.length - 1 : null
    if (step === undefined && edge === null) return
    event.preventDefault()
    const next = edge ?? Math.min(Math.max(at + (step ?? 0), 0), issued.length - 1)
    const one = issued[next]
    if (!one) return
    void openIssued(one.handle)
    virtual.scrollToIndex(next)
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-issued="${one.handle}"]`)?.focus())
  }
  return (
    <div className={classes.rows} ref={scroller}>
      <ul aria-label="Issued certificates" style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const one = issued[index]
          if (!one) return null
          const { handle, name, authorityName, serial } = one
          // One row takes the focus; the others are reached from it.
          const stop = at >= 0 ? index === at : index === 0
          return (
            <li
              key={handle}
              style={{ top: start, height: rowHeight }}
              aria-setsize={issued.length}
              aria-posinset={index + 1}
            >
              <UnstyledButton
                className={classes.row}
                data-issued={handle}
                tabIndex={stop ? 0 : -1}
                aria-current={handle === chosen ? 'true' : undefined}
                onClick={() => void openIssued(handle)}
              >
                <span className={classes.name} title={name}>
                  <bdi>{name}</bdi>
                </span>
                <span className={classes.line}>
                  <StateMark {...issuedMark(one, today)} />
                  <span className={classes.authority} title={`${authorityName} · ${serial}`}>
                    <bdi>{authorityName}</bdi> · <span className="number">{shortSerial(serial)}</span>
                  </span>
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
