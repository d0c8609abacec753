import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenCurlLine, tokenNginxLines, tokenSClientLine } from '../../../shared/handover/token-lines.ts'
import { pkcs11Uri, readPkcs11Uri } from '../../../shared/tokens/pkcs11-uri.ts'
import type { TokenPlace } from '../../../shared/tokens/token.ts'

const place: TokenPlace = {
  at: 'token',
  library: '/opt/it’s here/lib.so',
  token: "Ops 'n' token; 100%",
  serial: '63b6',
  keyId: 'aa0f',
}

describe('the URI of a key in a token', () => {
  it('names token, serial number and id, and holds nothing that a shell or a URI takes for its own', () => {
    expect(pkcs11Uri(place)).toBe('pkcs11:token=Ops%20%27n%27%20token%3B%20100%25;serial=63b6;id=%AA%0F;type=private')
    expect(pkcs11Uri({ token: 'x', keyId: '01' })).toBe('pkcs11:token=x;id=%01;type=private')
  })

  it('is read back as it was, whatever the label', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 32 }),
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        (token, id) => {
          const keyId = Buffer.from(id).toString('hex')
          expect(readPkcs11Uri(pkcs11Uri({ token, serial: 's', keyId }))).toEqual({ token, serial: 's', keyId })
        },
      ),
    )
  })

  it('is read with its library, and without what is not asked for', () => {
    expect(readPkcs11Uri('pkcs11:token=a;object=k%201;x-own=1;type=private?module-path=/l.so&pin-value=1')).toEqual({
      token: 'a',
      object: 'k 1',
      library: '/l.so',
    })
  })

  it.each(['', 'pkcs11', 'http://x', 'pkcs11:token', 'pkcs11:token=%G1', 'pkcs11:id=%0', 'pkcs11:token=a;token=b'])(
    'is refused as %j',
    (text) => {
      expect(readPkcs11Uri(text)).toBeNull()
    },
  )

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void readPkcs11Uri(`pkcs11:${text}`)))
  })
})

describe('the lines that use a key in a token', () => {
  const files = { certificate: 'acme live.crt', ca: 'ca.pem' }

  it('quote what a shell would take apart', () => {
    const line = tokenCurlLine({ url: 'https://a.example/', method: 'GET', headers: [] }, place, files)
    expect(line).toBe(
      [
        "PKCS11_MODULE_PATH='/opt/it’s here/lib.so' curl",
        `--engine pkcs11 --key-type ENG --key '${pkcs11Uri(place)}'`,
        "--cert 'acme live.crt'",
        '--cacert ca.pem',
        'https://a.example/',
      ].join(' \\\n  '),
    )
    expect(tokenSClientLine('a.example', 443, place, { certificate: 'a.crt' })).not.toContain('CAfile')
  })

  it('put no PIN anywhere', () => {
    expect(tokenNginxLines(place, files)).toContain('?pin-source=file:/etc/nginx/token-pin"')
    expect(tokenNginxLines(place, files)).not.toContain('pin-value')
  })
})
