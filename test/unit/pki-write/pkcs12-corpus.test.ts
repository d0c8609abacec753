import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../shared/pki/certificate.ts'
import { describePkcs12, openPkcs12 } from '../../../shared/pki/pkcs12.ts'
import { readPlainKey } from '../../../shared/pki/private-key.ts'
import { corpusRows } from '../../support/corpus.ts'

const rows = corpusRows('pkcs12')
const good = rows.filter((row) => row.expect === 'ok')
const bad = rows.filter((row) => row.expect === 'error')

describe('every PKCS#12 file of the corpus that OpenSSL opens', () => {
  it.each(good)('$file opens, with as many keys and certificates', async (row) => {
    const bytes = readFileSync(row.path)
    const opened = await openPkcs12(bytes, row.password ?? '')
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    const { keys, certificates, facts } = opened.value
    expect({ keys: keys.length, certificates: certificates.length }).toEqual({
      keys: row.facts.keys,
      certificates: row.facts.certs,
    })
    for (const { pkcs8 } of keys) expect(readPlainKey(pkcs8)).not.toBeNull()
    const subjects = certificates.map(({ der }) => readCertificate(der)?.facts.subject)
    if (row.facts.cert_subjects) expect(subjects.toSorted()).toEqual(row.facts.cert_subjects.toSorted())
    expect(facts).toMatchObject({ container: 'PKCS#12', keys: keys.length, certificates: certificates.length })
  })

  it.each(good)('$file is described without its passphrase', (row) => {
    const facts = describePkcs12(readFileSync(row.path))
    expect(facts?.container).toBe('PKCS#12')
    expect(facts?.macAlgorithm !== undefined).toBe(row.facts.mac !== undefined)
  })

  it.each(good.filter((row) => row.facts.mac !== undefined))('$file refuses another passphrase', async (row) => {
    const opened = await openPkcs12(readFileSync(row.path), 'not the passphrase', 'a.p12')
    expect(opened).toEqual({ ok: false, problem: { code: 'key.passphrase-wrong', name: 'a.p12' } })
  })
})

describe('every PKCS#12 file of the corpus that OpenSSL refuses', () => {
  it.each(bad)('$file is refused', async (row) => {
    const opened = await openPkcs12(readFileSync(row.path), row.password ?? '', 'a.p12')
    expect(opened.ok).toBe(false)
  })
})
