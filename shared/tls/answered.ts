import { readCertificate } from '../pki/certificate.ts'
import { pemBlocks } from '../pki/pem.ts'
import { answerNotes, isLoginPage } from './answer-notes.ts'
import type { Attempt, Verdict } from './attempt.ts'
import { clientCauses, environmentEvidence, evidentFlaws } from './client-causes.ts'
import type { Context } from './context.ts'
import { type Cause, type Evidence, seen, weigh } from './evidence.ts'
import { causeNamedIn, whatItSays, whoseStatus } from './http-answers.ts'
import { notSent } from './not-sent.ts'
import { answersAlike, wordsOf } from './probe-evidence.ts'
import { inspectionEvidence } from './proxy-causes.ts'
import { redirectOf } from './redirect.ts'
import { redirectEvidence } from './redirect-evidence.ts'

type HttpAnswer = NonNullable<Attempt['http']>
export type Judged = { outcome: Verdict['outcome']; causes: Cause[]; title?: string }

/** What an attempt means that ended with an HTTP answer. */
export function judgeAnswer(attempt: Attempt, http: HttpAnswer, context: Context): Judged {
  const answered = `The server answered ${http.status}${http.statusText ? ` ${http.statusText}` : ''}.${whoseStatus(http)}`
  const refused = (evidence: readonly Evidence[]): Judged => ({ outcome: 'refused', causes: weigh(evidence) })
  const says = whatItSays(http)
  switch (says) {
    case 'none-sent':
      return refused(notSent(attempt, context, answered))
    case 'certificate-refused':
      return { outcome: 'refused', causes: certificateRefused(attempt, http, context, answered) }
    case 'asks-later': {
      const later = context.probes?.find(({ probe, certificateAsked }) => probe === 'tls-1.2' && certificateAsked)
      const proof = later ? ' In TLS 1.2, where it can ask again, it does.' : ''
      return refused([seen('server.asks-later', `${answered} It says that it cannot ask after the handshake.${proof}`)])
    }
    case 'proxy':
      return refused([seen('net.proxy', `${answered} A proxy wants a login before it lets anybody through.`)])
    case 'network-login':
      return refused([
        seen(
          'net.proxy',
          `${answered} The network itself wants a login first, as in hotels and trains.`,
          'Open a web page in the browser, sign in to the network, and test again.',
        ),
      ])
    case 'unauthorised':
    case 'forbidden':
      return refused(applicationEvidence(attempt, http, says, context))
    default:
      return notRefused(attempt, http, says === 'fault', context)
  }
}

/**
 * Nobody refused. That the certificate was taken follows from it only where the server got it, and where the answer
 * depends on who calls: one that only points elsewhere, or a page to sign in on, anybody may get.
 */
function notRefused(attempt: Attempt, http: HttpAnswer, fault: boolean, context: Context): Judged {
  const elsewhere = redirectOf(attempt.url, http) !== null
  const notes = elsewhere ? [redirectEvidence(attempt, http)] : answerNotes(http)
  if (attempt.certificateConfigured && attempt.certificateSent !== true && attempt.certificateAsked !== undefined) {
    return notShown(attempt, http, fault, notes, context)
  }
  if ((elsewhere || isLoginPage(http)) && !provenByProbe(context)) return saysNothing(attempt, http, notes, context)
  return accepted(attempt, http, fault, notes, context)
}

/** Called without a certificate the server refuses: so it was ours that let the call through. */
const provenByProbe = ({ probes = [] }: Context): boolean =>
  probes.some(({ probe, outcome }) => probe === 'without-certificate' && outcome === 'refused')

/** A certificate was given for this test, and the server answered without it. */
function notShown(
  attempt: Attempt,
  http: HttpAnswer,
  fault: boolean,
  notes: readonly Evidence[],
  context: Context,
): Judged {
  const { status } = http
  const answered = `It answered ${status}`
  const why = attempt.certificateAsked
    ? notSent(attempt, context, `${answered}.`)
    : unasked(attempt, `${answered} without having asked for a certificate.`, answered, context)
  const faulty = fault ? [{ ...faultNote(status), weight: 60 }] : []
  // Where the address is wrong, that is the nearer reason not to be asked.
  const causes = weigh([...why, ...notes.map((note) => ({ ...note, weight: weightBeside(attempt, note) })), ...faulty])
  const tail = fault ? `, with a fault of its own: HTTP ${status}` : `: HTTP ${status}`
  if (attempt.certificateAsked) {
    return { outcome: 'unproven', causes, title: `Answered, but your certificate was not sent${tail}` }
  }
  const title =
    causes[0]?.code === 'http.redirected'
      ? `This address only points elsewhere, and never asks for a certificate${tail}`
      : `Answered, but this server never asks for a certificate${tail}`
  return { outcome: 'unproven', causes, title }
}

