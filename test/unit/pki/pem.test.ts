import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../shared/pki/base64.ts'
import { hex } from '../../../shared/pki/der.ts'
import { pemBlocks, toPem } from '../../../shared/pki/pem.ts'

const content = Uint8Array.from({ length: 150 }, (_, i) => i)
const pem = toPem('CERTIFICATE', content)

describe('base64', () => {
  it('agrees with Node for any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(hex(decodeBase64(text)!)).toBe(hex(bytes))
        expect(hex(decodeBase64(Buffer.from(bytes).toString('base64url'))!)).toBe(hex(bytes))
      }),
    )
  })

  it.each(['A', 'AAAAA', 'AA=A', 'AA===', 'AAA==', 'AAAA=', 'AA\u0000A', 'A!AA', 'AAAé'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeNull()
  })

  it.each(['AA==', 'AA=', 'AA', 'A A\r\n=\t='])('takes %j', (text) => {
    expect(decodeBase64(text)).toEqual(Uint8Array.of(0))
  })

  it('breaks lines at 64 columns, without one at the end', () => {
    for (const length of [0, 1, 47, 48, 49, 96, 97, 150]) {
      const text = encodeBase64(content.subarray(0, length), 64)
      expect(text).toBe(
        Buffer.from(content.subarray(0, length))
          .toString('base64')
          .replace(/.{64}(?=.)/g, '$&\n'),
      )
    }
  })
})

describe('pemBlocks', () => {
  it('reads what toPem writes, for any octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), (bytes) => {
        const blocks = pemBlocks(toPem('X509 CRL', bytes))
        expect(blocks).toHaveLength(1)
        expect(blocks[0]).toMatchObject({ label: 'X509 CRL', headers: {}, damaged: false, oddities: [] })
        expect(hex(blocks[0]!.der)).toBe(hex(bytes))
      }),
    )
  })

  it('reads headers, also folded ones, and what follows them', () => {
    const [block] = pemBlocks(
      `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\nX-Note: a\n b\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`,
    )
    expect(block).toMatchObject({ headers: { 'Proc-Type': '4,ENCRYPTED', 'DEK-Info': 'AES-128-CBC,00FF' } })
    const [folded] = pemBlocks(`-----BEGIN X-----\nComment: one\n two\nOther: three\n\nAAAA\n-----END X-----`)
    expect(folded!.headers).toEqual({ Comment: 'onetwo', Other: 'three' })
    expect(folded!.der).toEqual(Uint8Array.of(0, 0, 0))
  })

  it('wants lines of 64 in an encrypted block, as OpenSSL does', () => {
    const encrypted = pem.replace('\n', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00FF\n\n')
    expect(pemBlocks(encrypted)[0]).toMatchObject({ oddities: [] })
    expect(pemBlocks(encrypted.replace('AAEC', '\nAAEC'))[0]).toMatchObject({ oddities: [] })
    expect(pemBlocks(encrypted.replace('AAEC', 'AA\nEC'))[0]).toMatchObject({ oddities: ['lines-uneven'] })
    expect(pemBlocks(pem.replace('AAEC', 'AA\nEC'))[0]).toMatchObject({ oddities: [] })
  })

  it('takes no header for a prototype', () => {
    const [block] = pemBlocks('-----BEGIN X-----\n__proto__: 1\nconstructor: 2\n\nAAAA\n-----END X-----')
    expect(Object.keys(block!.headers)).not.toContain('__proto__')
    expect(({} as Record<string, unknown>)['2']).toBeUndefined()
  })

  it.each([
    ['text around', `Subject: x\n${pem}trailer`, []],
    ['CRLF', pem.replaceAll('\n', '\r\n'), []],
    ['CR', pem.replaceAll('\n', '\r'), ['carriage-returns']],
    ['one line', pem.replaceAll('\n', ''), ['newlines-lost']],
    ['the END line on the last line', pem.replace('\n-----END', '-----END'), ['newlines-lost']],
    ['an empty line in it', pem.replace(/(\n.*\n)/, '$1\n'), ['blank-lines']],
    ['text before it on its line', `key: ${pem}`, ['indented']],
    ['text after it on its line', pem.replace(/\n$/, ','), ['indented']],
    ['the alphabet for addresses', pem.replaceAll('+', '-').replaceAll('/', '_'), ['base64-odd']],
    ['four dashes', pem.replaceAll('-----', '----'), ['dashes-wrong']],
    ['six dashes', pem.replaceAll('-----', '------'), ['dashes-wrong']],
    ['em dashes', pem.replaceAll('-----', '—'), ['dashes-wrong']],
    ['no END line', pem.split('-----END')[0]!, ['end-line-missing']],
    ['another END line', pem.replace('END CERTIFICATE', 'END CRL'), ['end-line-other']],
    ['lower case', pem.replaceAll('CERTIFICATE', 'certificate'), ['label-case']],
    ['a space before the closing dashes', pem.replaceAll('CERTIFICATE-----', 'CERTIFICATE -----'), ['dashes-wrong']],
  ])('reads a block with %s, and says what is odd', (_, text, oddities) => {
    const [block] = pemBlocks(text)
    expect(block).toMatchObject({ label: 'CERTIFICATE', damaged: false, oddities })
    expect(hex(block!.der)).toBe(hex(content))
  })

  it('tells blocks apart whose line breaks were lost', () => {
    const blocks = pemBlocks((pem + pem).replaceAll('\n', ''))
    expect(blocks.map((block) => hex(block.der))).toEqual([hex(content), hex(content)])
  })

  it('marks a block damaged whose base64 is not', () => {
    expect(pemBlocks(pem.replace('AAEC', 'A!EC'))[0]).toMatchObject({ damaged: true, der: new Uint8Array(0) })
  })

  it('gives nothing for text without blocks', () => {
    for (const text of ['', 'BEGIN CERTIFICATE', '-----', '-----BEGIN-----', 'a -----END X----- b']) {
      expect(pemBlocks(text)).toEqual([])
    }
  })

  it.each([
    ['dashes', '-'.repeat(2_000_000)],
    ['BEGIN words', 'BEGIN '.repeat(300_000)],
    ['BEGIN lines', '-----BEGIN CERTIFICATE-----\n'.repeat(60_000)],
    ['END lines', '-----END CERTIFICATE-----\n'.repeat(60_000)],
    ['long labels', `-----BEGIN ${'A '.repeat(500_000)}-----`],
    ['header lines', `-----BEGIN X-----\n${'A: b\n'.repeat(200_000)}`],
    ['spaces', `-----BEGIN X-----${' '.repeat(2_000_000)}!`],
  ])('takes time in proportion to %s', (_, text) => {
    const began = performance.now()
    pemBlocks(text)
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
