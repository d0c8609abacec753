import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCrl } from '../../../shared/pki/crl.ts'
import { der } from '../../../shared/pki/der.ts'
import { RevokedEntry } from '../../../shared/pki/inspect-calls.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { revokedEntries } from '../../../shared/pki/revoked-entries.ts'
import { corpusRows } from '../../support/corpus.ts'

const reasons: Record<string, string> = {
  Unspecified: 'unspecified',
  'Key Compromise': 'keyCompromise',
  'CA Compromise': 'cACompromise',
  'Affiliation Changed': 'affiliationChanged',
  Superseded: 'superseded',
  'Cessation Of Operation': 'cessationOfOperation',
  'Certificate Hold': 'certificateHold',
  'Remove From CRL': 'removeFromCRL',
  'Privilege Withdrawn': 'privilegeWithdrawn',
  'AA Compromise': 'aACompromise',
}

/** OpenSSL writes years without leading zeros, which JavaScript takes for years of this century. */
const iso = (text: string) => {
  const [, day, year] = /^(.*) (\d+) GMT$/.exec(text.trim())!
  return `${year!.padStart(4, '0')}${new Date(`${day} 2000 UTC`).toISOString().slice(4, 19)}Z`
}

/** Entries as OpenSSL prints them. */
function printed(bytes: Uint8Array): RevokedEntry[] {
  const text = execFileSync('openssl', ['crl', '-inform', 'DER', '-noout', '-text'], {
    input: bytes,
    encoding: 'latin1',
  })
  return text
    .split(/^ {4}Serial Number: /m)
    .slice(1)
    .map((part) => {
      const reason = /CRL Reason Code: ?(?:critical)?\s*\n\s+(.*)/.exec(part)?.[1]?.trim()
      const since = /Invalidity Date: ?(?:critical)?\s*\n\s+(.*)/.exec(part)?.[1]
      return {
        serialHex: /^\w+/.exec(part)![0],
        revokedAt: iso(/Revocation Date: (.*)/.exec(part)![1]!),
        ...(reason && reason in reasons && { reason: reasons[reason]! }),
        ...(since && { invalidSince: iso(since) }),
      }
    })
}

const lists = corpusRows('crls')
  .filter((row) => row.expect === 'ok')
  .map(({ file, path }) => {
    const bytes = new Uint8Array(readFileSync(path))
    return { file, bytes: bytes[0] === 0x30 ? bytes : pemBlocks(new TextDecoder().decode(bytes))[0]!.der }
  })

describe('the entries of a revocation list', () => {
  it('are what OpenSSL prints, all over the corpus', () => {
    let count = 0
    for (const { file, bytes } of lists) {
      const entries = revokedEntries(bytes)
      count += entries.length
      expect(entries, file).toHaveLength(readCrl(bytes)!.facts.revokedCount!)
      const asPrinted = entries.map(({ issuer: _, reason, ...entry }) => ({
        ...entry,
        ...(reason !== undefined && reason !== 'unknown reason' && { reason }),
      }))
      expect(asPrinted, file).toEqual(printed(bytes))
    }
    expect(count).toBeGreaterThan(20)
  })

  it('are of the issuer that an indirect list named last', () => {
    const entry = (serial: number, ...extensions: Uint8Array[]) =>
      der.sequence(
        der.integer(serial),
        der.time(new Date('2024-01-01')),
        ...(extensions.length > 0 ? [der.sequence(...extensions)] : []),
      )
    const issuer = (name: string) => {
      const dn = der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8String(name))))
      return der.sequence(der.oid('2.5.29.29'), der.boolean(true), der.octetString(der.sequence(der.context(4, dn))))
    }
    const list = der.sequence(entry(1), entry(2, issuer('A')), entry(3), entry(4, issuer('B')))
    const tbs = der.sequence(
      der.integer(1),
      der.sequence(der.oid('1.2.840.10045.4.3.2')),
      der.sequence(),
      der.time(new Date('2024-01-02')),
      list,
    )
    const crl = der.sequence(tbs, der.sequence(der.oid('1.2.840.10045.4.3.2')), der.bitString(new Uint8Array(8)))
    expect(revokedEntries(crl).map(({ issuer: of }) => of)).toEqual([
      undefined,
      'dirName:CN=A',
      'dirName:CN=A',
      'dirName:CN=B',
    ])
    expect(revokedEntries(crl, 2)).toHaveLength(2)
  })

  it('are none of what is no list, whatever the bytes', () => {
    expect(revokedEntries(Uint8Array.of(0x30, 0))).toEqual([])
    fc.assert(
      fc.property(fc.constantFrom(...lists), fc.nat(), fc.nat(255), ({ bytes }, at, octet) => {
        const copy = bytes.slice()
        copy[at % copy.length] = octet
        for (const entry of revokedEntries(copy, 50)) RevokedEntry.parse(entry)
      }),
      { numRuns: 300 },
    )
  })
})
