import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asn1Tree } from '../../../shared/pki/asn1-tree.ts'
import { der } from '../../../shared/pki/der.ts'
import { type Asn1Node, Structure } from '../../../shared/pki/inspect-calls.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { corpusRows } from '../../support/corpus.ts'

const bytesOf = (path: string): Uint8Array => {
  const bytes = new Uint8Array(readFileSync(path))
  return bytes[0] === 0x30 ? bytes : (pemBlocks(new TextDecoder().decode(bytes))[0]?.der ?? bytes)
}
const lines = (nodes: readonly Asn1Node[]) =>
  nodes.map(
    ({ depth, tag, role, value }) => `${'  '.repeat(depth)}${tag}${role ? ` ${role}` : ''}${value ? `: ${value}` : ''}`,
  )

/** Offset, header and content length of each value as OpenSSL prints them. */
function parsedByOpenSsl(bytes: Uint8Array): string[] {
  const text = execFileSync('openssl', ['asn1parse', '-inform', 'DER'], {
    input: bytes,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return [...text.matchAll(/^ *(\d+):d=(\d+) +hl=(\d+) l= *(\d+|inf)/gm)].map(([, at, , hl, l]) => `${at} ${hl} ${l}`)
}

describe('the ASN.1 tree', () => {
  it('names what a certificate is made of', () => {
    const row = corpusRows('certificates').find(({ file }) => file.endsWith('pyca__cryptography.io.precert.pem'))!
    const all = lines(asn1Tree(bytesOf(row.path), 'certificate').nodes)
    expect(all.slice(0, 8)).toEqual([
      'SEQUENCE Certificate',
      '  SEQUENCE tbsCertificate',
      '    [0] version',
      '      INTEGER: 2',
      expect.stringMatching(/^ {4}INTEGER serialNumber: /),
      '    SEQUENCE signature',
      '      OBJECT IDENTIFIER algorithm: 1.2.840.113549.1.1.11 (sha256WithRSAEncryption)',
      '      NULL parameters',
    ])
    expect(all).toContainEqual(expect.stringMatching(/^ {6}UTCTime notBefore: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
    expect(all).toContainEqual('              [2] dNSName: cryptography.io')
    expect(all).toContainEqual('          BOOLEAN critical: true')
    expect(all).toContainEqual(expect.stringMatching(/^ {10}INTEGER publicExponent: 65537$/))
  })

  it.each([
    ['requests', 'request', 'SEQUENCE certificationRequestInfo'],
    ['crls', 'crl', 'SEQUENCE tbsCertList'],
    ['pkcs7', 'pkcs7', 'OBJECT IDENTIFIER contentType'],
  ] as const)('names the parts of %s', (rows, kind, first) => {
    for (const row of corpusRows(rows)
      .filter(({ expect: how }) => how === 'ok')
      .slice(0, 5)) {
      expect(lines(asn1Tree(bytesOf(row.path), kind).nodes)[1]!.trim()).toMatch(new RegExp(`^${first}`))
    }
  })

  it.each(['certificates', 'requests', 'crls', 'pkcs7'])(
    'has the octets of every value that OpenSSL finds in %s',
    (kind) => {
      let values = 0
      for (const row of corpusRows(kind).filter((one) => one.expect === 'ok')) {
        const bytes = bytesOf(row.path)
        if (bytes[0] !== 0x30 || bytes.length > 100_000) continue
        const { nodes, cut } = asn1Tree(bytes)
        if (cut) continue
        const ours = nodes.map(({ at, headerLength, length, value }) => {
          return `${at} ${headerLength} ${value === 'indefinite length' ? 'inf' : length}`
        })
        const theirs = parsedByOpenSsl(bytes)
        values += theirs.length
        let from = 0
        for (const one of theirs) {
          const found = ours.indexOf(one, from)
          expect(found, `${row.file}: ${one}`).toBeGreaterThanOrEqual(0)
          from = found + 1
        }
      }
      expect(values).toBeGreaterThan(100)
    },
  )

  it('shows indefinite lengths with their end, and strings in pieces', () => {
    const bytes = Uint8Array.of(0x30, 0x80, 0x24, 0x80, 4, 1, 7, 4, 1, 8, 0, 0, 2, 1, 5, 0, 0)
    const { nodes } = asn1Tree(bytes)
    expect(nodes.map(({ depth, at, headerLength, length, tag }) => [depth, at, headerLength, length, tag])).toEqual([
      [0, 0, 2, 15, 'SEQUENCE'],
      [1, 2, 2, 8, 'OCTET STRING'],
      [2, 4, 2, 1, 'OCTET STRING'],
      [2, 7, 2, 1, 'OCTET STRING'],
      [2, 10, 2, 0, 'end of contents'],
      [1, 12, 2, 1, 'INTEGER'],
      [1, 15, 2, 0, 'end of contents'],
    ])
  })

  it('opens strings that hold one value, and leaves others closed', () => {
    const inner = der.sequence(der.integer(1), der.octetString(der.sequence(der.null())))
    expect(lines(asn1Tree(der.octetString(inner)).nodes)).toEqual([
      expect.stringMatching(/^OCTET STRING: 30/),
      '  SEQUENCE',
      '    INTEGER: 1',
      '    OCTET STRING: 30020500',
      '      SEQUENCE',
      '        NULL',
    ])
    expect(asn1Tree(der.octetString(Uint8Array.of(0x30, 2, 5))).nodes).toHaveLength(1)
    expect(asn1Tree(der.octetString(Uint8Array.of(2, 1, 5))).nodes).toHaveLength(1)
    expect(asn1Tree(der.bitString(der.sequence(der.integer(3)))).nodes.map(({ at }) => at)).toEqual([0, 3, 5])
  })

  it('tells cut off values, octets that are none, and octets after', () => {
    expect(lines(asn1Tree(Uint8Array.of(0x30, 20, 2, 1, 1, 4, 9, 1, 2)).nodes)).toEqual([
      'SEQUENCE: cut off: 20 octets announced, 7 are there',
      '  INTEGER: 1',
      '  OCTET STRING: cut off: 9 octets announced, 2 are there: 0102',
    ])
    expect(lines(asn1Tree(Uint8Array.of(0x30, 3, 2, 1, 1, 0xff, 0xff, 0xff)).nodes)).toEqual([
      'SEQUENCE',
      '  INTEGER: 1',
      'bytes after: ffffff',
    ])
    expect(lines(asn1Tree(Uint8Array.of(0x30, 1, 2)).nodes)).toEqual(['SEQUENCE', '  unreadable: 02'])
  })

  it('shows text without letting it out of its line', () => {
    expect(asn1Tree(der.utf8String('a\n\u202eb')).nodes[0]!.value).toBe('a\\u{a}\\u{202e}b')
    expect(asn1Tree(der.utf8String('x'.repeat(5000))).nodes[0]!.value).toHaveLength(200)
  })

  it('stops at 20,000 values, and says so', () => {
    const { nodes, cut } = asn1Tree(der.sequence(...Array.from({ length: 30_000 }, () => der.null())))
    expect([nodes.length, cut]).toEqual([20_000, true])
  })

  it('is drawn in time that grows with the octets alone', () => {
    let wrapped: Uint8Array = der.sequence(
      ...Array.from({ length: 4000 }, () => der.octetString(der.sequence(der.null()))),
    )
    for (let i = 0; i < 40; i++) wrapped = der.sequence(der.octetString(wrapped))
    const deep = new Uint8Array(1_000_000).fill(0x30).map((octet, i) => (i % 2 ? 0x80 : octet))
    const big = der.sequence(der.octetString(new Uint8Array(3_000_000)), der.octetString(new Uint8Array(10).fill(0x30)))
    for (const bytes of [wrapped, deep, big]) {
      const start = performance.now()
      const { cut } = asn1Tree(bytes)
      expect(performance.now() - start).toBeLessThan(500)
      if (bytes !== wrapped) expect(cut).toBe(true)
    }
  })

  it('keeps every child within its parent and every octet once, whatever the bytes', () => {
    const rows = [...corpusRows('certificates'), ...corpusRows('crls'), ...corpusRows('pkcs7')]
    const real = rows.map(({ path }) => bytesOf(path)).filter(({ length }) => length < 4000)
    const damaged = fc
      .tuple(fc.constantFrom(...real), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }), fc.nat())
      .map(([bytes, changes, end]) => {
        const copy = bytes.slice(0, end % 3 ? undefined : end % bytes.length)
        for (const [at, octet] of changes) if (copy.length > 0) copy[at % copy.length] = octet
        return copy
      })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        const structure = asn1Tree(bytes, 'certificate')
        expect(Structure.safeParse(structure).success).toBe(true)
        const open: Asn1Node[] = []
        for (const node of structure.nodes) {
          while (open.length > node.depth) open.pop()
          const parent = open.at(-1)
          const end = node.at + node.headerLength + node.length
          expect(open.length).toBe(node.depth)
          expect(end).toBeLessThanOrEqual(bytes.length)
          if (parent) {
            expect(node.at).toBeGreaterThanOrEqual(parent.at + parent.headerLength)
            expect(end).toBeLessThanOrEqual(parent.at + parent.headerLength + parent.length)
          }
          open.push(node)
        }
        const top = structure.nodes.filter(({ depth }) => depth === 0)
        let at = 0
        for (const node of top) {
          expect(node.at).toBe(at)
          at = node.at + node.headerLength + node.length
        }
        expect(at).toBe(bytes.length)
      }),
      { numRuns: 500 },
    )
  })
})
