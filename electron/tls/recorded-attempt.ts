import { concat } from '../../shared/pki/der.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { extensionOf, serverNameIn } from '../../shared/tls/extensions.ts'
import { HandshakeTeller } from '../../shared/tls/handshake-steps.ts'
import { httpAnswerIn } from '../../shared/tls/http-answer.ts'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import { messagesOf, type Transcript } from '../../shared/tls/transcript.ts'
import { WireReader } from '../../shared/tls/wire-reader.ts'
import { fingerprint } from './chain-links.ts'
import { nodeCrypto } from './node-crypto.ts'
import { addHandshake, addWireFacts } from './wire-facts.ts'

const longestAnswer = 128 * 1024

/** What a client that says so of the server's certificate must have found (RFC 8446 section 6.2). */
const distrusted: Record<number, string> = {
  45: 'CERT_HAS_EXPIRED',
  46: 'CERT_REJECTED',
  42: 'CERT_REJECTED',
  48: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
}

/**
 * Somebody's recorded connection as the attempt it was, so that it can be judged like one of ours. What the recording
 * does not show stays absent; `certificateConfigured` is taken from what was sent.
 */
export async function recordedAttempt(wire: RecordedWire): Promise<Attempt> {
  const answer: Uint8Array[] = []
  let answerBytes = 0
  const reader = new WireReader(nodeCrypto, (from, content) => {
    if (from !== 'server' || answerBytes >= longestAnswer) return
    answer.push(content)
    answerBytes += content.length
  })
  const transcript = await reader.read(wire)
  const http = httpAnswerIn(concat(answer))
  const last = Math.max(0, wire.pieces.at(-1)?.atMs ?? 0, ...(wire.ends ?? []).map(({ atMs }) => atMs))
  const attempt: Attempt = {
    url: addressOf(wire, transcript),
    startedAt: wire.startedAt,
    durationMs: last,
    address: wire.remote.address,
    serverChain: [],
    acceptableAuthorities: [],
    signatureSchemes: [],
    certificateConfigured: false,
    http,
    steps: [],
    ...(http ? {} : { failure: failureOf(wire, transcript) }),
    ...(transcript.alpn ? { alpn: transcript.alpn } : {}),
  }
  addWireFacts(attempt, transcript)
  addHandshake(attempt, transcript, new HandshakeTeller(fingerprint))
  attempt.certificateConfigured = attempt.certificateSent === true
  if (attempt.failure?.during === 'server-trust') attempt.serverTrusted = false
  return attempt
}

/** Scheme, name and port only: a path may hold what is nobody's business. */
function addressOf({ remote }: RecordedWire, transcript: Transcript): string {
  const [hello] = messagesOf(transcript, 'ClientHello')
  const name = serverNameIn(hello && extensionOf(hello.extensions, 0))
  const host = name && /^[\w.-]+$/.test(name) ? name : remote.address
  return `https://${host.includes(':') ? `[${host}]` : host}${remote.port === 443 ? '' : `:${remote.port}`}/`
}

function failureOf({ ends = [] }: RecordedWire, transcript: Transcript): NonNullable<Attempt['failure']> {
  const alerts = messagesOf(transcript, 'Alert').filter(({ level, number }) => level === 'fatal' && number !== 0)
  const ours = alerts.find(({ from }) => from === 'client')
  if (ours && distrusted[ours.number] && !alerts.some(({ from }) => from === 'server')) {
    const text = `the client said ${ours.alert} to the server’s certificate`
    return { during: 'server-trust', code: distrusted[ours.number] ?? '', text }
  }
  const done = messagesOf(transcript, 'Finished', 'client').length > 0
  const reset = ends.some(({ how }) => how === 'reset')
  const text = reset ? 'the connection was broken off without an answer' : 'the connection was closed without an answer'
  return { during: done ? 'response' : 'tls', code: 'ECONNRESET', text }
}
