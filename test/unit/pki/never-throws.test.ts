import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../../shared/pki/base64.ts'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { orderChain } from '../../../shared/pki/chain.ts'
import { readCrl } from '../../../shared/pki/crl.ts'
import { readDer } from '../../../shared/pki/der.ts'
import { shapeOf } from '../../../shared/pki/detect.ts'
import { inspectAll, inspectBytes } from '../../../shared/pki/inspect.ts'
import { readKeystore } from '../../../shared/pki/jks.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { readPkcs7 } from '../../../shared/pki/pkcs7.ts'
import { readPutty } from '../../../shared/pki/putty-key.ts'
import { readRequest } from '../../../shared/pki/request.ts'
import { readPublicKey } from '../../../shared/pki/spki.ts'
import { spkiOfSsh, sshPublicLine } from '../../../shared/pki/ssh-public.ts'
import { textOfFile } from '../../../shared/pki/text.ts'
import { triage } from '../../../shared/pki/triage.ts'

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures')
const today = new Date('2027-01-01T00:00:00Z')

const real = [
  'kinds',
  'corpus/certificates',
  'corpus/requests',
  'corpus/crls',
  'corpus/pkcs7',
  'corpus/keys',
  'corpus/hostile',
]
  .flatMap((folder) => readdirSync(join(fixtures, folder)).map((file) => join(fixtures, folder, file)))
  .map((path) => new Uint8Array(readFileSync(path)))
  .filter((bytes) => bytes.length > 0 && bytes.length < 4000)

/** Real files in DER, where a flipped octet meets the parsers rather than the base64 decoder. */
const realDer = real
  .map((bytes) => pemBlocks(textOfFile(bytes)?.text ?? '')[0]?.der ?? bytes)
  .filter((b) => b.length > 0)

type Change = { at: number; how: 'flip' | 'cut' | 'set' | 'grow' | 'drop'; value: number }

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 1_000_000 }),
  how: fc.constantFrom('flip', 'cut', 'set', 'grow', 'drop'),
  // Lengths and tags that parsers stumble on come up more often than by chance.
  value: fc.oneof(
    fc.nat({ max: 255 }),
    fc.constantFrom(0x00, 0x80, 0x81, 0x82, 0x84, 0xff, 0x1f, 0x30, 0xa0, 0x24, 0x7f),
  ),
})

function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  let now = Uint8Array.from(bytes)
  for (const { at, how, value } of changes) {
    const place = at % Math.max(1, now.length)
    if (how === 'flip') now[place] = (now[place] ?? 0) ^ (1 << (value & 7))
    else if (how === 'set') now[place] = value
    else if (how === 'cut') now = now.slice(0, place)
    else if (how === 'drop')
      now = Uint8Array.from([...now.subarray(0, place), ...now.subarray(place + 1 + (value & 15))])
    else now = Uint8Array.from([...now.subarray(0, place), ...Array(value & 63).fill(value), ...now.subarray(place)])
  }
  return now
}

const mutated = (from: readonly Uint8Array[]) =>
  fc
    .tuple(fc.nat({ max: from.length - 1 }), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([i, changes]) => changed(from[i]!, changes))

/** Values nested in values, with lengths that are right, wrong, indefinite or enormous. */
const nested: fc.Arbitrary<Uint8Array> = fc.letrec<{ value: Uint8Array }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 12, depthSize: 'large' },
    fc.uint8Array({ maxLength: 8 }),
    fc
      .tuple(
        fc.constantFrom(0x30, 0x31, 0xa0, 0xa3, 0x24, 0x04, 0x03, 0x02, 0x06),
        fc.constantFrom('right', 'indefinite', 'short', 'long', 'huge'),
        fc.array(tie('value'), { maxLength: 4 }),
      )
      .map(([tag, length, parts]) => {
        const body = parts.flatMap((part) => [...part])
        const octets =
          length === 'indefinite'
            ? [0x80]
            : length === 'huge'
              ? [0x84, 0xff, 0xff, 0xff, 0xff]
              : [
                  0x82,
                  (body.length >> 8) & 0xff,
                  (body.length + (length === 'long' ? 7 : length === 'short' ? -1 : 0)) & 0xff,
                ]
        return Uint8Array.from([tag, ...octets, ...body, ...(length === 'indefinite' ? [0, 0] : [])])
      }),
  ),
})).value

