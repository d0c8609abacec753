import { expiryAdvice, kindWords } from './item-words.ts'
import type { ExpiryItem } from './items.ts'

const encoder = new TextEncoder()

/** RFC 5545 section 3.3.11: text values escape backslash, semicolon, comma and line ends; other controls are not allowed. */
const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, (mark) => `\\${mark}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')

/** RFC 5545 section 3.1: lines of at most 75 octets, continued by a space, and never cut inside of a character. */
export function foldLine(line: string): string {
  if (encoder.encode(line).length <= 75) return line
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of line) {
    const length = encoder.encode(character).length
    // A continued line begins with a space, which counts.
    if (bytes + length > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
      bytes = 0
    }
    part += character
    bytes += length
  }
  return [...parts, part].join('\r\n ')
}

const utc = (iso: string) => `${new Date(iso).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
const dayOf = (iso: string) => new Date(iso).toISOString().slice(0, 10).replaceAll('-', '')

/** Grows with the date, so that a later end of the same thing takes the place of the earlier one in a calendar. */
const sequenceOf = (notAfter: string) => Math.max(0, Math.floor(Date.parse(notAfter) / 60_000))

const belongsTo = ({ providerName, environmentName }: ExpiryItem) =>
  [providerName, environmentName].filter(Boolean).join(' ')

/**
 * The ends as an iCalendar file (RFC 5545), an alarm for each reminder: one event at the moment of expiry, and one on the
 * day the renewal window opens, because calendars that subscribe to a file often leave its alarms out. UIDs stay the same
 * from one writing to the next. Items without a date, and those that are over by replacement, are not in it.
 */
export function calendarFile(items: readonly ExpiryItem[], now: Date): string {
  const stamp = utc(now.toISOString())
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Countersign//Expiry calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Certificates that expire',
    'X-WR-CALNAME:Certificates that expire',
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...items.flatMap((item) => eventsOf(item, stamp)),
    'END:VCALENDAR',
  ]
  return `${lines.map(foldLine).join('\r\n')}\r\n`
}

function eventsOf(item: ExpiryItem, stamp: string): string[] {
  const { id, kind, name, notAfter, renewFrom, remindDays } = item
  if (notAfter === undefined || item.life !== 'current') return []
  const what = `${kindWords[kind].one} “${name}”`
  const where = belongsTo(item)
  const description = [
    expiryAdvice(item, false),
    where && `${where}.`,
    item.usedBy.length > 0 && `Used by ${item.usedBy.join(', ')}.`,
    item.note,
  ]
  const common = (part: string) => [
    'BEGIN:VEVENT',
    // An address-like UID needs no host that exists; this one never will (RFC 6761).
    `UID:${id.replace(':', '-')}-${part}@countersign.invalid`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequenceOf(notAfter)}`,
    'TRANSP:TRANSPARENT',
    `CATEGORIES:${escapeText(kindWords[kind].one)}`,
    `DESCRIPTION:${escapeText(description.filter(Boolean).join('\n'))}`,
  ]
  const alarms = item.done || item.reminders === 'off' ? [] : remindDays
  const expires = [
    ...common('expires'),
    `DTSTART:${utc(notAfter)}`,
    `SUMMARY:${escapeText(`Expires: ${what}`)}`,
    ...alarms.flatMap((days) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER:-P${days}D`,
      `DESCRIPTION:${escapeText(`Expires in ${days === 1 ? '1 day' : `${days} days`}: ${what}`)}`,
      'END:VALARM',
    ]),
    'END:VEVENT',
  ]
  if (renewFrom === undefined || item.done) return expires
  const renew = [
    ...common('renew'),
    `DTSTART;VALUE=DATE:${dayOf(renewFrom)}`,
    `SUMMARY:${escapeText(`Renew from today: ${what}`)}`,
    'END:VEVENT',
  ]
  return [...renew, ...expires]
}
