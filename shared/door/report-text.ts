import type { DoorReport, DoorRow } from './door-report.ts'
import { caseWords, verdictWords, versionWords } from './door-words.ts'

/** Names and answers come from a server: they must not become columns, links or HTML of the report. */
const cell = (text: string): string =>
  text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/[\\|`*_<>[\]#&!~]/g, '\\$&')
    .trim()

const expects = { refused: 'refused', 'let-in': 'let in' } as const

const marks: Record<NonNullable<DoorRow['verdict']>, string> = {
  shut: '✓',
  'lets-in': '✓',
  open: '✗',
  'shuts-out': '✗',
  'cannot-tell': '?',
  'not-tried': '–',
}

/** A report of a check for people and tickets, in Markdown. Dates are ISO 8601; it holds no secret. */
export function doorMarkdown(report: DoorReport): string {
  const { url, startedAt, durationMs, connections, server, title, next, rows, cancelled } = report
  const lines = [
    `# Is the door shut? ${cell(url)}`,
    '',
    `**${cell(title)}.**`,
    ...next.map((one) => `\n${cell(one)}`),
    '',
    `- Checked: ${startedAt}, ${connections} connections in ${(durationMs / 1000).toFixed(1)} s${cancelled ? ', cancelled' : ''}`,
    ...(server
      ? [`- Server certificate: ${cell(server.subject)}, until ${server.notAfter}, SHA-256 ${server.sha256}`]
      : []),
    '',
    '| Presented | TLS | Expected | Seen | Verdict |',
    '|---|---|---|---|---|',
    ...rows.map(tableLine),
    '',
    '## What was presented',
    '',
    ...presented(rows),
    '',
    'Each certificate is presented with one GET without headers or body of the user’s. A refusal in TLS 1.3 comes after the handshake, so “let in” means that an answer was read.',
  ]
  return `${lines.join('\n')}\n`
}

function tableLine({ case: one, version, expected, seen, verdict = 'not-tried', because = '' }: DoorRow): string {
  const told = seen && seen.kind !== 'version' ? cell(seen.says) : ''
  const why = verdict === 'cannot-tell' || verdict === 'not-tried' || verdict === 'open' ? `: ${cell(because)}` : ''
  const words = verdict === 'open' ? '**Accepts what it must refuse**' : verdictWords[verdict]
  return `| ${caseWords[one].name} | ${versionWords[version]} | ${expects[expected]} | ${told} | ${marks[verdict]} ${words}${why} |`
}

function presented(rows: readonly DoorRow[]): string[] {
  const shown = rows.filter(
    (row, i) => row.presented && rows.findIndex((other) => other.case === row.case && other.presented) === i,
  )
  return shown.flatMap(({ case: one, presented: certificate }) =>
    certificate
      ? [
          `- **${caseWords[one].name}**: ${cell(caseWords[one].made)} Subject ${cell(certificate.subject)}, issuer ${cell(certificate.issuer)}, ${certificate.notBefore} to ${certificate.notAfter}, SHA-256 ${certificate.sha256}`,
        ]
      : [],
  )
}
