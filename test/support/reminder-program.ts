import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { createReminderFile } from '../../electron/expiry/reminder-file.ts'
import { createReminders } from '../../electron/expiry/reminders.ts'
import { expiryItem } from './expiry-item.ts'

// Reminds of one thing after the other, as an app does whose certificates come due, and ends when all are told. Whoever
// started it may kill it at any moment: what was shown is in a file that it only ever appends to.

const [folder = '', shownFile = '', count = '0'] = process.argv.slice(2)
const now = new Date('2026-12-20T12:00:00Z')
const all = Array.from({ length: Number(count) }, (_, i) =>
  expiryItem({ name: `n${i}`, notAfter: new Date(Date.UTC(2027, 0, 1, 0, 0, i)).toISOString() }),
)
let due = 0
const reminders = createReminders({
  items: async () => all.slice(0, due),
  enabled: () => true,
  now: () => now,
  async show({ items }) {
    appendFileSync(shownFile, `${items.join(' ')}\n`)
    // The service answers over its bus.
    await pause(1)
    return true
  },
  file: createReminderFile(folder),
})
process.stdout.write('ready\n')
while (due < all.length) {
  due++
  await reminders.check()
}
