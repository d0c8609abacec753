import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { itemState } from '../../shared/expiry/items.ts'
import type { Axis, Stretch } from '../parts/lifeline-marks.ts'
import classes from './ItemLine.module.css'
import { itemMarks } from './item-marks.ts'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
const place = ({ from, to }: Stretch) => ({ left: percent(from), width: percent(to - from) })

/** One life on the common axis: validity, renewal window, and its end as a mark whose shape is its state. */
export function ItemLine({ item, today, axis }: { item: ExpiryItem; today: Date; axis: Axis }) {
  const marks = itemMarks(item, today, axis)
  const state = itemState(item, today)
  return (
    <span
      className={classes.track}
      data-state={item.done ? 'replaced' : state}
      data-goes-on={marks.goesOn || undefined}
      aria-hidden
    >
      {marks.waiting && <span className={classes.waiting} style={place(marks.waiting)} />}
      {marks.valid && <span className={classes.valid} style={place(marks.valid)} />}
      {marks.renewal && <span className={classes.renewal} style={place(marks.renewal)} />}
      {marks.past && <span className={classes.past} style={place(marks.past)} />}
      {marks.end !== null && <span className={classes.end} style={{ left: percent(marks.end) }} />}
    </span>
  )
}
