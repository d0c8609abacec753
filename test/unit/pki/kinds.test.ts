import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InspectedObject } from '../../../shared/pki/facts.ts'
import { inspectBytes } from '../../../shared/pki/inspect.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const today = new Date('2027-01-01T00:00:00Z')

const [header, ...lines] = readFileSync(join(folder, 'kinds.csv'), 'utf8').trim().split('\n')
const columns = header!.split(',')
const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])))

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))

/** Findings about the file and the key, not about the certificate in it. */
const isAboutFile = (code: string) => /^(file|key|bundle)\./.test(code)

/** The first key in a file, as `EC 256 prime256v1`. */
const keyOf = (objects: readonly InspectedObject[]) => {
  const { keyAlgorithm, keyBits, curve } = objects.find(({ facts }) => facts.keyAlgorithm ?? facts.curve)?.facts ?? {}
  return [keyAlgorithm, keyBits, curve].filter((part) => part !== undefined).join(' ')
}

describe('every kind of file', () => {
  it('has a line in kinds.csv', () => {
    const files = readdirSync(folder).filter((file) => file !== 'kinds.csv')
    expect(rows.map((row) => row.file).sort()).toEqual(files.sort())
  })

  it.each(rows)('$file is $kinds', async (row) => {
    const objects = await inspectBytes(row.file!, bytesOf(row.file!), [], today)
    const outer = objects.filter((object) => object.inside === undefined)
    expect({
      kinds: outer.map((object) => object.kind).join(' '),
      objects: `${objects.length}`,
      encoding: objects[0]?.encoding ?? '',
      container: objects[0]?.facts.container ?? '',
      key: keyOf(objects),
      problem: objects.flatMap((object) => object.problem?.code ?? []).join(' '),
      findings: [...new Set(objects.flatMap(({ findings }) => findings.map(({ code }) => code)))]
        .filter(isAboutFile)
        .join(' '),
    }).toEqual({
      kinds: row.kinds,
      objects: row.objects,
      encoding: row.encoding,
      container: row.container,
      key: row.key,
      problem: row.problem,
      findings: row.findings,
    })
  })

  it('is decided by the content: another name changes nothing but the file', async () => {
    for (const row of rows) {
      const [asNamed, renamed] = await Promise.all([
        inspectBytes(row.file!, bytesOf(row.file!), [], today),
        inspectBytes('other.bin', bytesOf(row.file!), [], today),
      ])
      expect(renamed.map((object) => [object.kind, object.facts])).toEqual(
        asNamed.map((object) => [object.kind, object.facts]),
      )
    }
  })

  it.each([
    'byte-order-mark.crt',
    'utf-16le.crt',
    'utf-16be.crt',
    'utf-16-no-mark.crt',
    'crlf.crt',
    'cr-only.crt',
    'one-line.crt',
    'one-line-spaces.crt',
    'escaped-newlines.env',
    'in-json.json',
    'four-dashes.crt',
    'em-dashes.crt',
    'windows-dashes.crt',
    'no-dashes-lost-one.crt',
    'no-header-lines.txt',
    'no-header-lines-wrapped.txt',
    'base64-twice.txt',
    'pem-in-base64.txt',
    'data-uri.txt',
    'label-request.crt',
    'label-key.pem',
    'label-lower-case.crt',
    'label-x509.crt',
    'label-ends-differ.crt',
    'no-end-line.crt',
    'quoted-mail.txt',
    'indented.yaml',
    'kubernetes-secret.yaml',
    'jwk-x5c.json',
    'saml-metadata.xml',
    'zero-width-spaces.crt',
    'bytes-after.der',
    'newline-after.der',
    'trusted-certificate.pem',
    'client.der',
    'half-line.crt',
    'blank-lines.crt',
    'percent-encoded.txt',
    'mail-source.eml',
    'mail-attachment.eml',
    'base64-for-urls.crt',
    'six-dashes.crt',
    'web-page-with-pem.html',
    'web-page-with-base64.html',
    'no-break-spaces.crt',
  ])('%s shows the certificate that was spoilt, and its PEM is whole again', async (file) => {
    const [clean] = await inspectBytes('client.crt', bytesOf('client.crt'), [], today)
    const [found] = await inspectBytes(file, bytesOf(file), [], today)
    expect(found!.facts).toEqual(clean!.facts)
    expect(found!.pem).toBe(clean!.pem)
    expect(clean!.pem).toBe(readFileSync(join(folder, 'client.crt'), 'utf8'))
  })

  it('opens what the passphrase opens, and says so of what it does not', async () => {
    const kind = async (file: string, passphrase: string) => {
      const objects = await inspectBytes(file, bytesOf(file), [passphrase], today)
      return objects.map((object) => object.problem?.code ?? object.kind)
    }
    expect(await kind('key-encrypted.pem', 'kinds')).toEqual(['private-key'])
    expect(await kind('key-encrypted.pem', 'wrong')).toEqual(['key.passphrase-wrong'])
    expect(await kind('key-one-line-encrypted.pem', 'kinds')).toEqual(['private-key'])
    expect(await kind('bundle.p12', 'kinds')).toEqual(['pkcs12', 'private-key', 'certificate', 'certificate'])
    expect(await kind('bundle.p12', 'wrong')).toEqual(['key.passphrase-wrong'])
    expect(await kind('truststore.p12', 'kinds')).toEqual(['pkcs12', 'certificate'])
  })

  it.each([
    'key-encrypted-pbe-md5-des.pem',
    'key-encrypted-pbe1.pem',
    'key-encrypted-scrypt.pem',
    'key-encrypted-sha512.pem',
    'key-pkcs1-encrypted-aes128.pem',
    'key-pkcs1-encrypted-des.pem',
    'key-pkcs1-encrypted-des3.pem',
  ])('%s is opened by its passphrase', async (file) => {
    const [open] = await inspectBytes(file, bytesOf(file), ['kinds'], today)
    const [plain] = await inspectBytes('a', bytesOf(/pkcs1/.test(file) ? 'key-pkcs1.pem' : 'key-pkcs8.pem'), [], today)
    expect(open!.facts).toMatchObject({ encrypted: true, spkiSha256: plain!.facts.spkiSha256 })
  })

  it('shows the names that OpenSSL writes above what it takes out of a bundle', async () => {
    const [object] = await inspectBytes('a.pem', bytesOf('with-bag-attributes.pem'), [], today)
    const [clean] = await inspectBytes('a.pem', bytesOf('client.crt'), [], today)
    expect(object!.facts).toEqual({ ...clean!.facts, friendlyName: 'kinds', localKeyId: '0102' })
  })

  it('shows what OpenSSL trusts a certificate for', async () => {
    const says = async (file: string) =>
      (await inspectBytes(file, bytesOf(file), [], today))[0]!.findings.find(
        ({ code }) => code === 'file.openssl-trust',
      )
    expect((await says('trusted-certificate.pem'))?.message).toContain('(trusted for clientAuth)')
    expect((await says('trusted-with-alias.pem'))?.message).toContain(
      '(trusted for clientAuth; rejected for serverAuth; called “kinds alias”)',
    )
  })

  it('knows the same key through every format that shows it', async () => {
    const digest = async (file: string, ...passphrases: string[]) =>
      (await inspectBytes(file, bytesOf(file), passphrases, today)).find(({ facts }) => facts.spkiSha256)?.facts
        .spkiSha256
    const key = await digest('key-pkcs8.pem')
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    for (const file of ['key-pkcs8.der', 'client.crt', 'client.csr', 'public-key.pem', 'public-key.der']) {
      expect(await digest(file)).toBe(key)
    }
    expect(await digest('key-encrypted.der', 'kinds')).toBe(key)
    expect(await digest('bundle.p12', 'kinds')).toBe(key)
    const ssh = await digest('public-key-openssh.pub')
    expect(await digest('public-key-rfc4716.pub')).toBe(ssh)
    const own = await digest('key-openssh.pem')
    for (const file of ['key-putty.ppk', 'key-putty-2.ppk', 'key-putty-clear.ppk']) expect(await digest(file)).toBe(own)
  })

  it('never hands out the PEM of a private key', async () => {
    for (const row of rows) {
      for (const object of await inspectBytes(row.file!, bytesOf(row.file!), ['kinds'], today)) {
        if (object.kind === 'private-key' || object.kind === 'pkcs12') expect(object.pem).toBeUndefined()
        expect(JSON.stringify(object)).not.toContain('PRIVATE KEY')
      }
    }
  })
})
