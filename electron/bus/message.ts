import { Reader, typesOf, type Value, Writer } from './wire.ts'

/** A message of D-Bus: what is asked of whom, or what comes back. */
export type Message = {
  kind: 'call' | 'reply' | 'error' | 'signal'
  serial: number
  path?: string
  interface?: string
  member?: string
  destination?: string
  sender?: string
  errorName?: string
  replyTo?: number
  body: Value[]
}

const kinds = [undefined, 'call', 'reply', 'error', 'signal'] as const

/** The specification allows 128 MiB; what we listen to is a few lines of text. */
const mostBytes = 4 * 1024 * 1024

/** A method call with arguments of that signature. */
export function callMessage(
  serial: number,
  to: { destination: string; path: string; interface: string; member: string },
  signature = '',
  body: readonly Value[] = [],
): Buffer {
  const content = new Writer()
  for (const [i, type] of typesOf(signature).entries()) content.value(type, body[i] ?? '')
  const field = (code: number, type: string, value: string): Value => [code, { signature: type, value }]
  const header = new Writer()
  header.value('y', 'l'.charCodeAt(0))
  header.value('y', kinds.indexOf('call'))
  header.value('y', 0)
  header.value('y', 1)
  header.value('u', content.length)
  header.value('u', serial)
  header.value('a(yv)', [
    field(1, 'o', to.path),
    field(2, 's', to.interface),
    field(3, 's', to.member),
    field(6, 's', to.destination),
    ...(signature === '' ? [] : [field(8, 'g', signature)]),
  ])
  header.align(8)
  return Buffer.concat([header.bytes(), content.bytes()])
}

/**
 * Takes the first message off the front of what has arrived: with how many bytes it took, or `null` while it is not whole.
 * Throws on what is no message: then the connection is of no use any more.
 */
export function takeMessage(bytes: Buffer): { message: Message; taken: number } | null {
  if (bytes.length < 16) return null
  const little = bytes[0] === 0x6c
  const uint32 = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const fieldsLength = uint32(12)
  const bodyAt = Math.ceil((16 + fieldsLength) / 8) * 8
  const taken = bodyAt + uint32(4)
  if (taken > mostBytes) throw new Error('too long')
  if (bytes.length < taken) return null
  const kind = kinds[bytes[1] ?? 0]
  if (kind === undefined) throw new Error('of no known kind')
  const message: Message = { kind, serial: uint32(8), body: [] }
  const header = new Reader(bytes.subarray(0, bodyAt), little)
  for (const type of ['y', 'y', 'y', 'y', 'u', 'u']) header.value(type)
  let signature = ''
  for (const field of header.value('a(yv)') as [number, { value: Value }][]) {
    const [code, { value }] = field
    if (code === 1) message.path = String(value)
    if (code === 2) message.interface = String(value)
    if (code === 3) message.member = String(value)
    if (code === 4) message.errorName = String(value)
    if (code === 5) message.replyTo = Number(value)
    if (code === 6) message.destination = String(value)
    if (code === 7) message.sender = String(value)
    if (code === 8) signature = String(value)
  }
  const body = new Reader(bytes.subarray(bodyAt, taken), little)
  message.body = typesOf(signature).map((type) => body.value(type))
  return { message, taken }
}
