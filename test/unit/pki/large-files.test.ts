import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { triage } from '../../../shared/pki/triage.ts'

const bundle = readFileSync(join(import.meta.dirname, '../../fixtures/corpus/bundles/certifi__cacert.pem'), 'utf8')
const pems = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? []
const bytes = (text: string) => new TextEncoder().encode(text)

/** A reader is given five seconds for a file of 64 MiB: what these take has to stay far below their share. */
const within = (milliseconds: number, work: () => void) => {
  const began = performance.now()
  work()
  expect(performance.now() - began).toBeLessThan(milliseconds)
}

describe('a large file is taken apart in time', () => {
  it('of ten thousand certificates', () => {
    const file = bytes(Array.from({ length: 10_000 }, (_, i) => pems[i % pems.length]).join(''))
    within(4000, () => expect(triage(file).pieces).toHaveLength(10_000))
  }, 20_000)

  const block = '-----BEGIN CERTIFICATE-----\nMIIB'
  const size = 2 * 1024 * 1024
  it.each([
    ['base64 without end', 'A'],
    ['dashes', '-'],
    ['backslashes', '\\'],
    ['escaped ends of lines', '\\n'],
    ['hard spaces', '\u00a0'],
    ['base64 and hard spaces', 'AAAAAAAAAAAAAAA\u00a0'],
    ['invisible letters', '\u200b'],
    ['ends of lines', '\n'],
    ['spaces', ' '],
    ['equals signs', '=3D '],
    ['quotes', '> > '],
    ['tags', '<p '],
    ['open tags', '<'],
    ['percent signs', '%'],
    ['boundaries', '-----BEGIN CERTIFICATE-----'],
    ['halves of boundaries', '-----BEGIN '],
    ['ends of blocks', '-----END X-----\n'],
    ['headers', 'A: b\n'],
    ['beginnings of base64 in another text', '"MIIB'],
  ])(
    'of nothing but %s behind a boundary',
    (_, text) => {
      const file = bytes(`${block}${text.repeat(size / text.length)}`)
      within(2500, () => triage(file))
      within(2500, () => triage(bytes(text.repeat(size / text.length))))
    },
    20_000,
  )
})
