import { randomBytes } from 'node:crypto'
import { connect, createServer as createTcp, type Socket } from 'node:net'
import { createServer as createTls, type TLSSocket, type TlsOptions } from 'node:tls'
import { listenHere } from './proxy-servers.ts'

/** Servers that stand wrong in one point each, in the test's own process. `closeHere` ends them. */

/** Speaks TLS well and then says exactly these bytes: at once, or when it was asked. */
export const rawAnswer = (tls: TlsOptions, answer: (socket: TLSSocket) => void, when: 'at once' | 'when asked') =>
  listenHere(
    createTls(tls, (socket) => {
      socket.on('error', () => {})
      if (when === 'at once') answer(socket)
      else socket.once('data', () => answer(socket))
    }),
  )

/** What lies between us and a good server. `near` is our side. */
export const between = (port: number, carry: (near: Socket, far: Socket) => void) =>
  listenHere(
    createTcp((near) => {
      const far = connect({ port, host: '127.0.0.1', noDelay: true })
      for (const socket of [near, far]) socket.setNoDelay(true).on('error', () => {})
      near.on('close', () => far.destroy())
      carry(near, far)
    }),
  )

/** Lets so many bytes of the server through and then ends the connection. */
export const cutAfter = (port: number, bytes: () => number, how: 'destroy' | 'resetAndDestroy' | 'end') =>
  between(port, (near, far) => {
    let left = bytes()
    near.pipe(far, { end: false })
    far.on('data', (chunk) => {
      near.write(chunk.subarray(0, left))
      left -= chunk.length
      if (left <= 0) near[how]()
    })
    far.on('close', () => near.end())
  })

/** A server of TLS 1.2 that gets no further than asking: with a list of authorities larger than TLS can carry. */
export const hugeRequest = (certificate: Uint8Array, megabytes: number) =>
  listenHere(
    createTcp((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => {
        const hello = Buffer.concat([
          Buffer.from([3, 3]),
          randomBytes(32),
          // No session id, TLS_RSA_WITH_AES_128_GCM_SHA256, no compression, renegotiation_info (RFC 5746).
          Buffer.from([0, 0, 0x9c, 0, 0, 5, 0xff, 1, 0, 1, 0]),
        ])
        const list = Buffer.concat([uint(certificate.length + 3, 3), uint(certificate.length, 3), certificate])
        const names = Buffer.alloc(megabytes * 1024 * 1024, 'A')
        const asks = Buffer.concat([Buffer.from([1, 1, 0, 2, 4, 1, 0xff, 0xff]), names])
        const flight = Buffer.concat([
          message(2, hello),
          message(11, list),
          message(13, asks),
          message(14, Buffer.alloc(0)),
        ])
        for (let at = 0; at < flight.length; at += 16384) {
          const part = flight.subarray(at, at + 16384)
          socket.write(Buffer.concat([Buffer.from([22, 3, 3]), uint(part.length, 2), part]))
        }
      })
    }),
  )

const message = (type: number, body: Buffer) => Buffer.concat([Buffer.from([type]), uint(body.length, 3), body])

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUIntBE(value, 0, bytes)
  return buffer
}
