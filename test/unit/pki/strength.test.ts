import { describe, expect, it } from 'vitest'
import { strengthOf } from '../../../shared/pki/strength.ts'

describe('the strength of a key', () => {
  it.each([
    ['RSA', 512, undefined, /^too weak: RSA 512, about \d\d bits/],
    ['RSA', 1024, undefined, 'too weak: RSA 1024, about 80 bits of security (NIST SP 800-57)'],
    ['RSA', 2047, undefined, /^(too weak|fine)/],
    ['RSA', 2048, undefined, 'fine until about 2030: RSA 2048, about 112 bits of security (NIST SP 800-57)'],
    ['RSA-PSS', 3072, undefined, 'strong: RSA-PSS 3072, about 128 bits of security (NIST SP 800-57)'],
    ['RSA', 4096, undefined, 'strong: RSA 4096, about 152 bits of security (NIST SP 800-57)'],
    ['EC', 256, 'prime256v1', 'strong: EC prime256v1, about 128 bits of security (NIST SP 800-57)'],
    ['EC', 521, 'secp521r1', 'strong: EC secp521r1, about 256 bits of security (NIST SP 800-57)'],
    ['EC', 192, 'prime192v1', 'too weak: EC prime192v1, about 80 bits of security (NIST SP 800-57)'],
    ['EC', 224, 'explicit parameters', 'fine until about 2030: EC 224, about 112 bits of security (NIST SP 800-57)'],
    ['Ed25519', undefined, undefined, 'strong: Ed25519, about 128 bits of security (NIST SP 800-57)'],
    ['DSA', 1024, undefined, /^too weak/],
    [
      'ML-DSA-65',
      undefined,
      undefined,
      'strong, also against quantum computers: ML-DSA-65, security category 3 of 5 (NIST)',
    ],
    ['SLH-DSA-SHA2-128s', undefined, undefined, /^strong, also .*category 1 of 5/],
    ['1.2.3', 100, undefined, undefined],
    ['RSA', undefined, undefined, undefined],
  ])('%s %s %s', (keyAlgorithm, keyBits, curve, says) => {
    const told = strengthOf({ keyAlgorithm, keyBits, curve } as Parameters<typeof strengthOf>[0])
    if (says instanceof RegExp) expect(told).toMatch(says)
    else expect(told).toBe(says)
  })

  it('never falls as keys grow', () => {
    let last = 0
    for (let keyBits = 256; keyBits < 16384; keyBits += 8) {
      const bits = Number(/(\d+) bits of security/.exec(strengthOf({ keyAlgorithm: 'RSA', keyBits })!)![1])
      expect(bits).toBeGreaterThanOrEqual(last)
      last = bits
    }
  })
})
