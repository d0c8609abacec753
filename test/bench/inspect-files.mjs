// @ts-check
// What the inspector's benches read: certificates of the system's bundle, told apart by their serial numbers, because a
// program that keeps what it reads refuses doubles.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const system = '/etc/ssl/certs/ca-certificates.crt'
const bundle = existsSync(system) ? system : join(root, 'test/fixtures/corpus/bundles/certifi__cacert.pem')
const block = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----\n/g
const ders = [...readFileSync(bundle, 'utf8').matchAll(block)].map(([, body]) => Buffer.from(body ?? '', 'base64'))

/** How many certificates the system's bundle has. */
export const inBundle = ders.length

/** @param {Buffer} der @returns {[from: number, to: number]} where the serial number lies, of a version 3 certificate */
function serialIn(der) {
  /** @param {number} at */
  const contentAt = (at) => {
    const length = der[at + 1] ?? 0
    const octets = length > 0x80 ? length & 0x7f : 0
    const size = octets > 0 ? der.readUIntBE(at + 2, octets) : length
    return { from: at + 2 + octets, to: at + 2 + octets + size }
  }
  const signed = contentAt(contentAt(0).from)
  const version = contentAt(signed.from)
  const { from, to } = contentAt(der[signed.from] === 0xa0 ? version.to : signed.from)
  return [from, to]
}

const long = ders.filter((der) => {
  const [from, to] = serialIn(der)
  return to - from >= 8
})

/** @param {number} count @returns {Buffer} PEM, no two alike; their signatures are wrong, which nobody looks at here */
export function certificates(count) {
  const pems = []
  for (let i = 0; i < count; i++) {
    const der = Buffer.from(/** @type {Buffer} */ (long[i % long.length]))
    const [, to] = serialIn(der)
    der.writeUInt32BE(i, to - 4)
    const lines = der.toString('base64').match(/.{1,64}/g) ?? []
    pems.push(`-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`)
  }
  return Buffer.from(pems.join(''))
}

/** @param {number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN
