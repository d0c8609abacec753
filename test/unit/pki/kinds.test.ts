import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectBytes } from '../../../shared/pki/inspect.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const today = new Date('2027-01-01T00:00:00Z')

const [header, ...lines] = readFileSync(join(folder, 'kinds.csv'), 'utf8').trim().split('\n')
const columns = header!.split(',')
const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i], cell])))

const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))

/** Findings about the file and the key, not about the certificate in it. */
const isAboutFile = (code: string) => /^(file|key|bundle)\./.test(code)

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
      problem: objects.flatMap((object) => object.problem?.code ?? []).join(' '),
      findings: [...new Set(objects.flatMap(({ findings }) => findings.map(({ code }) => code)))]
        .filter(isAboutFile)
        .join(' '),
    }).toEqual({
      kinds: row.kinds,
      objects: row.objects,
      encoding: row.encoding,
      container: row.container,
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
    'with-bag-attributes.pem',
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
