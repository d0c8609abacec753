import { ok } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

export const changeSettings =
  ({ settings, news }: Means): Handlers['changeSettings'] =>
  async (change) => {
    // Largest first, each once: the order in which they come due.
    const days = change.reminders && [...new Set(change.reminders.days)].sort((a, b) => b - a)
    const reminders = change.reminders && days && { ...change.reminders, days }
    const changed = await settings.change({ ...change, reminders })
    news({ kind: 'settings-changed', settings: changed })
    return ok(changed)
  }
