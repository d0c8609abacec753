// @ts-check
// A mouse on an X server: moves and presses by its XTEST extension, as a hand would. Just enough of the protocol.

import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { cookieOf } from '../display.mjs'

const padded = (/** @type {number} */ length) => (length + 3) & ~3

/** @param {Buffer} cookie */
function greeting(cookie) {
  const name = Buffer.from('MIT-MAGIC-COOKIE-1')
  const bytes = Buffer.alloc(12 + padded(name.length) + padded(cookie.length))
  bytes.write('l', 0)
  bytes.writeUInt16LE(11, 2)
  bytes.writeUInt16LE(name.length, 6)
  bytes.writeUInt16LE(cookie.length, 8)
  name.copy(bytes, 12)
  cookie.copy(bytes, 12 + padded(name.length))
  return bytes
}

/**
 * @param {{ DISPLAY?: string, XAUTHORITY?: string }} env as `openDisplay` gives it
 */
export async function openPointer({ DISPLAY = '', XAUTHORITY = '' }) {
  const socket = connect(`/tmp/.X11-unix/X${DISPLAY.replace(/^:/, '').split('.')[0]}`)
  await new Promise((done, fail) => socket.once('connect', done).once('error', fail))
  const answer = () => new Promise((/** @type {(bytes: Buffer) => void} */ done) => socket.once('data', done))
  const greeted = answer()
  socket.write(greeting(cookieOf(readFileSync(XAUTHORITY))))
  if ((await greeted)[0] !== 1) throw new Error('the X server turned the pointer away')

  const query = Buffer.alloc(16)
  query.writeUInt8(98, 0)
  query.writeUInt16LE(4, 2)
  query.writeUInt16LE(5, 4)
  query.write('XTEST', 8)
  const told = answer()
  socket.write(query)
  const [, , , , , , , , present, opcode = 0] = await told
  if (present !== 1) throw new Error('the X server has no XTEST')

  /** @param {number} type of the event @param {number} detail @param {number} x @param {number} y */
  const fake = (type, detail, x = 0, y = 0) => {
    const bytes = Buffer.alloc(36)
    bytes.writeUInt8(opcode, 0)
    bytes.writeUInt8(2, 1)
    bytes.writeUInt16LE(9, 2)
    bytes.writeUInt8(type, 4)
    bytes.writeUInt8(detail, 5)
    bytes.writeInt16LE(x, 24)
    bytes.writeInt16LE(y, 26)
    return bytes
  }
  return {
    /** @param {number} x @param {number} y */
    click: (x, y) => socket.write(Buffer.concat([fake(6, 0, x, y), fake(4, 1), fake(5, 1)])),
    /** @param {number} x @param {number} y */
    move: (x, y) => socket.write(fake(6, 0, x, y)),
    close: () => socket.destroy(),
  }
}
