import type { Attempt } from '../../shared/tls/attempt.ts'
import { authorityName } from '../../shared/tls/certificate-brief.ts'
import type { HandshakeTeller } from '../../shared/tls/handshake-steps.ts'
import {
  certificateAsked,
  certificateAskedLater,
  certificateRequest,
  certificatesSent,
  endingAlert,
  serverCertificates,
  type Transcript,
} from '../../shared/tls/transcript.ts'
import { chainLinks } from './chain-links.ts'

/** What only the client steps need besides the attempt's own facts. */
export type ClientSide = { certificateTypes: string[]; sentAbove: number }

const wordsOf = {
  http: 'the port answers in plain HTTP, not TLS',
  ssh: 'the port speaks SSH, not TLS',
  mail: 'the port speaks a mail protocol, not TLS',
}

/** Puts what the decoded bytes show into the attempt; what they do not show stays absent. */
export function addWireFacts(attempt: Attempt, transcript: Transcript): ClientSide {
  attempt.certificateAsked = certificateAsked(transcript)
  const client = addClientFacts(attempt, transcript)
  attempt.protocol ??= transcript.version
  attempt.cipher ??= transcript.suite
  if (attempt.serverChain.length === 0) attempt.serverChain = chainLinks(serverCertificates(transcript) ?? [])
  if (attempt.failure) {
    const alert = endingAlert(transcript)
    if (alert) attempt.alert ??= { from: alert.from, number: alert.number, name: alert.alert }
    const { speaks } = transcript
    if (speaks === 'http' || speaks === 'ssh' || speaks === 'mail') attempt.failure.text = wordsOf[speaks]
  }
  return client
}

/**
 * What is told at the end of an attempt: the whole handshake, and what the server asked for only after it (by a request
 * of TLS 1.3, or by another handshake of TLS 1.2, as Apache does for single paths).
 */
export function addHandshake(
  attempt: Attempt,
  transcript: Transcript,
  teller: HandshakeTeller,
): ClientSide | undefined {
  attempt.messages = teller.tell(transcript)
  if (!certificateAskedLater(transcript)) return undefined
  attempt.certificateAskedLater = true
  if (attempt.certificateAsked) return undefined
  attempt.certificateAsked = true
  return addClientFacts(attempt, transcript)
}

function addClientFacts(attempt: Attempt, transcript: Transcript): ClientSide {
  const request = certificateRequest(transcript)
  const sent = certificatesSent(transcript)
  attempt.acceptableAuthorities = (request?.authorities ?? []).map(spelled)
  attempt.signatureSchemes = request?.signatureSchemes ?? []
  attempt.certificateSent = attempt.certificateAsked === false ? false : sent && sent.length > 0
  return { certificateTypes: request?.certificateTypes ?? [], sentAbove: Math.max(0, (sent?.length ?? 0) - 1) }
}

const spelled = (der: Uint8Array) => authorityName(der) ?? Buffer.from(der).toString('hex')
