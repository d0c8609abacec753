import { timeText } from './dates.ts'
import classes from './ValidityBar.module.css'
import { validityWords } from './validity-words.ts'

type Props = {
  notBefore: string
  notAfter: string
  today: Date
  /** A revocation list is followed by the next one; its end is not an expiry. */
  renewable?: boolean
}

const isTime = (iso: string) => !Number.isNaN(Date.parse(iso))

/** From when to when, how much of it has gone, and today's tick. */
export function ValidityBar({ notBefore, notAfter, today, renewable }: Props) {
  if (!isTime(notBefore) || !isTime(notAfter)) {
    return (
      <p>
        From {notBefore} to {notAfter}: not dates that can be read.
      </p>
    )
  }
  const from = Date.parse(notBefore)
  const length = Date.parse(notAfter) - from
  const share = length > 0 ? (today.getTime() - from) / length : 1
  const at = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`
  const validity = validityWords({ notBefore, notAfter }, today)
  const says =
    renewable && validity?.state === 'over' ? validity.says.replace('expired', 'out of date since') : validity?.says
  return (
    <div className={classes.root} data-state={validity?.state}>
      <strong className={`sentence ${classes.left}`}>{says}</strong>
      <div className={classes.track} aria-hidden>
        <div className={classes.gone} style={{ width: at }} />
        <div className={classes.today} style={{ left: at }} data-outside={share < 0 || share > 1 || undefined} />
      </div>
      <div className={classes.words}>
        <span>
          <span className={classes.end}>{renewable ? 'Made' : 'From'}</span>
          <time dateTime={notBefore} title={notBefore}>
            {timeText(notBefore)}
          </time>
        </span>
        <span className={classes.right}>
          <span className={classes.end}>{renewable ? 'Next due' : 'To'}</span>
          <time dateTime={notAfter} title={notAfter}>
            {timeText(notAfter)}
          </time>
        </span>
      </div>
    </div>
  )
}
