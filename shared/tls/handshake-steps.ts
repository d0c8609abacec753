import type { HandshakeStep } from './attempt.ts'
import type { Field } from './extension-fields.ts'
import { type Fingerprint, fieldsOf } from './message-fields.ts'
import { saysOf } from './message-words.ts'
import type { Transcript, TranscriptMessage } from './transcript.ts'

/** Nobody reads more than these, and an attempt is kept and passed on. Real handshakes stay far below. */
const mostSteps = 300
const mostLines = 500
const longestLine = 400
const mostText = 256 * 1024

/** All messages of a transcript for reading. */
export const handshakeSteps = (transcript: Transcript, fingerprint: Fingerprint): HandshakeStep[] =>
  new HandshakeTeller(fingerprint).tell(transcript)

/**
 * What was decoded of a connection, for reading: each message with its time, one line in plain words and its fields, in
 * the order in which they passed. Bounded, whatever was sent. Told again when the transcript has grown, only what is
 * new is put into words, so that most of the work can be done while the server thinks.
 */
export class HandshakeTeller {
  private readonly fingerprint: Fingerprint
  private readonly steps: HandshakeStep[] = []
  private text = 0
  private handshakeDone = false

  constructor(fingerprint: Fingerprint) {
    this.fingerprint = fingerprint
  }

  tell({ messages, version }: Transcript): HandshakeStep[] {
    // The last message counts on while more of its kind comes.
    this.steps.pop()
    for (const message of messages.slice(this.steps.length, mostSteps)) this.steps.push(this.step(message, version))
    return this.steps.slice()
  }

  private step(message: TranscriptMessage, version: string | undefined): HandshakeStep {
    const { from, atMs, encrypted, bytes, name } = message
    const says = cut(saysOf(message, { from, version, afterHandshake: this.handshakeDone }))
    this.handshakeDone ||= name === 'Finished' && from === 'client'
    const time = atMs === undefined ? {} : { atMs }
    return { from, name: nameOf(message), says, ...time, encrypted, bytes, fields: this.fields(message) }
  }

  private fields(message: TranscriptMessage): Field[] {
    if (this.text >= mostText) return []
    return fieldsOf(message, this.fingerprint).map(({ name, value }) => {
      const lines = boundedLines(value)
      for (const line of lines) this.text += line.length
      return { name, value: lines }
    })
  }
}

const nameOf = (message: TranscriptMessage) => {
  if (message.name === 'Closed') return 'Encrypted'
  if (message.name === 'OtherRecord') return 'Record'
  return message.name === 'End' ? 'Close' : message.name
}

const cut = (line: string) => (line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line)

function boundedLines(lines: string[]): string[] {
  const kept = lines.length > mostLines ? [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`] : lines
  return kept.some((line) => line.length > longestLine) ? kept.map(cut) : kept
}
