import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openPrivateKey } from '../../../shared/pki/pkcs8.ts'
import { corpusRows } from '../../support/corpus.ts'

/** The index was made with a tool that tried OpenSSL's usual test passphrase by itself, and says nothing of it. */
const rows = corpusRows('keys').map((row) =>
  row.file.endsWith('.pvk') ? { ...row, password: 'password', facts: { ...row.facts, encrypted: true } } : row,
)
const privateKeys = rows.filter((row) => row.expect === 'ok' && row.facts.public_only !== true)

describe('every private key of the corpus that OpenSSL opens', () => {
  it.each(privateKeys)('$file has the public key that OpenSSL finds', async (row) => {
    const opened = await openPrivateKey(readFileSync(row.path), row.password)
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    const { facts } = opened.value
    expect(facts.spkiSha256 ?? 'none').toBe(row.facts.spki_sha256 ?? 'none')
    expect(facts.encrypted).toBe(row.facts.encrypted)
    if (row.facts.curve) expect(facts.curve).toBe(row.facts.curve)
    if (row.facts.key_bits) expect(facts.keyBits).toBe(row.facts.key_bits)
  })
})

describe('every other key file of the corpus', () => {
  const others = rows.filter((row) => !privateKeys.includes(row))
  it.each(others)('$file is opened or refused in words', async (row) => {
    const opened = await openPrivateKey(readFileSync(row.path), row.password)
    if (opened.ok) expect(opened.value.facts.keyAlgorithm).toBeTruthy()
    else expect(opened.problem.code).toMatch(/^(key|file)\./)
  })
})
