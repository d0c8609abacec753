import { type ExpiryItem, renewFromOf } from '../../shared/expiry/items.ts'

/** An item of the calendar that lives for a year, unless something else is wished. */
export function expiryItem(wish: Partial<ExpiryItem> & { name: string; notAfter: string }): ExpiryItem {
  const { notAfter, remindDays = [30, 14, 7, 1] } = wish
  const notBefore = new Date(Date.parse(notAfter) - 365 * 86_400_000).toISOString()
  return {
    id: `identity:handle00${wish.name.toLowerCase().replace(/[^a-z0-9]/g, '')}`,
    kind: 'identity',
    provider: 'truv',
    providerName: 'Truv',
    environment: 'sandbox',
    environmentName: 'Sandbox',
    life: 'current',
    createdAt: notBefore,
    notBefore,
    renewFrom: renewFromOf(remindDays, notBefore, notAfter),
    reminders: 'usual',
    remindDays,
    done: false,
    practice: false,
    handle: 'handle000001',
    usedBy: [],
    ...wish,
  }
}
