import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allParts } from '../support/inspect-all-parts.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const kinds = join(import.meta.dirname, '..', 'fixtures', 'kinds')
const pem = (name: string) => createPrivateKey(readFileSync(join(kinds, name)))

/** What must not be found anywhere: the numbers that make the fixtures' keys private. */
const secrets = ['key-pkcs8.pem', 'key-pkcs1.pem', 'key-sec1-with-parameters.pem', 'key-and-certificate.pem'].flatMap(
  (name) => secretNumbers(pem(name)),
)

function secretNumbers(key: KeyObject): Buffer[] {
  const { d, p, q } = key.export({ format: 'jwk' })
  return [d, p, q].flatMap((number) => (number ? [Buffer.from(number, 'base64url')] : []))
}

/** All that a reply says: its texts, and its octets as they are, in hex and in base64. */
function spelled(reply: unknown): string {
  const octets: Buffer[] = []
  const texts = JSON.stringify(reply, (_, one) => {
    if (!(one instanceof Uint8Array)) return one
    octets.push(Buffer.from(one))
    return undefined
  })
  return [texts, ...octets.map((one) => one.toString('latin1'))].join('\n').replaceAll('\\n', '')
}

/** Twelve octets of the middle, in every spelling and at each of base64's three places. */
function spellings(secret: Buffer): string[] {
  const middle = secret.subarray(8, 24)
  return [
    middle.toString('latin1'),
    middle.toString('hex'),
    middle.toString('hex').toUpperCase(),
    middle.toString('hex').match(/../g)!.join(':'),
    ...[0, 1, 2].map((at) =>
      secret
        .subarray(6 + at, 21 + at)
        .toString('base64')
        .slice(2, -2),
    ),
    BigInt(`0x${secret.toString('hex')}`)
      .toString()
      .slice(2, 30),
  ]
}

let desk: TestDesk
let replies: unknown[]
beforeEach(() => {
  desk = openTestDesk()
  replies = []
})
afterEach(() => {
  const said = replies.map(spelled).join('\n')
  expect(said.length).toBeGreaterThan(100)
  for (const secret of secrets) for (const text of spellings(secret)) expect(said.includes(text)).toBe(false)
  expect(said).not.toMatch(/PRIVATE KEY-----/)
})

/** Everything that can be asked about every object of these files. */
async function askEverything(files: string[]) {
  const paths = files.map((file) => join(kinds, file))
  let all = await allParts(desk, { from: 'paths', paths })
  replies.push(all)
  for (const passphrase of all.locked.length > 0 ? ['kinds', 'changeit', 'first', 'second', 'other', 'kinds2'] : []) {
    const source = { from: 'unlock' as const, unlock: all.inspection, passphrase }
    const opened = await desk.call('startInspection', { work: 'u', source })
    replies.push(opened)
    if (opened.ok) all = { ...opened.value.inspection!, parts: 1 }
  }
  const { inspection } = all
  for (const { id: object } of all.rows) {
    const ref = { of: 'inspection' as const, inspection, object }
    replies.push(
      await desk.call('openObject', { inspection, object, profile: { provider: 'truv', environment: 'sandbox' } }),
      await desk.call('objectStructure', { inspection, object }),
      await desk.call('compareObjects', { a: ref, b: { ...ref, object: all.rows[0]!.id } }),
      await desk.call('saveObject', { inspection, object, format: 'pem' }),
      await desk.call('saveObject', { inspection, object, format: 'der' }),
      await desk.call('saveRepaired', { inspection, object }),
    )
  }
  return all
}

const holding = readdirSync(kinds).filter((name) => /^(key|bundle|keystore|label-pkcs|pem-named|with-bag)/.test(name))

describe('no reply lets a private key out', () => {
  it.each(holding)('of %s, opened or not', async (file) => {
    const all = await askEverything([file])
    expect(all.rows.length).toBeGreaterThan(0)
  })

  it('not even when the door would be open: the check finds what it looks for', () => {
    const key = readFileSync(join(kinds, 'key-pkcs8.der'))
    const found = (reply: unknown) =>
      secrets.some((secret) => spellings(secret).some((one) => spelled(reply).includes(one)))
    expect(found({ bytes: new Uint8Array(key) })).toBe(true)
    expect(found({ text: key.toString('base64') })).toBe(true)
    expect(found({ text: key.toString('hex') })).toBe(true)
    replies.push('x'.repeat(101))
  })
})

describe('the structure of what holds a private key', () => {
  it.each([
    ['key-pkcs8.pem', '0'],
    ['key-pkcs1.pem', '0'],
    ['key-encrypted.der', '0'],
    ['bundle-in-the-clear.p12', '0'],
  ])('is refused: %s', async (file, object) => {
    const { inspection } = await allParts(desk, { from: 'paths', paths: [join(kinds, file)] })
    expect(codeOf(await desk.call('objectStructure', { inspection, object }))).toBe('object.holds-key')
    replies.push(await desk.call('openObject', { inspection, object }))
  })

  it('is shown of a bundle whose keys are encrypted', async () => {
    const { inspection } = await allParts(desk, { from: 'paths', paths: [join(kinds, 'bundle.p12')] })
    const structure = value(await desk.call('objectStructure', { inspection, object: '0' }))
    expect(structure.nodes.length).toBeGreaterThan(10)
    replies.push(structure)
  })
})
