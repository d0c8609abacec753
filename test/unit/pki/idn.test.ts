import { domainToASCII, domainToUnicode } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiHost, fromPunycode, otherForm, toPunycode, unicodeHost } from '../../../shared/pki/idn.ts'

describe('internationalised host names', () => {
  // RFC 3492 section 7.1.
  it.each([
    ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
    ['למההםפשוטלאמדבריםעברית', '4dbcagdahymbxekheh6e0a7fei0b'],
    ['почемужеонинеговорятпорусски', 'b1abfaaepdrnnbgefbadotcwatmq2g4l'],
    ['PorquénopuedensimplementehablarenEspañol', 'PorqunopuedensimplementehablarenEspaol-fmd56a'],
    ['3年B組金八先生', '3B-ww4c5e180e575a65lsy2b'],
    ['安室奈美恵-with-SUPER-MONKEYS', '-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n'],
    ['-> $1.00 <-', '-> $1.00 <--'],
  ])('%s is %s in punycode', (unicode, ascii) => {
    expect(toPunycode(unicode)).toBe(ascii)
    if (!ascii.includes(' ')) expect(fromPunycode(ascii)).toBe(unicode)
  })

  it('come in both forms, part by part', () => {
    expect(unicodeHost('xn--mnchen-3ya.example')).toBe('münchen.example')
    expect(unicodeHost('*.XN--BCHER-KVA.example')).toBe('*.BüCHER.example')
    expect(asciiHost('bücher.example')).toBe('xn--bcher-kva.example')
    expect(otherForm('www.example.com')).toBeNull()
  })

  it('have no other form when they cannot be decoded', () => {
    for (const host of ['xn--99999999.example', 'xn--ü.example', 'xn--a_b.example', `xn--${'a'.repeat(80)}`]) {
      expect([host, unicodeHost(host)]).toEqual([host, null])
    }
  })

  it('are shown without characters that cannot be seen', () => {
    expect(unicodeHost(`xn--${toPunycode('pay\u202epal')}.example`)).toBe('pay\\u{202e}pal.example')
  })

  it('agree with the platform wherever it knows both forms, and never take long', () => {
    const letters = fc.constantFrom(...'abc123-äöüßéñçłøжшдяαβγ中文字יהא')
    const label = fc.array(letters, { minLength: 1, maxLength: 12 }).map((all) => all.join(''))
    fc.assert(
      fc.property(label, (text) => {
        const ascii = domainToASCII(text)
        if (ascii.startsWith('xn--')) expect(unicodeHost(ascii)).toBe(domainToUnicode(ascii))
      }),
      { numRuns: 500 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const written = toPunycode(text)
        if (written !== null && written.length < 64 && !/[^\x21-\x7e]/.test(written) && !/\p{Cs}/u.test(text)) {
          expect(fromPunycode(written)).toBe(text)
        }
        fromPunycode(text)
      }),
      { numRuns: 500 },
    )
  })
})
