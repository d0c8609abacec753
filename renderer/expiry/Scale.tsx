import { useElementSize } from '@mantine/hooks'
import type { Axis } from '../parts/lifeline-marks.ts'
import { namesThatFit, nameWidth, type Tick } from './calendar-axis.ts'
import classes from './Timeline.module.css'
import type { Ticks } from './use-axis.ts'

const todayWidth = 50

const percent = (share: number) => `${(share * 100).toFixed(3)}%`

/** The names of the axis, which stay in sight, and its lines with today's behind all rows. */
export function Scale({ ticks, axis, today, height }: { ticks: Ticks; axis: Axis; today: Date; height: number }) {
  const { ref, width } = useElementSize<HTMLSpanElement>()
  const now = (today.getTime() - axis.from) / (axis.to - axis.from)
  const seen = now >= 0 && now <= 1
  /** Today’s own name goes before those of the grid. */
  const clear = ({ at, name }: Tick) =>
    !seen || at * width > now * width + todayWidth / 2 || at * width + nameWidth(name) < now * width - todayWidth / 2
  return (
    <>
      <div className={classes.scale} aria-hidden>
        <span />
        <span className={classes.axis} ref={ref}>
          {namesThatFit(ticks, width)
            .filter(clear)
            .map((tick) => (
              <span
                key={`${tick.at} ${tick.name}`}
                className={classes.tickName}
                style={{ left: percent(tick.at) }}
                data-major={tick.major || undefined}
              >
                {tick.name}
              </span>
            ))}
          {seen && (
            <span className={classes.todayName} style={{ left: percent(now) }}>
              Today
            </span>
          )}
        </span>
        <span />
      </div>
      <div className={classes.grid} style={{ height }} aria-hidden>
        <span className={classes.lines}>
          {ticks.map((tick) => (
            <span
              key={`${tick.at} ${tick.name}`}
              className={classes.line}
              style={{ left: percent(tick.at) }}
              data-major={tick.major || undefined}
              data-minor={tick.name === '' || undefined}
            />
          ))}
          {seen && <span className={classes.now} style={{ left: percent(now) }} />}
        </span>
      </div>
    </>
  )
}
