import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { RecordedWire } from '../../shared/tls/recorded-wire.ts'
import type { Side } from '../../shared/tls/transcript.ts'
import { scratchFolder } from './test-servers.ts'

/** What passed between two programs, in the order of its passing. */
export type Tapped = RecordedWire & { log: string }

/**
 * Lets a client program speak to a server on `port` through a relay that keeps what passes. `command` is given the
 * relay's port and the file it shall write its key log to; `says` goes to its standard input.
 */
export async function tap(
  port: number,
  command: (port: number, keylog: string) => [string, ...string[]],
  says: string | ((child: ChildProcess) => void),
): Promise<Tapped> {
  const keylogFile = join(scratchFolder(), 'keys.log')
  const chunks: [Side, Buffer][] = []
  const pieces: RecordedWire['pieces'] = []
  const ends: NonNullable<RecordedWire['ends']>[number][] = []
  const started = performance.now()
  const note = (from: Side, chunk: Buffer) => {
    chunks.push([from, chunk])
    pieces.push({ from, bytes: chunk.length, atMs: performance.now() - started })
  }
  let local = { address: '127.0.0.1', port: 0 }
  const relay = createServer((near: Socket) => {
    local = { address: near.remoteAddress ?? '', port: near.remotePort ?? 0 }
    const far = connect(port, '127.0.0.1')
    near.on('data', (chunk) => note('client', chunk)).pipe(far)
    far.on('data', (chunk) => note('server', chunk)).pipe(near)
    const end = (from: Side) => () => ends.push({ from, how: 'closed', atMs: performance.now() - started })
    near.on('end', end('client')).on('error', () => {})
    far.on('end', end('server')).on('error', () => {})
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
  const address = relay.address()
  const relayPort = typeof address === 'object' && address ? address.port : 0
  const [program, ...args] = command(relayPort, keylogFile)
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (log += chunk))
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.stdin?.on('error', () => {})
  if (typeof says === 'string') child.stdin?.end(says)
  else says(child)
  const timer = setTimeout(() => child.kill(), 10_000)
  await ended
  clearTimeout(timer)
  relay.close()
  const of = (side: Side) => Buffer.concat(chunks.filter(([from]) => from === side).map(([, chunk]) => chunk))
  return {
    sent: of('client'),
    received: of('server'),
    keylog: linesOf(keylogFile),
    pieces,
    ends,
    startedAt: new Date().toISOString(),
    local,
    remote: { address: '127.0.0.1', port: relayPort },
    cut: false,
    log,
  }
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}