const weightBeside = ({ certificateAsked }: Attempt, { code }: Evidence): number =>
  code === 'http.redirected' && certificateAsked === false ? 105 : 50

/** An answer that anybody may get: it stands whether the certificate was looked at or not. */
function saysNothing(attempt: Attempt, http: HttpAnswer, notes: readonly Evidence[], context: Context): Judged {
  const alike = context.probes?.find((probe) => probe.probe === 'without-certificate' && answersAlike(attempt, probe))
  const open = attempt.certificateSent
    ? ' TLS went through with your certificate; whether anybody looked at it, this answer does not show.'
    : ''
  const shown = alike
    ? ` Without a certificate it answers the same (${alike.saw}), so this one was not looked at.`
    : open
  const causes = weigh([
    ...notes.map((note) => ({ ...note, says: `${note.says}${shown}` })),
    ...(attempt.certificateAsked === false
      ? [{ ...seen('server.never-asked', 'No certificate was asked for.'), weight: 60 }]
      : []),
    ...inspectionEvidence(attempt),
  ])
  const title =
    causes[0]?.code === 'http.web-page'
      ? `The answer is a page to sign in on: HTTP ${http.status}`
      : `This address only points elsewhere: HTTP ${http.status}`
  return { outcome: 'unproven', causes, title }
}

function certificateRefused(attempt: Attempt, http: HttpAnswer, context: Context, answered: string): Cause[] {
  const named = causeNamedIn(http)
  const more: Evidence[] = named ? [{ code: named, weight: 110, says: `${answered} Its page names the reason.` }] : []
  return clientCauses(attempt, context, more).map((cause) => {
    const because = cause.because.startsWith(answered) ? cause.because : `${answered} ${cause.because}`
    return { ...cause, because }
  })
}

/** 401 and 403: the application, a gateway that looks at the certificate, or a host that never asked for one. */
function applicationEvidence(
  attempt: Attempt,
  http: HttpAnswer,
  says: 'unauthorised' | 'forbidden',
  context: Context,
): Evidence[] {
  const { status } = http
  const said = `It answered ${status}`
  if (attempt.certificateAsked === false) return neverAsked(attempt, status, says, context)
  const refused = refusedBy(status, says, context)
  if (attempt.certificateAsked && attempt.certificateSent === false) {
    return [...notSent(attempt, context, `The server answered ${status}.`), { ...refused, weight: 50 }]
  }
  const flaws = attempt.certificateSent ? evidentFlaws(context) : []
  const place = attempt.certificateSent ? environmentEvidence(attempt, context) : []
  // A gateway that dislikes a certificate says 403; 401 is nearly always about credentials.
  const own: Evidence = { ...refused, weight: says === 'forbidden' ? 65 : 105 }
  return [own, ...flaws, ...place, ...applicationProbes(attempt, context, said)]
}

function refusedBy(status: number, says: 'unauthorised' | 'forbidden', { profile }: Context): Evidence {
  const documented = profile?.refusals.find((refusal) => refusal.status === status)
  if (documented) {
    const words = `${profile?.name} documents this: ${documented.says}`
    return { code: 'http.refused', weight: 100, says: words, next: documented.meaning }
  }
  const words =
    says === 'unauthorised'
      ? `Status ${status}: client id, secret or token are missing or wrong.`
      : `Status ${status}: what was sent is not allowed to do this, or this certificate is not on file.`
  return { code: 'http.refused', weight: 100, says: words }
}

function neverAsked(
  attempt: Attempt,
  status: number,
  says: 'unauthorised' | 'forbidden',
  context: Context,
): Evidence[] {
  const refused: Evidence = { ...refusedBy(status, says, context), weight: attempt.certificateConfigured ? 60 : 110 }
  const answered = `it answered ${status}`
  return [
    ...unasked(attempt, `It answered ${status} without having asked for a certificate.`, answered, context),
    refused,
  ]
}

/** No request for a certificate came, with what further connections show: is it this version of TLS, or this name? */
function unasked(attempt: Attempt, says: string, answered: string, { probes }: Context): Evidence[] {
  const never = seen('server.never-asked', says)
  const byVersion = probes?.find(({ probe, certificateAsked }) => probe === 'tls-1.2' && certificateAsked)
  const asks = `In ${wordsOf(attempt.protocol)} ${answered.toLowerCase()} without asking; in TLS 1.2 it does ask.`
  const later: Evidence[] = byVersion ? [{ code: 'server.asks-later', weight: 200, proves: true, says: asks }] : []
  const byName = probes?.find(({ probe, certificateAsked }) => probe === 'without-sni' && certificateAsked)
  const named = 'Called without its name (SNI), it does ask for one.'
  const name: Evidence[] = byName ? [{ code: 'tls.server-name', weight: 120, proves: true, says: named }] : []
  return [never, ...later, ...name, ...inspectionEvidence(attempt)]
}

