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

/**
 * What was decoded of a connection, for reading: each message with its time, one line in plain words and its fields, in
 * the order in which they passed. Bounded, whatever was sent.
 */
export function handshakeSteps(transcript: Transcript, fingerprint: Fingerprint): HandshakeStep[] {
  const { messages, version } = transcript
  const done = messages.findIndex(({ name, from }) => name === 'Finished' && from === 'client')
  let text = 0
  return messages.slice(0, mostSteps).map((message, i): HandshakeStep => {
    const { from, atMs, encrypted, bytes } = message
    const fields: Field[] = []
    for (const field of text < mostText ? fieldsOf(message, fingerprint) : []) {
      const bounded = { name: field.name, value: boundedLines(field.value) }
      fields.push(bounded)
      for (const line of bounded.value) text += line.length
    }
    const says = cut(saysOf(message, { from, version, afterHandshake: done >= 0 && i > done }))
    return { from, name: nameOf(message), says, ...(atMs === undefined ? {} : { atMs }), encrypted, bytes, fields }
  })
}

const nameOf = (message: TranscriptMessage) => {
  if (message.name === 'Closed') return 'Encrypted'
  if (message.name === 'OtherRecord') return 'Record'
  return message.name === 'End' ? 'Close' : message.name
}

const cut = (line: string) => (line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line)

function boundedLines(lines: readonly string[]): string[] {
  const kept = lines.slice(0, mostLines).map(cut)
  return lines.length > mostLines ? [...kept, `and ${lines.length - mostLines} more`] : kept
}