const anyBytes = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  { weight: 2, arbitrary: nested },
  { weight: 4, arbitrary: mutated(realDer) },
  { weight: 3, arbitrary: mutated(real) },
)

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '-----BEGIN CERTIFICATE-----',
        '-----END CERTIFICATE-----',
        '-----BEGIN RSA PRIVATE KEY-----',
        '-----END',
        '----',
        '—',
        'BEGIN ',
        '\n',
        '\r',
        '\\n',
        '> ',
        'Proc-Type: 4,ENCRYPTED',
        'DEK-Info: AES-128-CBC,00',
        'MIIB',
        '====',
        'AAAA',
        ': ',
        '\\',
        ' ',
        '\u200b',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
)

/** A single call may take this long on any input; it is a hang that is looked for, not slowness. */
const limitMs = 1500

function inTime<T>(call: () => T): T {
  const began = performance.now()
  const value = call()
  expect(performance.now() - began).toBeLessThan(limitMs)
  return value
}

const parsers: Record<string, (bytes: Uint8Array) => unknown> = {
  readDer: (bytes) => {
    const node = readDer(bytes)
    return node && shapeOf(node)
  },
  readCertificate,
  readRequest,
  readCrl,
  readPkcs7,
  readPublicKey,
  readKeystore,
  spkiOfSsh,
  textOfFile,
  triage,
  orderChain: (bytes) => orderChain(bytes, [bytes, bytes.subarray(1)]),
}

const textParsers: Record<string, (text: string) => unknown> = {
  pemBlocks,
  decodeBase64,
  sshPublicLine,
  readPutty: (text) => readPutty(new TextEncoder().encode(`PuTTY-User-Key-File-${text}`)),
}

describe('whatever the bytes', () => {
  it.each(Object.entries(parsers))('%s neither throws nor hangs', (_, parse) => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        inTime(() => parse(bytes))
      }),
      { numRuns: 4000 },
    )
  })

  it.each(Object.entries(textParsers))('%s neither throws nor hangs', (_, parse) => {
    fc.assert(
      fc.property(anyText, (text) => {
        inTime(() => parse(text))
      }),
      { numRuns: 4000 },
    )
  })

  it('inspecting neither throws nor hangs, and answers at least one object', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        const began = performance.now()
        const objects = await inspectBytes('any', bytes, [], today)
        expect(performance.now() - began).toBeLessThan(limitMs)
        expect(objects.length).toBeGreaterThan(0)
      }),
      { numRuns: 5000 },
    )
  }, 120_000)

  it('no text of an object holds a control character', async () => {
    const strings = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : value && typeof value === 'object'
          ? Object.values(value).flatMap(strings)
          : []
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        for (const { facts, findings, problem } of await inspectBytes('any', bytes, [], today)) {
          for (const text of strings([facts, findings, problem])) {
            expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
          }
        }
      }),
      { numRuns: 3000 },
    )
  }, 60_000)

  it('a file cut off anywhere is read or refused, octet by octet', async () => {
    const whole = readFileSync(join(fixtures, 'kinds', 'client.der'))
    for (let length = 0; length < whole.length; length++) {
      const [object] = await inspectBytes('cut', new Uint8Array(whole.subarray(0, length)), [], today)
      expect(object!.problem, `${length} octets`).not.toBeNull()
    }
  })

  it('relations between damaged copies of one file are found without fault', async () => {
    const pem = new Uint8Array(readFileSync(join(fixtures, 'kinds', 'chain.pem')))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(change, { maxLength: 2 }), { minLength: 1, maxLength: 6 }), async (all) => {
        const files = all.map((changes, i) => ({ file: `${i}`, bytes: changed(pem, changes) }))
        const { objects, relations } = await inspectAll(files, [], today)
        const ids = new Set(objects.map((object) => object.id))
        expect(ids.size).toBe(objects.length)
        for (const { a, b } of relations) expect(ids.has(a) && ids.has(b)).toBe(true)
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
