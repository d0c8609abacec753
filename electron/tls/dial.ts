import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'

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

/** The addresses of a host, families in turn, beginning with the one the system prefers (RFC 8305 section 4). */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string[]> {
  if (isIP(host)) return [host]
  const found = await untilAborted(lookup(host, { all: true, verbatim: true }), signal)
  const first = found.filter(({ family }) => family === found[0]?.family)
  const other = found.filter(({ family }) => family !== found[0]?.family)
  const inTurn = first.flatMap((entry, i) => [entry, other[i]]).concat(other.slice(first.length))
  return [...new Set(inTurn.flatMap((entry) => (entry ? [entry.address] : [])))].slice(0, mostAddresses)
}

/** Errors that only say "this family has no road from here": another address's error tells more. */
const noRoad = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EHOSTUNREACH'])

/** Connects to whichever address answers first. Node's own way gives up on all but the last address too early. */
export function dial(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const waiting = [...addresses]
    const trying = new Set<Socket>()
    const errors: NodeJS.ErrnoException[] = []
    let timer: NodeJS.Timeout | undefined
    const finish = (act: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      for (const socket of trying) socket.destroy()
      act()
    }
    const abort = () => finish(() => reject(signal.reason))
    const next = () => {
      clearTimeout(timer)
      const address = waiting.shift()
      if (address === undefined) {
        const telling = errors.find((error) => !noRoad.has(error.code ?? '')) ?? errors[0]
        if (trying.size === 0) finish(() => reject(telling ?? new Error('no address')))
        return
      }
      const socket = connect({ host: address, port, noDelay: true })
      trying.add(socket)
      socket.once('connect', () => {
        trying.delete(socket)
        socket.removeAllListeners('error')
        finish(() => resolve(socket))
      })
      socket.on('error', (error) => {
        errors.push(error)
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
