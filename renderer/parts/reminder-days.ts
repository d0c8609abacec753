const most = 8
const longest = 365

/**
 * Days before expiry as typed (`30, 14, 7, 1`): whole numbers from 1 to 365, eight at most, largest first, each once.
 * `null` when the text is not such a list.
 */
export function readReminderDays(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null
  const days = [...new Set(parts.map(Number))].sort((a, b) => b - a)
  if (days.length > most || days.some((day) => day < 1 || day > longest)) return null
  return days
}
