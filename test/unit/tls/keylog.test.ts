import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keylogLines, keylogText, secretFor } from '../../../shared/tls/keylog.ts'

const random = 'ab'.repeat(32)
const secret = '0f'.repeat(32)
const line = `CLIENT_TRAFFIC_SECRET_0 ${random} ${secret}`

describe('a key log', () => {
  it('gives the secret of its label and connection, and no other', () => {
    const lines = ['# a comment', '', `SERVER_TRAFFIC_SECRET_0 ${random} ${'11'.repeat(32)}`, `${line}\n`]
    expect(secretFor(lines, 'CLIENT_TRAFFIC_SECRET_0', random)).toEqual(new Uint8Array(32).fill(0x0f))
    expect(secretFor(lines, 'CLIENT_HANDSHAKE_TRAFFIC_SECRET', random)).toBeUndefined()
    expect(secretFor(lines, 'CLIENT_TRAFFIC_SECRET_0', 'cd'.repeat(32))).toBeUndefined()
  })

  it('is read in either case of hex', () => {
    expect(secretFor([line.replace(random, random.toUpperCase())], 'CLIENT_TRAFFIC_SECRET_0', random)).toHaveLength(32)
    expect(secretFor([line.replace(secret, secret.toUpperCase())], 'CLIENT_TRAFFIC_SECRET_0', random)).toEqual(
      new Uint8Array(32).fill(0x0f),
    )
  })

  it('gives nothing for secrets of wrong length or letters', () => {
    for (const wrong of ['', 'zz'.repeat(32), secret.slice(1), '0f'.repeat(65), '0f'.repeat(16)]) {
      expect(secretFor([line.replace(secret, wrong)], 'CLIENT_TRAFFIC_SECRET_0', random)).toBeUndefined()
    }
  })

  it('takes the last line where a secret stands twice, as after a new handshake', () => {
    const later = `CLIENT_RANDOM ${random} ${'22'.repeat(48)}`
    expect(secretFor([`CLIENT_RANDOM ${random} ${'33'.repeat(48)}`, later], 'CLIENT_RANDOM', random)?.[0]).toBe(0x22)
  })

  it('is written one line a secret, and read back without what is none', () => {
    expect(keylogText([line, `${line}\n`])).toBe(`${line}\n${line}\n`)
    expect(keylogLines(`# x\r\n${line}\r\nrubbish\n`)).toEqual([line])
    expect(keylogLines(`${line}\n`, new Set(['cd'.repeat(32)]))).toEqual([])
    expect(keylogLines(`${line}\n`, new Set([random]))).toEqual([line])
  })

  it('never throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        secretFor(text.split('\n'), 'CLIENT_RANDOM', random)
        keylogLines(text)
      }),
    )
  })
})
