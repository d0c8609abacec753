import type { RevokedEntry } from '../../shared/pki/inspect-calls.ts'

/** Entries whose serial number, date or reason holds what is searched; serials in hex (pairs too) or decimal. */
export function revokedFound(entries: readonly RevokedEntry[], search: string): readonly RevokedEntry[] {
  const text = search.trim().toLowerCase()
  if (text === '') return entries
  const hex = text.replace(/^0x/, '').replace(/[: ]/g, '')
  const decimal = /^\d{1,60}$/.test(text) ? BigInt(text).toString(16) : undefined
  return entries.filter(({ serialHex, revokedAt, reason }) => {
    const serial = serialHex.toLowerCase()
    return (
      serial.includes(hex) ||
      (decimal !== undefined && serial.replace(/^0+(?=.)/, '') === decimal) ||
      revokedAt.startsWith(text) ||
      (reason?.toLowerCase().includes(text) ?? false)
    )
  })
}
