import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'
import { isLocked } from '../../../shared/pki/locked.ts'

const kinds = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')

const first = async (file: string, ...passphrases: string[]) =>
  (await inspectBytes(file, new Uint8Array(readFileSync(join(kinds, file))), passphrases, new Date('2027-01-01')))[0]!

describe('a locked object', () => {
  it.each([
    ['key-encrypted.pem', 'key.encrypted'],
    ['key-encrypted.der', 'key.encrypted'],
    ['key-pkcs1-encrypted.pem', 'key.encrypted'],
    ['bundle.p12', 'bundle.locked'],
    ['keystore.jks', 'keystore.locked'],
  ])('%s has no problem as long as no passphrase was tried, only %s', async (file, code) => {
    const object = await first(file)
    expect(object.problem).toBeNull()
    expect(object.facts).toMatchObject({ encrypted: true, protection: expect.stringMatching(/AES|SHA-1/) })
    expect(object.findings).toContainEqual(expect.objectContaining({ code, severity: 'notes' }))
    expect(isLocked(object)).toBe(true)
  })

  it.each(['key-encrypted.pem', 'key-encrypted.der', 'key-pkcs1-encrypted.pem', 'bundle.p12'])(
    '%s is open with its passphrase, and still locked with another',
    async (file) => {
      const open = await first(file, 'wrong', 'kinds')
      expect(open.problem).toBeNull()
      expect(isLocked(open)).toBe(false)
      const wrong = await first(file, 'wrong')
      expect(wrong.problem?.code).toBe('key.passphrase-wrong')
      expect(isLocked(wrong)).toBe(true)
    },
  )

  it.each([
    'key-pkcs8.pem',
    'client.crt',
    'bundle-empty-passphrase.p12',
    'keystore.jceks',
    'notes.txt',
    'key-openssh-encrypted.pem',
  ])('%s is none: no passphrase would show more', async (file) => {
    expect(isLocked(await first(file))).toBe(false)
  })
})
