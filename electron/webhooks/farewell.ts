import { type CipherGCMTypes, createCipheriv } from 'node:crypto'
import type { Socket } from 'node:net'
import type { WireReader } from '../../shared/tls/wire-reader.ts'

const alertType = 21
const fatal = 2
/** How long the caller is given to read why it is refused. */
const lingerMs = 500

/**
 * Sends a fatal alert (RFC 8446 section 6.2) over a connection whose handshake stands, and ends it. Node has no call for
 * that: its servers leave without a word, and the caller sees a broken connection where other servers tell it why. The
 * record is made with the keys of the connection, which nothing is sent by afterwards. False where that cannot be done.
 */
export async function sendAlert(raw: Socket, reader: WireReader, number: number): Promise<boolean> {
  const plain = Buffer.from([fatal, number])
  const sealing = await reader.sealing('server', alertType, plain.length)
  if (!sealing || raw.destroyed) return false
  const { cipher, key, nonce, additional, header, explicit, inner } = sealing
  let sealed: Buffer
  try {
    // The two families are called alike, and typed apart. Electron’s crypto module has no ChaCha20-Poly1305.
    const seal = createCipheriv(cipher as CipherGCMTypes, key, nonce, { authTagLength: 16 })
    seal.setAAD(additional)
    sealed = Buffer.concat([seal.update(Buffer.concat([plain, inner])), seal.final(), seal.getAuthTag()])
  } catch {
    return false
  }
  // What the caller has sent meanwhile is read away: an end with unread bytes would be a reset, which overtakes the alert.
  raw.removeAllListeners('data')
  raw.resume()
  raw.end(Buffer.concat([header, explicit, sealed]))
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, lingerMs)
    raw.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  return true
}
