import type { Attempt, HandshakeStep, Step, StepName, Verdict } from '../../shared/tls/attempt.ts'

/** One message of the handshake: who spoke, what was said, and whether the connection broke here. */
export type Rung = {
  id: StepName | 'alert' | 'rest' | `message-${number}`
  side: 'server' | 'us'
  state: 'done' | 'failed' | 'skipped' | 'waiting'
  title: string
  says: string
  atMs?: number
  tookMs?: number
  /** One of the messages that decide whether a certificate is asked for, sent and taken. */
  decisive?: boolean
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

const nouns: Record<StepName, string> = {
  resolve: 'the name',
  connect: 'the connection',
  tls: 'encryption',
  'server-trust': 'its certificate',
  'client-asked': 'its question for ours',
  'client-sent': 'our certificate',
  request: 'the call',
  response: 'the answer',
}

const alertSays = ({ name, number }: NonNullable<Attempt['alert']>) => `${name.replaceAll('_', ' ')} (alert ${number})`

function rungOf(step: Step, attempt: Known): Rung {
  const { name, state, says, atMs, tookMs } = step
  const rung: Rung = {
    id: name,
    side: sideOf[name],
    state,
    title: titleOf(step, attempt),
    says,
    atMs,
    tookMs,
    details: detailsOf(name, attempt),
  }
  if (state !== 'failed' || !attempt.alert) return rung
  const fromServer = attempt.alert.from === 'server'
  return {
    ...rung,
    side: fromServer ? 'server' : 'us',
    title: fromServer ? 'Broke off with an alert' : 'We broke off with an alert',
    details: [...rung.details, { name: 'Alert', value: [alertSays(attempt.alert)] }],
  }
}

/**
 * The rungs of the ladder, in time: what happened, then what broke, then in one rung all that was not reached. While
 * the attempt runs there are only steps, and the facts of the attempt are still missing.
 */
export function rungsOf(steps: readonly Step[], attempt: Known = {}, outcome?: Verdict['outcome']): Rung[] {
  const broken = steps.filter((step) => step.state === 'failed')
  const unreached = broken.length > 0 ? steps.filter((step) => step.state === 'skipped') : []
  const reached = steps.filter((step) => step.state !== 'failed' && !unreached.includes(step))
  const rungs = [...reached, ...broken].map((step) => rungOf(step, attempt))
  if (attempt.alert && broken.length === 0) {
    const side = attempt.alert.from === 'server' ? 'server' : 'us'
    rungs.push({
      id: 'alert',
      side,
      state: 'failed',
      title: 'Broke off with an alert',
      says: alertSays(attempt.alert),
      details: [],
    })
  }
  if (unreached.length > 0) {
    const says = unreached.map((step) => nouns[step.name]).join(', ')
    rungs.push({ id: 'rest', side: 'us', state: 'skipped', title: 'Not reached', says, details: [] })
  }
  return outcome === 'refused' && rungs.every((rung) => rung.state !== 'failed') ? markedRefused(rungs, attempt) : rungs
}

/** Messages of the handshake that carry the application’s own data: the call and the answer have rungs of their own. */
const isOfHandshake = ({ name }: HandshakeStep) => name !== 'ApplicationData'

const isFarewell = ({ name, says }: HandshakeStep) => name === 'Alert' && says.includes('close_notify')

/**
 * The rungs where the messages themselves were read: every one of them in the order it passed, between the steps before
 * and after the handshake. The message that broke it off is marked; where none did, the step that failed stands for it.
 */
export function messageRungs(attempt: Attempt, outcome?: Verdict['outcome']): Rung[] {
  const messages = (attempt.messages ?? []).filter((message) => isOfHandshake(message) && !isFarewell(message))
  const fatal = messages.findLastIndex(({ name, from }) => name === 'Alert' && from === attempt.alert?.from)
  const unsent = outcome === 'refused' && attempt.certificateAsked === true && attempt.certificateSent === false
  const handshake = messages.map((message, at): Rung => {
    const ours = message.from === 'client'
    const decisive =
      message.name === 'CertificateRequest' || message.name === 'Alert' || (ours && message.name === 'Certificate')
    const broken = at === fatal || (unsent && fatal < 0 && ours && message.name === 'Certificate')
    return {
      id: `message-${at}`,
      side: ours ? 'us' : 'server',
      state: broken ? 'failed' : 'done',
      title: message.says.charAt(0).toUpperCase() + message.says.slice(1),
      says: `${message.name}, ${message.bytes} bytes${message.encrypted ? ', encrypted' : ''}`,
      atMs: message.atMs,
      decisive,
      details: message.fields,
    }
  })
  const around = rungsOf(attempt.steps, { ...attempt, ...(fatal >= 0 && { alert: undefined }) })
    .filter(({ id, state }) => isAround(id, state, fatal >= 0))
    .map(
      (rung): Rung =>
        rung.id === 'server-trust'
          ? trustRung(rung)
          : { ...rung, decisive: rung.id !== 'resolve' && rung.id !== 'connect' },
    )
  const rest = around.filter(({ id }) => id === 'rest')
  const timed = [...around.filter(({ id }) => id !== 'rest'), ...handshake]
  const rungs = [...timed.sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0)), ...rest]
  const unmarked = outcome === 'refused' && rungs.every(({ state }) => state !== 'failed')
  return unmarked ? rungs.map((rung) => (rung.id === 'response' ? { ...rung, state: 'failed' } : rung)) : rungs
}

/** Steps that the messages do not tell themselves; a failed one only where no alert tells it. */
function isAround(id: Rung['id'], state: Rung['state'], alerted: boolean): boolean {
  if (state === 'failed') return !alerted
  return ['resolve', 'connect', 'server-trust', 'request', 'response', 'rest'].includes(id)
}

/** Trusting is what this computer does, once the server has shown its certificate. */
const trustRung = (rung: Rung): Rung => ({
  ...rung,
  side: 'us',
  title: rung.state === 'failed' ? 'Does not trust the server' : 'Trusts the server',
})

/** A refusal that came as an answer: every message went through, and one of them is still why the server said no. */
function markedRefused(rungs: readonly Rung[], attempt: Known): Rung[] {
  const unsent = attempt.certificateAsked === true && attempt.certificateSent === false
  const broken = unsent ? 'client-sent' : 'response'
  return rungs.map((rung) => (rung.id === broken ? { ...rung, state: 'failed' } : rung))
}
