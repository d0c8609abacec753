import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverConfiguration, serverKinds } from '../../../shared/serverconfig/server-configuration.ts'
import { ServerKind, ServerWish } from '../../../shared/serverconfig/server-wish.ts'
import { usualWish } from '../../../shared/serverconfig/usual-wish.ts'

const pins = [
  undefined,
  { by: 'name' as const, name: 'hooks.example.com' },
  { by: 'certificate' as const, sha256: 'ab'.repeat(32), sha1: 'cd'.repeat(20), serial: '1f' },
]

describe('a server configuration', () => {
  it('is there for every kind of server, with files, a reload and what to mind', () => {
    expect(serverKinds).toEqual(ServerKind.options)
    for (const kind of serverKinds)
      for (const pin of pins) {
        const made = serverConfiguration(kind, { ...usualWish, ...(pin && { pin }) })
        expect(made.files.length).toBeGreaterThan(0)
        expect(made.caveats.length).toBeGreaterThan(0)
        expect(made.reload).not.toBe('')
        expect(made.reload ?? 'command').not.toMatch(/^none|; a /)
        for (const { language, text } of made.files) {
          expect(text.endsWith('\n')).toBe(true)
          expect(text).not.toMatch(language === 'javascript' ? /\[object|NaN/ : /undefined|\[object|NaN/)
        }
      }
  })

  it('names the authority, and the list where one is wanted', () => {
    for (const kind of serverKinds) {
      const all = ({ files, prepare }: ReturnType<typeof serverConfiguration>) =>
        [...files.map(({ text }) => text), ...prepare].join('\n')
      expect(all(serverConfiguration(kind, usualWish))).toContain(usualWish.clientCa)
      const { crl: _, ...without } = usualWish
      const made = serverConfiguration(kind, without)
      expect(made.refusesRevoked).toBe(false)
      expect(all(made)).not.toContain('clients.crl')
      expect(made.caveats.join(' ')).toMatch(/revoked certificate gets in/)
    }
  })

  it('says whose certificate it is that gets in', () => {
    const theirs = { ...usualWish, caller: { name: 'Truv', presents: 'provider' as const } }
    expect(serverConfiguration('nginx', theirs).files[0]?.text).toContain('Truv presents a certificate of its own')
    const yours = { ...usualWish, caller: { name: 'Apata', presents: 'you' as const } }
    expect(serverConfiguration('nginx', yours).files[0]?.text).toContain(
      'You issue the certificate that Apata presents',
    )
  })

  it('takes no text that could break out of its place', () => {
    const fields = ['host', 'certificate', 'key', 'clientCa', 'crl', 'upstream'] as const
    const nasty = fc.string({ unit: fc.constantFrom(...'ab/. ;{}#$"\'`\\\n\r\t<>|&%()[]*?!=,'), minLength: 1 })
    fc.assert(
      fc.property(fc.constantFrom(...fields), nasty, (field, value) => {
        const read = ServerWish.safeParse({ ...usualWish, [field]: value })
        expect(read.success && /[\s;{}#$"'`\\<>|&%()[\]*?!=,]/.test(value)).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('lets a provider’s name be nothing but words of a comment', () => {
    const name = 'Evil\n}\nssl_verify_client off; */ {'
    for (const kind of serverKinds) {
      const { files } = serverConfiguration(kind, { ...usualWish, caller: { name, presents: 'provider' } })
      for (const { text } of files) expect(text).not.toMatch(/^\s*(?:\}\s*ssl|ssl_verify_client off)/m)
    }
  })
})
