import type { Attempt, HandshakeStep, ProbeResult, Verdict } from './attempt.ts'

const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`

/** An attempt and its verdict as a text for people: what a support desk reads. Lines end with \n; nothing is secret. */
export function transcriptText(attempt: Attempt, verdict: Verdict): string {
  const parts = [
    headOf(attempt, verdict),
    section('Causes, likeliest first', verdict.causes.flatMap(causeLines)),
    section('Steps', attempt.steps.map(stepLine)),
    section('What the server asked for', askedLines(attempt)),
    section('Handshake', (attempt.messages ?? []).flatMap(messageLines)),
    section('Answer', answerLines(attempt)),
    section('Further connections', (verdict.probes ?? []).map(probeLine)),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const section = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? '' : [title, '-'.repeat(title.length), ...lines].join('\n')

function headOf(attempt: Attempt, verdict: Verdict): string {
  const { protocol, cipher, alpn, address, proxy, failure, alert } = attempt
  const lines: [string, string | undefined][] = [
    ['Verdict', `${verdict.outcome}: ${verdict.title} (${verdict.cause})`],
    ['Next', verdict.next],
    ['Address', attempt.url],
    ['Connected to', address],
    ['Through proxy', proxy],
    ['Started', attempt.startedAt],
    ['Took', ms(attempt.durationMs)],
    ['TLS', [protocol, cipher, alpn].filter(Boolean).join(', ') || undefined],
    ['Alert', alert && `${alert.name} (${alert.number}) from the ${alert.from}`],
    ['Ended with', failure && `${failure.code} during ${failure.during}: ${failure.text}`],
  ]
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${`${name}:`.padEnd(15)}${value}`])).join('\n')
}

function causeLines(cause: Verdict['causes'][number], index: number): string[] {
  const speaksFor = cause.for ?? [cause.because]
  return [
    `${index + 1}. ${cause.code}`,
    ...speaksFor.map((line) => `   for:     ${line}`),
    ...(cause.against ?? []).map((line) => `   against: ${line}`),
    ...(cause.next ? [`   next:    ${cause.next}`] : []),
  ]
}

const stepLine = ({ name, state, atMs, tookMs, says }: Attempt['steps'][number]) =>
  `${ms(atMs).padStart(9)}  ${name.padEnd(13)} ${state.padEnd(8)} ${says}${tookMs === undefined ? '' : ` (${ms(tookMs)})`}`

function askedLines({ certificateAsked, acceptableAuthorities, signatureSchemes, certificateSent }: Attempt): string[] {
  if (certificateAsked === undefined) return ['It could not be seen whether a certificate was asked for.']
  if (!certificateAsked) return ['No client certificate was asked for.']
  const sent = certificateSent === undefined ? 'not seen' : certificateSent ? 'a certificate' : 'an empty answer'
  return [
    `A client certificate was asked for; sent: ${sent}.`,
    acceptableAuthorities.length === 0 ? 'No accepted authorities were named.' : 'Accepted authorities:',
    ...acceptableAuthorities.map((name) => `  ${name}`),
    `Signature schemes: ${signatureSchemes.join(', ') || 'none named'}`,
  ]
}

function messageLines({ from, name, says, atMs, encrypted, fields }: HandshakeStep): string[] {
  const when = atMs === undefined ? '' : ms(atMs).padStart(9)
  return [
    `${when}  ${from === 'server' ? '<' : '>'} ${name}${encrypted ? ' (encrypted)' : ''}: ${says}`,
    ...fields.flatMap((field) => [
      `             ${field.name}:`,
      ...field.value.map((line) => `               ${line}`),
    ]),
  ]
}

function answerLines({ http }: Attempt): string[] {
  if (!http) return []
  const body = `(a body of ${http.bodyBytes} bytes, not kept)`
  return [
    `HTTP ${http.status} ${http.statusText}`.trim(),
    ...http.headers.map(([name, value]) => `${name}: ${value}`),
    body,
  ]
}

const probeLine = ({ tried, outcome, saw, tookMs }: ProbeResult) => `${tried}: ${outcome}. ${saw} (${ms(tookMs)})`
