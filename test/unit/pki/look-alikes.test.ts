import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookAlikeIn, lookAlikeInHost } from '../../../shared/pki/look-alikes.ts'

describe('letters that pass for others', () => {
  it.each([
    ['Pаyrails', 'mixed', 'Latin and Cyrillic; “а” (U+0430) is Cyrillic'],
    ['Αpple Inc', 'mixed', 'Latin and Greek; “Α” (U+0391) is Greek'],
    ['Асе Ltd', 'whole', 'Ace'],
    ['ＡＣＭＥ', 'styled', 'ACME'],
    ['𝐀cme', 'styled', 'Acme'],
  ])('are found in the name %s', (name, how, says) => {
    expect(lookAlikeIn(name)).toMatchObject({ how, says })
  })

  it.each([
    'Acme Ltd',
    'Müller & Söhne',
    'Société Générale',
    'ООО Ромашка',
    'Нет',
    'Δημόσια Επιχείρηση',
    '株式会社NTTデータ',
    '삼성 SDS',
    'Bank Сбербанк',
    'Łódź Žižkov',
    '10 µm',
    'Ａ株式会社',
  ])('are not found in the name %s', (name) => {
    expect(lookAlikeIn(name)).toBeNull()
  })

  it.each([
    ['pаypal.com', 'mixed'],
    ['xn--pypal-4ve.com', 'mixed'],
    ['xn--80ak6aa92e.com', 'whole'],
    ['login.xn--pypal-4ve.example', 'mixed'],
  ])('are found in the host %s', (host, how) => {
    expect(lookAlikeInHost(host)).toMatchObject({ how })
  })

  it.each([
    'www.example.com',
    'xn--mnchen-3ya.example',
    'пример.рф',
    'xn--e1afmkfd.xn--p1ai',
    'xn--fiq228c.com',
    'xn--zzzzz.com',
  ])('are not found in the host %s', (host) => {
    expect(lookAlikeInHost(host)).toBeNull()
  })

  it('are looked for without fail, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        lookAlikeIn(text)
        lookAlikeInHost(text)
      }),
    )
  })
})
