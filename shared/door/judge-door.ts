import type { DoorCase, DoorRow, DoorSeen, DoorVerdict } from './door-report.ts'
import { versionWords } from './door-words.ts'

type Judged = { verdict: DoorVerdict; because: string }

/** Those that only the right authority can issue: their refusal means something only where the right one is let in. */
const fromRightAuthority: ReadonlySet<DoorCase> = new Set([
  'expired',
  'not-yet-valid',
  'server-only',
  'revoked',
  'other-subject',
])

const wantsLogin = new Set([400, 401, 403])

/**
 * Judges each row by what was seen of it and beside it: an answer is held against the one that the right certificate
 * gets in the same version of TLS, because many endpoints answer a bare GET with 404 or 405 whoever calls. Rows that
 * carry no `seen` stay as they are.
 */
export function judgeRows(rows: readonly DoorRow[]): DoorRow[] {
  const seenOf = (which: DoorCase, version: string) =>
    rows.find((row) => row.case === which && row.version === version)?.seen
  return rows.map((row) => {
    if (!row.seen) return row
    const none = seenOf('none', row.version)
    const right = seenOf('right', row.version)
    const judged =
      judgedByItself(row, row.seen) ??
      (row.case === 'right' ? judgeRight(row.seen, none) : judgeWrong(row, row.seen, right, none))
    return { ...row, ...judged }
  })
}

/** What says nothing of certificates, whoever is presented. */
function judgedByItself({ version }: DoorRow, seen: DoorSeen): Judged | null {
  switch (seen.kind) {
    case 'version':
      return { verdict: 'not-tried', because: `The server does not speak ${versionWords[version]}.` }
    case 'withheld':
      return { verdict: 'cannot-tell', because: 'Our side had no signature that the server accepts, and sent nothing.' }
    case 'asks-later':
      return {
        verdict: 'cannot-tell',
        because: 'The server asks only after the handshake, which this client cannot answer.',
      }
    case 'timed-out':
      return { verdict: 'cannot-tell', because: 'Nothing came back in time.' }
    case 'failed':
      return { verdict: 'cannot-tell', because: `The connection failed for another reason: ${seen.says}.` }
    default:
      return null
  }
}

function judgeRight(seen: DoorSeen, none: DoorSeen | undefined): Judged {
  if (seen.kind !== 'answered') {
    return { verdict: 'shuts-out', because: `The right certificate is refused: ${seen.says}.` }
  }
  if (seen.blames) return { verdict: 'shuts-out', because: `The answer blames the right certificate: ${seen.says}.` }
  if (!wantsLogin.has(seen.status ?? 0)) return { verdict: 'lets-in', because: `It was answered: ${seen.says}.` }
  if (none && !sameAnswer(seen, none) && none.kind !== 'timed-out') {
    const because = `${seen.says} is the application’s own: without a certificate there was ${none.says}.`
    return { verdict: 'lets-in', because }
  }
  const because = `${seen.says} may be the application’s, which wants a login, or the door’s.`
  return { verdict: 'cannot-tell', because }
}

function judgeWrong(row: DoorRow, seen: DoorSeen, right: DoorSeen | undefined, none: DoorSeen | undefined): Judged {
  const rightIn = right !== undefined && judgeRight(right, none).verdict === 'lets-in'
  const refused = seen.kind !== 'answered' || seen.blames === true
  if (refused) {
    if (!rightIn && fromRightAuthority.has(row.case)) {
      return { verdict: 'cannot-tell', because: 'It is refused, but so is the right certificate.' }
    }
    // Somebody else was told in words: then the silence is about this certificate, and not about the server.
    const spoken = row.case !== 'none' && (none?.kind === 'answered' || none?.kind === 'alert')
    if (seen.kind === 'closed' && !rightIn && !spoken) {
      return { verdict: 'cannot-tell', because: 'The connection ended without a word, which may have other reasons.' }
    }
    return { verdict: 'shut', because: `It is refused: ${seen.says}.` }
  }
  return judgeAnswered(row, seen, rightIn ? right : undefined)
}

/** An answer to what must be refused: open, unless the answer is a refusal. */
function judgeAnswered(row: DoorRow, seen: DoorSeen, right: DoorSeen | undefined): Judged {
  const { status = 0, says } = seen
  const unasked = seen.asked === false ? ' It was not even asked for a certificate.' : ''
  if (status < 300) return { verdict: 'open', because: `${says}.${unasked}` }
  if (right && sameAnswer(seen, right)) {
    return { verdict: 'open', because: `It gets the same answer as the right certificate: ${says}.${unasked}` }
  }
  if (status < 400) {
    const where = seen.location === undefined ? 'elsewhere' : `to ${seen.location}`
    return right
      ? { verdict: 'shut', because: `It is sent ${where}; the right certificate is not.` }
      : { verdict: 'cannot-tell', because: `It is sent ${where}: that may be a login, or the usual way.` }
  }
  if (status >= 500) {
    return { verdict: 'cannot-tell', because: `${says} is a fault of the server, neither yes nor no.` }
  }
  if (right) return { verdict: 'shut', because: `${says}; the right certificate gets ${right.says}.` }
  if (row.case !== 'none' && seen.asked === false) {
    return { verdict: 'cannot-tell', because: `${says}, and no certificate was asked for.` }
  }
  return status === 401 || status === 403
    ? { verdict: 'shut', because: `${says}.` }
    : { verdict: 'cannot-tell', because: `${says}: the right certificate would show whether that is the usual answer.` }
}

const sameAnswer = (one: DoorSeen, other: DoorSeen): boolean =>
  one.kind === 'answered' &&
  other.kind === 'answered' &&
  one.blames === other.blames &&
  one.status === other.status &&
  one.location === other.location
