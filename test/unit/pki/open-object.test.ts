import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openedObject } from '../../../shared/pki/open-object.ts'
import { Reading } from '../../../shared/pki/reading.ts'

const kinds = join(import.meta.dirname, '../../fixtures/kinds')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(kinds, file)))

async function opened(bytes: Uint8Array<ArrayBuffer>, id = '0', passphrase?: string) {
  const reading = new Reading([{ file: 'given', bytes }], [], new Date('2026-11-22T12:00:00Z'))
  await reading.rows(0, 500, 10_000)
  if (passphrase !== undefined) await reading.unlock(passphrase)
  return openedObject(reading, reading.find(id)!)
}

describe('an opened object', () => {
  it('says how strong its key is', async () => {
    expect((await opened(bytesOf('client.crt'))).strength).toMatch(/^strong: EC /)
  })

  it('shows how a bundle is built and who opens it, locked and opened', async () => {
    const locked = await opened(bytesOf('bundle.p12'))
    expect(locked.container.length).toBeGreaterThan(1)
    expect(locked.whoOpens.map(({ who }) => who).join()).toContain('OpenSSL')
    const open = await opened(bytesOf('bundle.p12'), '0', 'kinds')
    expect(open.container.length).toBeGreaterThan(locked.container.length)
  })

  it('shows who loads an encrypted key', async () => {
    expect((await opened(bytesOf('key-encrypted.pem'))).whoOpens).not.toEqual([])
  })
})

describe('the lines that need repair', () => {
  const linesOf = async (bytes: Uint8Array<ArrayBuffer>) => (await opened(bytes)).repair?.before
  const text = readFileSync(join(kinds, 'client.crt'), 'utf8')
  const encode = (given: string) => new TextEncoder().encode(given)

  it('are shown as they are, the mark included', async () => {
    expect(await linesOf(bytesOf('em-dashes.crt'))).toMatch(/^\S*—+\S*BEGIN/)
    expect(await linesOf(encode(`\ufeff${text}`))).toMatch(/^\ufeff-----BEGIN/)
    expect(await linesOf(bytesOf('utf-16le.crt'))).toMatch(/^\ufeff?-----BEGIN CERTIFICATE-----\n/)
  })

  it('are at most twenty lines and two thousand letters', async () => {
    const long = await linesOf(encode(`\ufeff${text.repeat(3)}`))
    expect(long?.split('\n').length).toBeLessThanOrEqual(20)
    expect((await linesOf(encode(`\ufeff${text.replaceAll('\n', ' ').repeat(5)}`)))?.length ?? 0).toBeLessThanOrEqual(
      2000,
    )
  })

  it('are not shown where a private key is, or may be, in the file', async () => {
    const key = readFileSync(join(kinds, 'key-pkcs8.pem'), 'utf8')
    const many = Array(25).fill(text).join('')
    for (const secret of [
      key,
      key.replace('BEGIN PRIVATE KEY', 'BEGIN CERTIFICATE'),
      key.split('\n').slice(1).join('\n'),
    ]) {
      const reading = new Reading([{ file: 'given', bytes: encode(`\ufeff${secret}${many}`) }], [], new Date())
      const { rows } = await reading.rows(0, 500, 10_000)
      for (const { id } of rows) {
        const { repair } = await openedObject(reading, reading.find(id)!)
        expect(repair?.before).toBeUndefined()
      }
    }
  })
})
