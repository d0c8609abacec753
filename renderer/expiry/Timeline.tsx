import { ActionIcon, Button, SegmentedControl, UnstyledButton } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import type { IdentitySummary } from '../../shared/identity.ts'
import { Lifeline } from '../parts/Lifeline.tsx'
import { go } from '../place.ts'
import { axisAt, namesThatFit, ticksOf, type Zoom, zoomFor, zooms, zoomWords } from './calendar-axis.ts'
import { leftWords } from './left-words.ts'
import classes from './Timeline.module.css'

type Props = { identities: readonly IdentitySummary[]; today: Date; remindDays: number }

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

/** All lifelines on one axis with today's tick through them. */
export function Timeline({ identities, today, remindDays }: Props) {
  const [zoom, setZoom] = useState<Zoom>(() =>
    zoomFor(
      identities.flatMap((one) => one.notAfter ?? []),
      today,
    ),
  )
  const [page, setPage] = useState(0)
  const { ref, width } = useElementSize<HTMLSpanElement>()
  const axis = axisAt(zoom, today, page)
  const ticks = ticksOf(axis, zoom)
  const now = (today.getTime() - axis.from) / (axis.to - axis.from)
  return (
    <>
      <div className={classes.controls}>
        <SegmentedControl
          aria-label="Zoom"
          size="xs"
          value={zoom}
          onChange={(value) => {
            setZoom(value as Zoom)
            setPage(0)
          }}
          data={zooms.map((value) => ({ value, label: zoomWords[value] }))}
        />
        <ActionIcon.Group>
          <ActionIcon variant="default" size={26} aria-label="Earlier" onClick={() => setPage(page - 1)}>
            <IconChevronLeft size={15} aria-hidden />
          </ActionIcon>
          <ActionIcon variant="default" size={26} aria-label="Later" onClick={() => setPage(page + 1)}>
            <IconChevronRight size={15} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
        {page !== 0 && (
          <Button size="xs" variant="subtle" onClick={() => setPage(0)}>
            Today
          </Button>
        )}
        <Legend />
      </div>
      <div className={classes.table}>
        <div className={classes.scale} aria-hidden>
          <span />
          <span className={classes.axis} ref={ref}>
            {namesThatFit(ticks, width).map((tick) => (
              <span
                key={`${tick.at} ${tick.name}`}
                className={classes.tickName}
                style={{ left: percent(tick.at) }}
                data-major={tick.major || undefined}
              >
                {tick.name}
              </span>
            ))}
          </span>
          <span />
        </div>
        <div className={classes.rows}>
          <div className={classes.grid} aria-hidden>
            {ticks.map((tick) => (
              <span
                key={`${tick.at} ${tick.name}`}
                className={classes.line}
                style={{ left: percent(tick.at) }}
                data-major={tick.major || undefined}
                data-minor={tick.name === '' || undefined}
              />
            ))}
            {now >= 0 && now <= 1 && <span className={classes.now} style={{ left: percent(now) }} />}
          </div>
          <ul className={classes.list} aria-label="Lifelines">
            {identities.map((identity) => (
              <li key={identity.handle} className={classes.row}>
                <UnstyledButton
                  className={classes.name}
                  aria-label={`Open ${identity.name}`}
                  onClick={() => go({ room: 'identities', identity: identity.handle })}
                >
                  <span>{identity.name}</span>
                  <span className="quiet">
                    {identity.providerName} {identity.environmentName}
                    {identity.practice && ', practice'}
                  </span>
                </UnstyledButton>
                <Lifeline identity={identity} today={today} remindDays={remindDays} axis={axis} />
                <span className={`${classes.left} number`}>{leftWords(identity, today)}</span>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  )
}

function Legend() {
  return (
    <span className={classes.legend} aria-hidden>
      <span data-sign="valid">valid</span>
      <span data-sign="renewal">renew in here</span>
      <span data-sign="today">today</span>
    </span>
  )
}
