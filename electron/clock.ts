/**
 * Today, or the day that `start` names (ISO 8601) going on from there: reminders and expiry can then be seen without
 * waiting for them. What `start` holds comes from the environment and is heeded only while developing.
 */
export function createClock(start: string | undefined): () => Date {
  const shiftMs = start === undefined ? 0 : Date.parse(start) - Date.now()
  return Number.isFinite(shiftMs) ? () => new Date(Date.now() + shiftMs) : () => new Date()
}
