import * as tls from 'node:tls'
import { engineOptions } from './engine-key.ts'
import { coded } from './failure.ts'
import type { ProbeOptions, Target } from './probe-options.ts'
import type { Tee } from './tee.ts'
import { trustOptions } from './trust.ts'

/** A handshake under way, and what its connection tells later. */
export type Handshake = {
  socket: tls.TLSSocket
  /** Lines of the key log as they come. */
  keylog: string[]
  /** Resolves when it stands; rejects when it fails or is cut. */
  ready: Promise<unknown>
  /**
   * Resolves when the server has said something about our certificate: most send a session ticket as soon as they have
   * checked it, or else an alert.
   */
  heard: Promise<unknown>
  /** The connection's own first error. It names the alert; what HTTP makes of it is only "socket hang up". */
  lost(): Error | undefined
}

/** Throws when certificate and key do not load, or are not of one pair. */
export function secureContextFor({ identity, trust, options }: ProbeOptions): tls.SecureContext {
  const { minVersion, maxVersion } = options ?? {}
  const cert = identity && [identity.certificatePem, ...identity.chainPem].join('\n')
  return tls.createSecureContext({
    ...trustOptions(trust),
    ...(identity && cert ? { cert } : {}),
    ...(identity && ('keyPem' in identity ? { key: identity.keyPem } : engineOptions(identity.engineKey))),
    ...(minVersion ? { minVersion } : {}),
    ...(maxVersion ? { maxVersion } : {}),
  })
}

export function shakeHands(
  tee: Tee,
  { spokenTo, serverName }: Target,
  protocols: string[],
  secureContext: tls.SecureContext,
): Handshake {
  const socket = tls.connect({
    socket: tee,
    host: spokenTo,
    ...(serverName === undefined ? {} : { servername: serverName }),
    ALPNProtocols: protocols,
    // The verdict is ours, before anything is written: a broken handshake would hide what the server asked for.
    rejectUnauthorized: false,
    secureContext,
  })
  const keylog: string[] = []
  let error: Error | undefined
  socket.on('keylog', (line) => keylog.push(line.toString('latin1')))
  const ready = new Promise((resolve, reject) => {
    socket.on('error', (lost) => {
      error ??= lost
      reject(lost)
    })
    const closed = () => reject(coded('ECONNRESET', 'closed'))
    socket.once('close', closed)
    socket.once('secureConnect', () => resolve(socket.removeListener('close', closed)))
  })
  const heard = new Promise((tell) => {
    for (const event of ['session', 'error', 'close', 'end']) socket.once(event, tell)
  })
  return { socket, keylog, ready, heard, lost: () => error }
}
