import { Button, CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { kindWords } from '../../shared/expiry/item-words.ts'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import { DateText } from '../parts/DateText.tsx'
import { placeFor, verbFor } from '../parts/reminder-place.ts'
import { StateMark } from '../parts/StateMark.tsx'
import { go } from '../place.ts'
import { changeReminder } from './change-reminder.ts'
import classes from './ItemDetails.module.css'
import { ItemReminders } from './ItemReminders.tsx'
import { itemStateWords } from './item-says.ts'
import { placeOfItem } from './place-of-item.ts'

const opens = { identity: 'identity', 'provider-ca': 'identity', server: 'endpoints' } as const

type Props = { item: ExpiryItem; today: Date; usualDays: readonly number[]; onClose: () => void }

/** What is known of the chosen item, and when it reminds of itself. */
export function ItemDetails({ item, today, usualDays, onClose }: Props) {
  const { kind, name, providerName, environmentName, notBefore, notAfter, renewFrom, usedBy, note } = item
  const { one, term } = kindWords[kind]
  const facts: [string, ReactNode][] = [
    ['State', <StateMark key="state" {...itemStateWords(item, today)} />],
    ['Belongs to', [providerName, environmentName].filter(Boolean).join(' ') || null],
    [
      'Requested',
      notAfter === undefined && item.createdAt ? <DateText key="asked" iso={item.createdAt} today={today} /> : null,
    ],
    ['Valid from', notBefore ? <DateText key="from" iso={notBefore} /> : null],
    [
      'Renew from',
      renewFrom && item.life === 'current' ? <DateText key="renew" iso={renewFrom} today={today} /> : null,
    ],
    ['Expires', notAfter ? <DateText key="end" iso={notAfter} today={today} /> : null],
    ['Used by', usedBy.length > 0 ? usedBy.join(', ') : null],
  ]
  return (
    <aside className={classes.details} aria-label={`Details of ${name}`}>
      <header className={classes.head}>
        <h2 className={classes.title}>{name}</h2>
        <CloseButton size="sm" aria-label="Close details" onClick={onClose} />
      </header>
      <p className="quiet">
        {one.charAt(0).toUpperCase() + one.slice(1)}
        {term && <span className="dim"> ({term})</span>}
        {item.practice && ', practice'}
      </p>
      {note && <p className={classes.note}>{note}</p>}
      <dl className={classes.facts}>
        {facts.map(([label, value]) =>
          value === null ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <div className={classes.buttons}>
        {item.life === 'current' && (kind === 'identity' || kind === 'issued') && (
          <Button size="xs" variant="default" onClick={() => go(placeFor(item, item.id))}>
            {verbFor(kind)}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => go(placeOfItem(item))}>
          Open {kind in opens ? opens[kind as keyof typeof opens] : 'authority'}
        </Button>
        {item.life === 'current' && notAfter !== undefined && !item.done && item.snoozedUntil === undefined && (
          <Button size="xs" variant="default" onClick={() => void changeReminder(item, { to: 'done' })}>
            Done
          </Button>
        )}
      </div>
      {item.life === 'current' && notAfter !== undefined && (
        <ItemReminders key={item.id} item={item} today={today} usualDays={usualDays} />
      )}
    </aside>
  )
}
