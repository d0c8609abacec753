import type { z } from 'zod'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { ok, type Result } from '../../shared/result.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import type { ExplainContext } from '../../shared/tls/explain/explain.ts'
import { readCapture } from '../../shared/tls/read-capture.ts'
import { certificatesSent } from '../../shared/tls/transcript.ts'
import { decodeTranscript } from '../../shared/tls/wire-reader.ts'
import { nodeCrypto } from '../tls/node-crypto.ts'
import { recordedAttempt } from '../tls/recorded-attempt.ts'
import type { Arguments } from './args.ts'
import type { Answer } from './command.ts'
import type { Io } from './io.ts'
import type { ExplainOut } from './output.ts'
import { painter, plain } from './print.ts'
import { readGiven } from './read-given.ts'
import { verdictText } from './test-text.ts'
import { verdictJson } from './with-guide.ts'

const longestCapture = 256 * 1024 * 1024

/** Judges each TLS connection of somebody’s capture like one of ours. The client’s certificate is read off the wire, or given. */
export async function explainCapture(args: Arguments, io: Io, context: ExplainContext): Promise<Result<Answer>> {
  const path = args.one('pcap') ?? ''
  const keylogPath = args.one('keylog')
  const capture = await readGiven(path, longestCapture)
  if (!capture.ok) return capture
  const keylog = keylogPath === undefined ? undefined : await readGiven(keylogPath)
  if (keylog && !keylog.ok) return keylog
  const read = readCapture(capture.value, path, keylog && new TextDecoder().decode(keylog.value))
  if (!read.ok) return read
  const connections: NonNullable<z.infer<typeof ExplainOut>['connections']> = []
  const texts: string[] = []
  const paint = painter(io)
  for (const wire of read.value.connections) {
    const attempt = await recordedAttempt(wire)
    const sent = certificatesSent(await decodeTranscript(wire, nodeCrypto)) ?? []
    const [own, ...chain] = sent.flatMap((der) => readCertificate(der)?.facts ?? [])
    const shown = own ? { certificate: own, chain } : { certificate: context.certificate, chain: context.chain }
    const verdict = diagnose(attempt, { ...shown, now: new Date(attempt.startedAt) })
    connections.push({ verdict: verdictJson(verdict), ...attempt })
    texts.push(`${paint(plain(attempt.url), 'strong')}  ${attempt.startedAt}${verdictText(verdict, attempt, paint)}`)
  }
  const refused = connections.some(({ verdict }) => verdict.outcome !== 'accepted')
  const cut = read.value.cut ? '\nThe capture holds more than was read.' : ''
  return ok({ exit: refused ? 1 : 0, json: { rows: [], connections }, text: () => texts.join('\n\n') + cut })
}
