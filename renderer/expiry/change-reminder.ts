import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { ReminderChange } from '../../shared/expiry/reminders.ts'
import { desk } from '../desk.ts'
import { say } from '../parts/say.ts'

function said(change: ReminderChange): string {
  switch (change.to) {
    case 'snooze':
      return change.until === 'week' ? 'Reminds again in a week' : 'Reminds again tomorrow'
    case 'done':
      return 'Reminds of it no more'
    case 'again':
      return 'Reminds of it again'
    case 'own':
      return `Reminds ${change.days.join(', ')} days before`
    case 'off':
      return 'Reminders are off'
    case 'usual':
      return 'Reminds on the usual days'
  }
}

export async function changeReminder(
  { id, name }: Pick<ExpiryItem, 'id' | 'name'>,
  change: ReminderChange,
): Promise<void> {
  const changed = await desk.changeReminder({ items: [id], change })
  if (changed.ok) say(`“${name}”: ${said(change)}`)
}