/** Does the answer depend on the certificate? Further connections with none, or with another, say so. */
function applicationProbes(attempt: Attempt, { probes = [] }: Context, said: string): Evidence[] {
  return probes.flatMap((probe): Evidence[] => {
    if (probe.probe === 'without-certificate' && answersAlike(attempt, probe)) {
      const says = `Without a certificate it answers the same (${probe.saw}): the certificate is not what it looks at.`
      return [{ code: 'http.refused', weight: 60, says }]
    }
    if (probe.probe === 'without-certificate' && probe.outcome === 'refused') {
      const says = `${said}, and without a certificate it does not come that far (${probe.saw}): TLS took yours.`
      return [{ code: 'http.refused', weight: 40, says }]
    }
    if (probe.probe === 'other-identity' && probe.outcome === 'accepted') {
      const says = `The server accepts another identity, ${probe.tried}, with the same call.`
      return [
        { code: 'client.not-admitted', weight: 90, says },
        { code: 'http.refused', weight: -30, says },
      ]
    }
    return []
  })
}

const faultNote = (status: number): Evidence =>
  seen(
    'server.fault',
    `HTTP ${status} is ${gateway.has(status) ? 'a gateway’s word: what is behind it did not answer' : 'the application’s own fault'}.`,
  )

/** Said by what stands in front of the application (RFC 9110 section 15.6). */
const gateway = new Set([502, 503, 504])

function accepted(
  attempt: Attempt,
  http: HttpAnswer,
  fault: boolean,
  about: readonly Evidence[],
  context: Context,
): Judged {
  const { status } = http
  const code = `HTTP ${status}`
  const tail = fault ? `, with a fault of its own: ${code}` : `: ${code}`
  const judged = (title: string, ok: string, notes: readonly Evidence[]): Judged => ({
    outcome: 'accepted',
    // What is only worth knowing stands after the answer, whatever it weighs.
    causes: [
      { ...weigh([{ code: 'ok', weight: 100, says: ok, proves: true }])[0]! },
      ...weigh([...about, ...notes, ...nameNote(attempt)]),
    ],
    title,
  })
  if (attempt.certificateSent) {
    const title = fault
      ? `Your certificate was accepted, but the server has a fault: ${code}`
      : `Your certificate was accepted${afterwards(about)}: ${code}`
    const own = fault ? [faultNote(status)] : []
    if (attempt.certificateAskedLater) {
      own.push(
        seen(
          'server.asks-later',
          `It asked only after the handshake, and was answered in ${wordsOf(attempt.protocol)}.`,
        ),
      )
    }
    const proof = provenByProbe(context) ? ' Without one it refuses.' : ''
    return judged(title, `The server asked for a client certificate, took ours and answered ${status}.${proof}`, own)
  }
  if (attempt.certificateAsked === false) {
    const note = 'Its part of the handshake came to its end without a request for a certificate.'
    const notes = [seen('server.never-asked', note), ...inspectionEvidence(attempt)]
    const title = `Answered, but this server never asks for a certificate${tail}`
    return judged(title, `The server answered ${status} without asking who is calling.`, notes)
  }
  if (attempt.certificateAsked) {
    const notes = [seen('client.none-sent', 'The answer to its request was empty.')]
    const title = `Answered without a certificate: this server asks, but does not insist${tail}`
    return judged(title, `The server asked for a certificate, got none and answered ${status}.`, notes)
  }
  return judged(`The server answered${tail}`, `The server answered ${status}.`, [])
}

/** What became of the call after the certificate was taken, where it was not served. */
function afterwards(notes: readonly Evidence[]): string {
  const codes = notes.map(({ code }) => code)
  if (codes.includes('http.redirected')) return ', and the call is pointed elsewhere'
  return codes.includes('http.not-served') ? ', the call was not served' : ''
}

/** Taken here, since Node reads the common name; Go and browsers do not (RFC 9110 section 4.3.4). */
function nameNote({ serverChain: [leaf] }: Attempt): Evidence[] {
  const der = leaf && pemBlocks(leaf.pem)[0]?.der
  const facts = der && readCertificate(der)?.facts
  if (!leaf || !facts || (facts.subjectAltNames ?? []).length > 0) return []
  const says = `${leaf.subject} has no subject alternative names: Go and browsers will refuse it, others read the common name.`
  return [seen('server.no-san', says)]
}
