import type { Attempt, Step, StepName } from '../../shared/tls/attempt.ts'

/** One message of the handshake: who spoke, what was said, and whether the connection broke here. */
export type Rung = {
  id: StepName | 'alert'
  side: 'server' | 'us'
  state: 'done' | 'failed' | 'skipped' | 'waiting'
  title: string
  says: string
  atMs?: number
  tookMs?: number
  /** Fields shown on demand. */
  details: { name: string; value: string[] }[]
}

type Known = Partial<Attempt>

const sideOf: Record<StepName, Rung['side']> = {
  resolve: 'us',
  connect: 'us',
  tls: 'server',
  'server-trust': 'server',
  'client-asked': 'server',
  'client-sent': 'us',
  request: 'us',
  response: 'server',
}

const titles: Record<StepName, string> = {
  resolve: 'Looked up the name',
  connect: 'Connected',
  tls: 'Agreed on encryption',
  'server-trust': 'Showed its certificate',
  'client-asked': 'Asked for our certificate',
  'client-sent': 'Sent our certificate',
  request: 'Sent the call',
  response: 'Answered',
}

const failedTitles: Partial<Record<StepName, string>> = {
  resolve: 'The name was not found',
  connect: 'No connection',
  tls: 'No agreement on encryption',
  'server-trust': 'Its certificate is not trusted',
  'client-sent': 'Our certificate was not sent',
  request: 'The call was not sent',
  response: 'No answer',
}

function titleOf(step: Step, attempt: Known): string {
  if (step.name === 'client-asked' && attempt.certificateAsked === false) return 'Asked for no certificate'
  if (step.name === 'client-sent' && attempt.certificateSent === false) return 'Sent no certificate'
  if (step.state === 'failed') return failedTitles[step.name] ?? titles[step.name]
  if (step.state === 'skipped' && step.name === 'client-sent') return 'Sent no certificate'
  if (step.name === 'response' && attempt.http)
    return `Answered ${attempt.http.status} ${attempt.http.statusText}`.trim()
  return titles[step.name]
}

function detailsOf(name: StepName, attempt: Known): Rung['details'] {
  const rows: [string, string[]][] = []
  if (name === 'connect' && attempt.address) rows.push(['Address', [attempt.address]])
  if (name === 'tls' && attempt.protocol) rows.push(['Protocol', [attempt.protocol]])
  if (name === 'tls' && attempt.cipher) rows.push(['Cipher', [attempt.cipher]])
  if (name === 'server-trust') rows.push(['Certificates', (attempt.serverChain ?? []).map((link) => link.subject)])
  if (name === 'client-asked' && attempt.certificateAsked) {
    const authorities = attempt.acceptableAuthorities ?? []
    rows.push(['Accepts certificates from', authorities.length > 0 ? authorities : ['any authority: it names none']])
    rows.push(['Signature schemes', attempt.signatureSchemes ?? []])
  }
  if (name === 'response' && attempt.http) {
    rows.push(['Headers', attempt.http.headers.map(([header, value]) => `${header}: ${value}`)])
  }
  return rows.filter(([, value]) => value.length > 0).map(([name, value]) => ({ name, value }))
}

/**
 * The rungs of the ladder, in time. An alert is a message of its own, behind everything that was said before it. While
 * the attempt runs there are only steps, and the facts of the attempt are still missing.
 */
export function rungsOf(steps: readonly Step[], attempt: Known = {}): Rung[] {
  const rungs = steps.map(
    (step): Rung => ({
      id: step.name,
      side: sideOf[step.name],
      state: step.state,
      title: titleOf(step, attempt),
      says: step.says,
      atMs: step.atMs,
      tookMs: step.tookMs,
      details: detailsOf(step.name, attempt),
    }),
  )
  if (attempt.alert) {
    rungs.push({
      id: 'alert',
      side: attempt.alert.from === 'server' ? 'server' : 'us',
      state: 'failed',
      title: attempt.alert.from === 'server' ? 'Broke off with an alert' : 'Broke off with an alert of ours',
      says: `${attempt.alert.name.replaceAll('_', ' ')} (alert ${attempt.alert.number})`,
      details: [],
    })
  }
  return rungs
}
