import type { ReactNode } from 'react'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import { daysText, dayText } from './dates.ts'
import classes from './Lifeline.module.css'
import { type Axis, axisOf, type LifelineOf, marksOf, renewFrom, type Stretch } from './lifeline-marks.ts'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
const place = ({ from, to }: Stretch) => ({ left: percent(from), width: percent(to - from) })

/** The picture in one sentence, for those who do not see it. */
export function lifelineSays(identity: LifelineOf, today: Date, remindDays: number): string {
  if (!identity.notAfter) return `Request made on ${dayText(identity.createdAt)}, no certificate yet`
  const left = daysLeft(identity.notAfter, today)
  const renew = renewFrom(identity, remindDays)
  const valid = `Valid from ${dayText(identity.notBefore ?? identity.createdAt)} to ${dayText(identity.notAfter)}`
  if (left < 0 || Date.parse(identity.notAfter) < today.getTime()) return `${valid}, expired`
  const days = `${daysText(left)} left`
  return renew === null
    ? `${valid}, ${days}`
    : `${valid}, renew from ${dayText(new Date(renew).toISOString())}, ${days}`
}

type Props = {
  identity: LifelineOf
  today: Date
  remindDays: number
  /** `small` is one line for tables; `large` adds the dates. */
  size?: 'small' | 'large'
  /** A common axis, for lifelines stacked in the calendar; without it the axis fits this identity. */
  axis?: Axis
}

/** The life of an identity on one line: request, validity, renewal window, expiry, and today's tick. */
export function Lifeline({ identity, today, remindDays, size = 'small', axis }: Props) {
  const shown = axis ?? axisOf(identity, today)
  const marks = marksOf(identity, today, remindDays, shown)
  const goesOn = identity.notAfter !== undefined && Date.parse(identity.notAfter) > shown.to
  const expired = identity.notAfter !== undefined && Date.parse(identity.notAfter) < today.getTime()
  const retired = identity.state === 'replaced' || identity.state === 'revoked'
  return (
    <div
      className={classes.root}
      data-size={size}
      data-expired={expired || undefined}
      data-retired={retired || undefined}
      data-goes-on={goesOn || undefined}
    >
      <div className={classes.track} role="img" aria-label={lifelineSays(identity, today, remindDays)}>
        <div className={classes.rail} />
        {marks.waiting && <div className={classes.waiting} style={place(marks.waiting)} />}
        {marks.valid && <div className={classes.valid} style={place(marks.valid)} />}
        {marks.renewal && <div className={classes.renewal} style={place(marks.renewal)} />}
        {marks.past && <div className={classes.past} style={place(marks.past)} />}
        {marks.created !== null && <div className={classes.created} style={{ left: percent(marks.created) }} />}
        {marks.expiry !== null && <div className={classes.expiry} style={{ left: percent(marks.expiry) }} />}
        {marks.today !== null && (
          <div className={classes.today} style={{ left: percent(marks.today) }}>
            {size === 'large' && (
              <span className={classes.todayName} data-end={marks.today > 0.5 || undefined}>
                Today
              </span>
            )}
          </div>
        )}
      </div>
      {size === 'large' && <Dates identity={identity} today={today} remindDays={remindDays} expired={expired} />}
    </div>
  )
}

/** The dates stand in a row below instead of at their places: close dates would print over each other. */
function Dates({ identity, today, remindDays, expired }: Omit<Props, 'size' | 'axis'> & { expired: boolean }) {
  const renew = renewFrom(identity, remindDays)
  const left = identity.notAfter ? daysLeft(identity.notAfter, today) : null
  return (
    <dl className={classes.dates}>
      <Mark sign={classes.createdSign} name="Requested">
        {dayText(identity.createdAt)}
      </Mark>
      {identity.notBefore && identity.notAfter ? (
        <>
          <Mark sign={classes.validSign} name="Valid from">
            {dayText(identity.notBefore)}
          </Mark>
          {renew !== null && (
            <Mark sign={classes.renewalSign} name="Renew from">
              {dayText(new Date(renew).toISOString())}
            </Mark>
          )}
          <Mark sign={classes.expirySign} name={expired ? 'Expired' : 'Expires'}>
            {dayText(identity.notAfter)}
            {left !== null && !expired && <span className={classes.left}>{daysText(left)} left</span>}
          </Mark>
        </>
      ) : (
        <Mark sign={classes.waitingSign} name="Certificate">
          not here yet
        </Mark>
      )}
    </dl>
  )
}

function Mark({ sign, name, children }: { sign: string | undefined; name: string; children: ReactNode }) {
  return (
    <div>
      <dt>
        <span className={`${classes.sign} ${sign}`} aria-hidden />
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
