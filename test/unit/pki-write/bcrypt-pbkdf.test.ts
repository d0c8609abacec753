import { describe, expect, it } from 'vitest'
import { bcryptPbkdf } from '../../../shared/pki/bcrypt-pbkdf.ts'
import { newBlowfish } from '../../../shared/pki/blowfish.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('Blowfish', () => {
  it('starts from the fraction of pi', () => {
    const { p, s } = newBlowfish()
    const word = (value: number | undefined) => ((value ?? 0) >>> 0).toString(16)
    expect([p[0], p[1], p[17], s[0], s[1023]].map(word)).toEqual([
      '243f6a88',
      '85a308d3',
      '8979fb1b',
      'd1310ba6',
      '3ac372e6',
    ])
  })
})

describe('bcrypt_pbkdf', () => {
  // The first of OpenBSD's own vectors.
  it('is what OpenBSD makes of a password', async () => {
    expect(hex(await bcryptPbkdf(utf8('password'), utf8('salt'), 4, 32))).toBe(
      '5bbf0cc293587f1c3635555c27796598d47e579071bf427e9d8fbe842aba34d9',
    )
  })

  it('lets other work in while it counts', async () => {
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await bcryptPbkdf(utf8('x'), utf8('salt'), 16, 48)
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(10)
  })
})
