// @ts-check
// A display where there is none: Xvfb, reachable only with the cookie we made for it.

import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { start, stopGroup } from './run.mjs'
import { Refusal } from './say.mjs'

/** @typedef {import('./ordinary-user.mjs').Person} Person */

/** Whether somebody sits in front of this machine. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** One entry of an .Xauthority file: any address, any display (family 0xFFFF), one MIT-MAGIC-COOKIE-1. */
export function cookieFile(cookie = randomBytes(16)) {
  const counted = (/** @type {Buffer} */ bytes) => {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const none = Buffer.alloc(0)
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    counted(none),
    counted(none),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ])
}

/** @param {Buffer} file as `cookieFile` makes it */
export const cookieOf = (file) => file.subarray(-16)

/**
 * Starts Xvfb as this person on a display number that Xvfb itself finds free.
 * @param {Person} person
 * @param {{ width?: number, height?: number, pixels?: string }} [options] `pixels`: a folder for the file `Xvfb_screen0`
 */
export async function openDisplay(person, { width = 1600, height = 1000, pixels } = {}) {
  const auth = join(person.home, '.Xauthority')
  writeFileSync(auth, cookieFile(), { mode: 0o600 })
  if (process.getuid?.() === 0) {
    chownSync(auth, person.uid, person.gid)
    // An X server that is not root may not make this folder itself.
    mkdirSync('/tmp/.X11-unix', { recursive: true })
    chmodSync('/tmp/.X11-unix', 0o1777)
  }
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-auth', auth]
  if (pixels) args.push('-fbdir', pixels)
  const server = start('Xvfb', args, { ...person.as, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  let told = ''
  server.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    told += text
  })
  const number = await new Promise((resolve, reject) => {
    const refuse = (/** @type {string} */ why) =>
      reject(new Refusal(`Xvfb did not start: ${why}`, told.trim().split('\n')))
    const timer = setTimeout(() => refuse('no display after 20 s'), 20_000)
    server.once('error', (error) => refuse(error.message))
    server.once('close', (code) => refuse(`it ended with ${code}`))
    let text = ''
    server.stdio[3]?.on('data', (chunk) => {
      text += String(chunk)
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(text.trim())
    })
  })
  return {
    env: { ...person.as.env, DISPLAY: `:${number}`, XAUTHORITY: auth },
    close: () => stopGroup(server, 'SIGTERM'),
  }
}
