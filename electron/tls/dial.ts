import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { coded } from './failure.ts'

/** RFC 8305 section 5: how long one address may try alone before the next one starts beside it. */
const headStartMs = 250
const mostAddresses = 8

/** The name without the brackets of an IPv6 literal in a URL. */
export const bareHost = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')

/** Rejects as soon as the signal fires; the work itself may go on unheard (a name lookup cannot be stopped). */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/**
 * The addresses of a host, families in turn, beginning with the one the system prefers (RFC 8305 section 4). With
 * `family`, only those of it.
 */
export async function resolveHost(host: string, signal: AbortSignal, family?: 4 | 6): Promise<string[]> {
  const literal = isIP(host)
  const found = literal
    ? [{ address: host, family: literal }]
    : await untilAborted(lookup(host, { all: true, verbatim: true }), signal)
  const fitting = family ? found.filter((entry) => entry.family === family) : found
  if (fitting.length === 0) {
    const has = found.map(({ address }) => address).join(', ')
    throw coded('EFAMILY', `${host} has no IPv${family} address, only ${has}`)
  }
  const first = fitting.filter((entry) => entry.family === fitting[0]?.family)
  const other = fitting.filter((entry) => entry.family !== fitting[0]?.family)
  const inTurn = first.flatMap((entry, i) => [entry, other[i]]).concat(other.slice(first.length))
  return [...new Set(inTurn.flatMap((entry) => (entry ? [entry.address] : [])))].slice(0, mostAddresses)
}

/** An address that was tried before, or beside, the one that answered; without a code it was only overtaken. */
export type Tried = { address: string; code?: string }
export type Dialled = { socket: Socket; tried: Tried[] }

/** Errors that only say "this family has no road from here": another address's error tells more. */
const noRoad = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EHOSTUNREACH'])

/**
 * Connects to whichever address answers first. Node's own way gives up on all but the last address too early. Rejects
 * with the error that tells most; it has `tried` when there was more than one address.
 */
export function dial(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Dialled> {
  return new Promise((resolve, reject) => {
    const waiting = [...addresses]
    const trying = new Set<Socket>()
    const tried = new Map<string, Tried>()
    const errors: NodeJS.ErrnoException[] = []
    let timer: NodeJS.Timeout | undefined
    const finish = (act: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      for (const socket of trying) socket.destroy()
      act()
    }
    const abort = () => finish(() => reject(Object.assign(signal.reason, { tried: [...tried.values()] })))
    const next = () => {
      clearTimeout(timer)
      const address = waiting.shift()
      if (address === undefined) {
        const telling = errors.find((error) => !noRoad.has(error.code ?? '')) ?? errors[0]
        const error = Object.assign(telling ?? new Error('no address'), { tried: [...tried.values()] })
        if (trying.size === 0) finish(() => reject(error))
        return
      }
      const socket = connect({ host: address, port, noDelay: true })
      trying.add(socket)
      tried.set(address, { address })
      socket.once('connect', () => {
        trying.delete(socket)
        tried.delete(address)
        socket.removeAllListeners('error')
        finish(() => resolve({ socket, tried: [...tried.values()] }))
      })
      socket.on('error', (error: NodeJS.ErrnoException) => {
        errors.push(error)
        tried.set(address, { address, code: error.code })
        // A late error of an address that lost the race changes nothing.
        if (trying.delete(socket)) next()
      })
      if (waiting.length > 0) timer = setTimeout(next, headStartMs)
    }
    if (signal.aborted) return reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    next()
  })
}
