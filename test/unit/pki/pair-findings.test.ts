import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectAll, inspectBytes } from '../../../shared/pki/inspect.ts'
import { pairFindings } from '../../../shared/pki/pair-findings.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
const slot = async (name: string) => ({ name, objects: await inspectBytes(name, bytesOf(name), ['kinds']) })
const found = async (certificate: string, key: string) => pairFindings(await slot(certificate), await slot(key))

describe('a certificate and a key that are given together', () => {
  it.each([
    ['client.crt', 'key-pkcs8.pem'],
    ['client.der', 'key-encrypted.pem'],
    ['chain.pem', 'key-pkcs8.pem'],
    ['bundle.p12', 'bundle.p12'],
    ['client.csr', 'key-pkcs8.pem'],
  ])('%s and %s belong together, or say nothing of each other', async (certificate, key) => {
    expect(await found(certificate, key)).toEqual([])
  })

  it('are swapped', async () => {
    const [finding] = await found('key-pkcs8.pem', 'client.crt')
    expect(finding).toMatchObject({ code: 'pair.swapped', severity: 'refuses' })
    expect(finding!.message).toBe(
      'The two files are swapped: “key-pkcs8.pem” holds the private key, and “client.crt” the certificate.',
    )
  })

  it('are of two types of key', async () => {
    const [finding] = await found('client.crt', 'key-pkcs1.pem')
    expect(finding).toMatchObject({ code: 'pair.key-type', severity: 'refuses' })
    expect(finding!.message).toContain('is for a key of type EC, and the private key in “key-pkcs1.pem” is of type RSA')
  })

  it('are of one type, and do not belong together', async () => {
    const [finding] = await found('client.crt', 'key-ec-other.pem')
    expect(finding).toMatchObject({ code: 'pair.key-mismatch', severity: 'refuses' })
    expect(finding!.message).toMatch(/^The private key in “key-ec-other.pem” does not belong to the certificate in/)
  })

  it('belong together, with another certificate first', async () => {
    const [finding] = await found('chain-ca-first.pem', 'key-pkcs8.pem')
    expect(finding).toMatchObject({ code: 'pair.leaf-not-first', severity: 'warns' })
    expect(finding!.message).toContain('not yours but CN=Kinds CA,O=Kinds Ltd')
  })
})

describe('what is looked at together', () => {
  const codes = async (...names: string[]) => {
    const files = names.map((file) => ({ file, bytes: bytesOf(file) }))
    const { objects } = await inspectAll(files)
    return objects.map(({ findings }) => findings.map(({ code }) => code).filter((code) => code.startsWith('pair.')))
  }

  it('says of a key and a certificate that they do not belong together', async () => {
    expect(await codes('client.crt', 'key-ec-other.pem')).toEqual([['pair.key-mismatch'], ['pair.key-mismatch']])
    expect(await codes('key-pkcs1.pem', 'chain.pem')).toEqual([['pair.key-type'], ['pair.key-type'], []])
  })

  it('says nothing where they do, or where there are several', async () => {
    expect(await codes('client.crt', 'key-pkcs8.pem')).toEqual([[], []])
    expect(await codes('client.crt', 'key-pkcs8.pem', 'key-pkcs1.pem')).toEqual([[], [], []])
    expect(await codes('client.csr', 'key-pkcs1.pem')).toEqual([[], []])
  })
})
