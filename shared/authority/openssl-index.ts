import { RevocationReason } from './revocation-reason.ts'

/**
 * One certificate in the index that `openssl ca` keeps (`index.txt`): a line of six fields with tabs between them, which
 * are state, end, revocation, serial number, file and subject on one line (OpenSSL's documentation of `ca` and its
 * apps/ca.c). Times are ISO 8601 UTC. `serial` is hex in lower case without leading zeros.
 */
export type IndexEntry = {
  state: 'valid' | 'revoked' | 'expired'
  notAfter: string
  serial: string
  subject: string
  /** `other` is a reason that is not offered here, in OpenSSL's word, such as `certificateHold`. */
  revoked?: { at: string; reason: RevocationReason; invalidSince?: string; other?: string }
}

/** What a line was not understood for: its number, counted from 1. */
export type IndexRead = { entries: IndexEntry[]; strange: number[] }

/** `openssl ca` itself reads an index whole, too; 100,000 certificates take 10 MB. */
const mostEntries = 1_000_000

const letters = { valid: 'V', revoked: 'R', expired: 'E' } as const
const states: Record<string, IndexEntry['state']> = { V: 'valid', R: 'revoked', E: 'expired' }

/** The whole file, oldest line first. */
export const writeIndex = (entries: readonly IndexEntry[]): string =>
  entries.map((entry) => `${line(entry)}\n`).join('')

function line({ state, notAfter, serial, subject, revoked }: IndexEntry): string {
  const fields = [
    letters[state],
    time(notAfter),
    revoked ? revocation(revoked) : '',
    octets(serial),
    'unknown',
    subject,
  ]
  // OpenSSL's own escape for a tab inside a field; a line break would begin another certificate.
  return fields.map((field) => field.replace(/[\r\n]/g, ' ').replaceAll('\t', '\\\t')).join('\t')
}

/** Only with these two reasons the index has a place for the date of invalidity. */
const timed: Partial<Record<RevocationReason, string>> = { keyCompromise: 'keyTime', CACompromise: 'CAkeyTime' }

function revocation({ at, reason, invalidSince }: NonNullable<IndexEntry['revoked']>): string {
  if (reason === 'unspecified') return time(at)
  const since = timed[reason]
  if (since !== undefined && invalidSince !== undefined) return `${time(at)},${since},${longTime(invalidSince)}`
  return `${time(at)},${reason}`
}

const octets = (serial: string): string =>
  (serial.length % 2 === 0 ? serial : `0${serial}`).toUpperCase().replace(/^$/, '00')

const longTime = (iso: string): string => `${new Date(iso).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`

/** UTCTime to 2049, GeneralizedTime after, as in the certificate. */
const time = (iso: string): string => {
  const year = new Date(iso).getUTCFullYear()
  return year >= 1950 && year < 2050 ? longTime(iso).slice(2) : longTime(iso)
}

/** Reads an index. Lines that are none are passed over and counted. Never throws. */
export function readIndex(text: string): IndexRead {
  const read: IndexRead = { entries: [], strange: [] }
  let number = 0
  for (const raw of text.split('\n', mostEntries)) {
    number++
    const written = raw.replace(/\r$/, '')
    // OpenSSL takes lines with # for comments.
    if (written.trim() === '' || written.startsWith('#')) continue
    const entry = entryOf(written)
    if (entry) read.entries.push(entry)
    else read.strange.push(number)
  }
  return read
}

function entryOf(written: string): IndexEntry | null {
  const fields = written.split(/(?<!\\)\t/).map((field) => field.replaceAll('\\\t', '\t'))
  const [letter = '', end = '', revocationField = '', serial = '', , subject = ''] = fields
  const state = states[letter]
  const notAfter = readTime(end)
  if (fields.length !== 6 || state === undefined || notAfter === null || !/^[0-9A-Fa-f]{1,40}$/.test(serial))
    return null
  const revoked = revocationField === '' ? undefined : readRevocation(revocationField)
  if (revoked === null || (state === 'revoked') !== (revoked !== undefined)) return null
  return {
    state,
    notAfter,
    serial: serial.toLowerCase().replace(/^0+(?=.)/, ''),
    subject,
    ...(revoked && { revoked }),
  }
}

function readRevocation(field: string): IndexEntry['revoked'] | null {
  const [when = '', word, detail] = field.split(',')
  const at = readTime(when)
  if (at === null) return null
  if (word === undefined) return { at, reason: 'unspecified' }
  const sinceOf = Object.entries(timed).find(([, name]) => name === word)?.[0]
  if (sinceOf !== undefined) {
    const invalidSince = detail === undefined ? null : readTime(detail)
    return { at, reason: sinceOf as RevocationReason, ...(invalidSince !== null && { invalidSince }) }
  }
  const reason = RevocationReason.safeParse(word)
  return reason.success ? { at, reason: reason.data } : { at, reason: 'unspecified', other: word.slice(0, 40) }
}

function readTime(text: string): string | null {
  const found = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!found) return null
  const [century, year, month, day, hour, minute, second] = found.slice(1)
  const full = century === undefined ? `${Number(year) < 50 ? 20 : 19}${year}` : `${century}${year}`
  const iso = `${full}-${month}-${day}T${hour}:${minute}:${second}Z`
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso.slice(0, 10) ? null : iso
}
