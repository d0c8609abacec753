import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { callMessage, type Message, takeMessage } from './message.ts'
import type { Value } from './wire.ts'

/** Where the desktop's session bus listens: `unix:path=…` or `unix:abstract=…`; others (tcp) are not for us. */
export function busPaths(env: NodeJS.ProcessEnv, uid: number): string[] {
  const named = (env.DBUS_SESSION_BUS_ADDRESS ?? '').split(';').flatMap((address) => {
    const found = /^unix:(?:[^,]*,)*?(path|abstract)=([^,]+)/.exec(address)
    if (!found?.[2]) return []
    const path = decodeURIComponent(found[2].replace(/%(?![0-9a-fA-F]{2})/g, '%25'))
    return [found[1] === 'abstract' ? `\0${path}` : path]
  })
  const usual = `/run/user/${uid}/bus`
  return named.length > 0 ? named : existsSync(usual) ? [usual] : []
}

type Target = { destination: string; path: string; interface: string; member: string }

export type SessionBus = {
  call(target: Target, signature?: string, body?: readonly Value[]): Promise<Value[]>
  /** Hears the signals that `match` (a match rule of the specification) lets through. */
  listen(match: string, hear: (signal: Message) => void): Promise<void>
  /** Called once when the connection is gone. */
  onEnd(ended: () => void): void
  close(): void
}

const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

const replyWithinMs = 5000

/**
 * The desktop's session bus, to speak to its notification service: Electron's own notifications have no buttons on Linux.
 * `null` where there is none. Of the protocol only what a few calls and signals take.
 */
export async function openSessionBus(env = process.env, uid = process.getuid?.() ?? -1): Promise<SessionBus | null> {
  if (uid < 0) return null
  for (const path of busPaths(env, uid)) {
    const socket = await greet(path, uid).catch(() => null)
    if (!socket) continue
    const session = speak(socket)
    const hello = await session.call({ ...bus, member: 'Hello' }).catch(() => null)
    if (hello) return session
    session.close()
  }
  return null
}

/** The greeting of the specification: who we are, by the user's number, which the other side sees on the socket too. */
function greet(path: string, uid: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path })
    const fail = (error: unknown) => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    const timer = setTimeout(() => fail(new Error('no answer')), replyWithinMs)
    let heard = ''
    const hear = (bytes: Buffer) => {
      heard += bytes.toString('latin1')
      if (heard.length > 4096) return fail(new Error('no greeting'))
      if (!heard.includes('\r\n')) return
      if (!heard.startsWith('OK ')) return fail(new Error('refused'))
      clearTimeout(timer)
      socket.off('data', hear)
      socket.off('error', fail)
      socket.write('BEGIN\r\n')
      resolve(socket)
    }
    socket.once('error', fail)
    socket.on('data', hear)
    socket.once('connect', () => socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`))
  })
}

function speak(socket: Socket): SessionBus {
  const waiting = new Map<number, { done(body: Value[]): void; failed(error: Error): void }>()
  const ears: ((signal: Message) => void)[] = []
  const whenEnded: (() => void)[] = []
  let serial = 0
  let arrived = Buffer.alloc(0)
  let ended = false

  const end = () => {
    if (ended) return
    ended = true
    socket.destroy()
    for (const { failed } of waiting.values()) failed(new Error('the bus is gone'))
    waiting.clear()
    for (const tell of whenEnded) tell()
  }
  const hear = (message: Message) => {
    const asked = message.replyTo === undefined ? undefined : waiting.get(message.replyTo)
    if (message.kind === 'signal') for (const ear of ears) ear(message)
    else if (asked && message.replyTo !== undefined) {
      waiting.delete(message.replyTo)
      if (message.kind === 'reply') asked.done(message.body)
      else asked.failed(new Error(message.errorName ?? 'refused'))
    }
  }
  socket.on('error', end)
  socket.on('close', end)
  socket.on('data', (bytes: Buffer) => {
    arrived = Buffer.concat([arrived, bytes])
    try {
      for (let next = takeMessage(arrived); next; next = takeMessage(arrived)) {
        arrived = arrived.subarray(next.taken)
        hear(next.message)
      }
    } catch {
      end()
    }
  })
  // It stays open as long as the app runs, and does not keep it running.
  socket.unref()

  const call: SessionBus['call'] = (target, signature, body) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(new Error('the bus is gone'))
      const number = ++serial
      const timer = setTimeout(() => {
        waiting.delete(number)
        reject(new Error('no answer'))
      }, replyWithinMs)
      waiting.set(number, {
        done: (value) => {
          clearTimeout(timer)
          resolve(value)
        },
        failed: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      })
      socket.write(callMessage(number, target, signature, body))
    })
  return {
    call,
    async listen(match, ear) {
      ears.push(ear)
      await call({ ...bus, member: 'AddMatch' }, 's', [match])
    },
    onEnd: (tell) => void whenEnded.push(tell),
    close: end,
  }
}

/** Is somebody there under that name? */
export async function hasOwner(session: SessionBus, name: string): Promise<boolean> {
  const [there] = await session.call({ ...bus, member: 'NameHasOwner' }, 's', [name])
  return there === true
}
