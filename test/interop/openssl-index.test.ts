import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { type IndexEntry, readIndex, writeIndex } from '../../shared/authority/openssl-index.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { onelineName } from '../../shared/pki/oneline-name.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { openssl, run, scratch } from '../support/tools.ts'

const files = scratch()
afterAll(() => files.remove())

const entries: IndexEntry[] = [
  { state: 'valid', notAfter: '2052-03-04T05:06:07Z', serial: 'abc', subject: '/C=DE/O=Acme/CN=one' },
  {
    state: 'revoked',
    notAfter: '2030-01-01T00:00:00Z',
    serial: '70b8a7130370f7336d1c6599eb529ec5',
    subject: '/CN=two',
    revoked: { at: '2026-02-03T04:05:06Z', reason: 'superseded' },
  },
  {
    state: 'revoked',
    notAfter: '2030-01-01T00:00:00Z',
    serial: '2',
    subject: '/CN=three',
    revoked: { at: '2026-02-03T04:05:06Z', reason: 'keyCompromise', invalidSince: '2026-01-01T00:00:00Z' },
  },
  {
    state: 'revoked',
    notAfter: '2030-01-01T00:00:00Z',
    serial: '3',
    subject: '/CN=four',
    revoked: { at: '2026-02-03T04:05:06Z', reason: 'unspecified' },
  },
  { state: 'valid', notAfter: '2021-01-01T00:00:00Z', serial: '4', subject: '/CN=past its end' },
]

/** A folder as `openssl ca` wants it, with this index. */
async function caFolder(index: string): Promise<{ config: string; index: string }> {
  const folder = files.path('ca')
  mkdirSync(folder, { recursive: true })
  const put = (name: string, text: string) => {
    writeFileSync(`${folder}/${name}`, text)
    return `${folder}/${name}`
  }
  const [key, certificate] = [`${folder}/ca.key`, `${folder}/ca.crt`]
  await openssl([
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '90', '-utf8'],
    ...['-multivalue-rdn', '-subj', '/C=DE/O=Köln "am Rhein"/CN=Old CA+serialNumber=7/emailAddress=ca@example.com'],
    ...['-keyout', key, '-out', certificate],
  ])
  put('crlnumber', '1000\n')
  const config = put(
    'ca.cnf',
    `[ca]\ndefault_ca=d\n[d]\ndatabase=${folder}/index.txt\nnew_certs_dir=${folder}\nserial=${folder}/serial
certificate=${certificate}\nprivate_key=${key}\ncrlnumber=${folder}/crlnumber\ndefault_md=sha256\ndefault_days=10
default_crl_days=7\npolicy=p\nunique_subject=no\n[p]\ncommonName=optional\n`,
  )
  return { config, index: put('index.txt', index) }
}

describe('an index as OpenSSL keeps it', () => {
  it('is used by `openssl ca` to tell states and to make a list', async () => {
    const { config, index } = await caFolder(writeIndex(entries))
    const status = async (serial: string) => (await run('openssl', ['ca', '-config', config, '-status', serial])).stderr
    expect(await status('0ABC')).toContain('0ABC=Valid (V)')
    expect(await status('70B8A7130370F7336D1C6599EB529EC5')).toContain('=Revoked (R)')
    const updated = await run('openssl', ['ca', '-config', config, '-updatedb'])
    expect(updated.stderr).toContain('04=Expired')
    const after = readIndex(readFileSync(index, 'utf8'))
    expect(after.strange).toEqual([])
    expect(after.entries).toEqual(entries.map((one) => (one.serial === '4' ? { ...one, state: 'expired' } : one)))
    const list = (await openssl(['ca', '-config', config, '-gencrl'])).toString()
    const text = (await openssl(['crl', '-noout', '-text'], list)).toString()
    expect(text).toContain('Superseded')
    expect(text).toContain('Jan  1 00:00:00 2026 GMT')
    expect(text.match(/Serial Number: /g)).toHaveLength(3)
  }, 20_000)

  it('has subjects letter for letter as OpenSSL writes them', async () => {
    const { config, index } = await caFolder('')
    const certificate = files.path('ca/ca.crt')
    await run('openssl', ['ca', '-config', config, '-valid', certificate])
    await run('openssl', ['ca', '-config', config, '-revoke', certificate, '-crl_CA_compromise', '20260203040506Z'])
    const [read] = readIndex(readFileSync(index, 'utf8')).entries
    const own = readCertificate(pemBlocks(readFileSync(certificate, 'utf8'))[0]?.der ?? new Uint8Array())
    expect(onelineName(own?.subject ?? new Uint8Array())).toBe(read?.subject)
    expect(read?.subject).toContain('K\\xC3\\xB6ln')
    expect(read?.revoked).toMatchObject({ reason: 'CACompromise', invalidSince: '2026-02-03T04:05:06Z' })
    expect(own?.facts.serialHex?.toLowerCase().replace(/^0+/, '')).toBe(read?.serial)
  }, 20_000)
})

describe('reading an index', () => {
  it('passes over lines that are none, and names them', () => {
    const text = `# a comment\n\nV\t300101000000Z\t\t01\tunknown\t/CN=a\r\nnonsense\nV\t301301000000Z\t\t02\tunknown\t/CN=b\n`
    const read = readIndex(text)
    expect(read.entries.map((one) => one.subject)).toEqual(['/CN=a'])
    expect(read.strange).toEqual([4, 5])
  })

  it('keeps a reason that is not offered here in its own word', () => {
    const [read] = readIndex('R\t300101000000Z\t260101000000Z,certificateHold\t01\tunknown\t/CN=a\n').entries
    expect(read?.revoked).toMatchObject({ reason: 'unspecified', other: 'certificateHold' })
  })

  it('never throws, and reads again what it writes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { entries: once } = readIndex(text)
        expect(readIndex(writeIndex(once)).entries).toEqual(once)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\\', '\t', '/', ' ', 'ä') }), (subject) => {
        const entry: IndexEntry = { state: 'valid', notAfter: '2030-01-01T00:00:00Z', serial: '1', subject }
        const read = readIndex(writeIndex([entry])).entries
        // A backslash before a tab is OpenSSL's escape itself, so such a pair cannot come back; names hold no tabs.
        if (!/\t/.test(subject)) expect(read).toEqual([entry])
      }),
    )
  })
})
