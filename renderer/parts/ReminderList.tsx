import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAlertTriangleFilled, IconBellZ, IconCircleXFilled } from '@tabler/icons-react'
import { kindWords } from '../../shared/expiry/item-words.ts'
import { daysLeft } from '../../shared/expiry/lifeline.ts'
import type { Reminder, ReminderChange } from '../../shared/expiry/reminders.ts'
import { stageOf, stageWords } from '../../shared/renewal/renewal.ts'
import { desk, useDesk } from '../desk.ts'
import { go } from '../place.ts'
import { dayText } from './dates.ts'
import classes from './ReminderList.module.css'
import { placeFor, verbFor } from './reminder-place.ts'
import { say } from './say.ts'
import { useToday } from './use-today.ts'

function when(left: number, notAfter: string): string {
  if (left < 0) return `expired on ${dayText(notAfter)}`
  if (left === 0) return `expires within a day, on ${dayText(notAfter)}`
  return `expires in ${left} ${left === 1 ? 'day' : 'days'}, on ${dayText(notAfter)}`
}

const said: Record<'tomorrow' | 'week' | 'done', string> = {
  tomorrow: 'Reminds again tomorrow',
  week: 'Reminds again in a week',
  done: 'Reminds of it no more',
}

async function change(reminder: Reminder, what: 'tomorrow' | 'week' | 'done'): Promise<void> {
  const to: ReminderChange = what === 'done' ? { to: 'done' } : { to: 'snooze', until: what }
  const changed = await desk.changeReminder({ items: [reminder.item], change: to })
  if (changed.ok) say(`“${reminder.name}”: ${said[what]}`)
}

/** One thing that is due, with the buttons that its notification has. */
function Row({ reminder }: { reminder: Reminder }) {
  const today = useToday()
  const left = daysLeft(reminder.notAfter, today)
  const over = left < 0
  const Glyph = over ? IconCircleXFilled : IconAlertTriangleFilled
  const renewal = useDesk((state) => state.identities.find(({ handle }) => handle === reminder.handle)?.renewal)
  const renewing = renewal && stageOf(renewal) !== 'done' ? stageWords(renewal, today) : null
  const verb = renewing ? 'Open the renewal' : verbFor(reminder.kind)
  return (
    <li className={classes.row} data-tone={over ? 'broken' : 'soon'}>
      <Glyph size={16} className={over ? classes.broken : classes.soon} aria-hidden />
      <span className={classes.words}>
        <span>
          <strong>{reminder.name}</strong> {when(left, reminder.notAfter)}
        </span>
        <span className="quiet">
          {[
            reminder.kind !== 'identity' && kindWords[reminder.kind].one,
            reminder.providerName,
            renewing,
            reminder.note,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className={classes.buttons}>
        <Button
          size="xs"
          variant="default"
          aria-label={`${verb} ${reminder.name}`}
          onClick={() => go(placeFor(reminder, reminder.item))}
        >
          {verb}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={26} aria-label={`Remind later of ${reminder.name}`}>
              <IconBellZ size={15} stroke={1.6} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void change(reminder, 'tomorrow')}>Snooze until tomorrow</Menu.Item>
            <Menu.Item onClick={() => void change(reminder, 'week')}>Snooze for a week</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => void change(reminder, 'done')}>Done, no more reminders</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  )
}

/** What is due, most urgent first: one quiet list. */
export function ReminderList({ reminders }: { reminders: readonly Reminder[] }) {
  return (
    <ul className={classes.list} aria-label="Due now">
      {reminders.map((reminder) => (
        <Row key={reminder.item} reminder={reminder} />
      ))}
    </ul>
  )
}
