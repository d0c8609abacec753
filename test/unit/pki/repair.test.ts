import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { repairOf, repairOfFile } from '../../../shared/pki/repair.ts'
import { triage } from '../../../shared/pki/triage.ts'

const folder = join(import.meta.dirname, '..', '..', 'fixtures', 'kinds')
const files = readdirSync(folder).filter((file) => file !== 'kinds.csv')
const bytesOf = (file: string) => new Uint8Array(readFileSync(join(folder, file)))
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8')
const repairs = files.flatMap((file) => {
  const repaired = repairOfFile(file, bytesOf(file))
  return repaired ? [{ file, repaired }] : []
})

describe('repairing every kind of file', () => {
  it.each(repairs)('$file: what was repaired needs no repair', ({ repaired }) => {
    expect(repairOfFile(repaired.fileName, repaired.bytes)).toBeNull()
  })

  it.each(repairs)('$file: a page sees the text unless there is a key in it', ({ repaired }) => {
    const written = new TextDecoder().decode(repaired.bytes)
    const secret = repaired.objects.some(({ kind }) => kind === 'private-key' || kind === 'pkcs12')
    expect(repaired.text).toBe(secret ? null : written)
    expect(repaired.changes.length).toBeGreaterThan(0)
  })

  it.each(repairs.filter(({ repaired }) => repaired.objects[0]?.kind !== 'pkcs12'))(
    '$file: the text is ASCII in lines of 64 with nothing around the blocks',
    ({ repaired }) => {
      const written = new TextDecoder().decode(repaired.bytes)
      expect(written).toMatch(/^[\x20-\x7e\n]*\n$/)
      const blocks = pemBlocks(written)
      expect(blocks.flatMap(({ oddities }) => oddities)).toEqual([])
      expect(blocks.length).toBe(repaired.objects.length)
      expect(blocks.map(({ start }) => start)).toEqual([0, ...blocks.slice(0, -1).map(({ end }) => end + 1)])
      for (const line of written.split('\n')) expect(line.length).toBeLessThanOrEqual(76)
    },
  )
})

describe('a spoilt certificate', () => {
  it.each([
    ['byte-order-mark.crt', 'The byte order mark at the beginning is taken away.'],
    ['utf-16le.crt', 'The text is written as ASCII in place of UTF-16.'],
    ['utf-16be.crt', 'The text is written as ASCII in place of UTF-16.'],
    ['utf-16-no-mark.crt', 'The text is written as ASCII in place of UTF-16.'],
    ['one-line.crt', 'The line breaks are put back, 64 characters to a line.'],
    ['one-line-spaces.crt', 'The line breaks are put back, 64 characters to a line.'],
    ['half-line.crt', 'The line breaks are put back, 64 characters to a line.'],
    ['cr-only.crt', 'The lines end as they do everywhere today.'],
    ['blank-lines.crt', 'The empty lines within the block are taken out.'],
    ['escaped-newlines.env', 'Each “\\n” becomes a line break.'],
    ['in-json.json', 'Each “\\n” becomes a line break.'],
    ['percent-encoded.txt', 'The signs of a web address (“%20”, “%0A”) become what they stand for.'],
    ['mail-source.eml', 'The signs of a mail’s source (“=3D”) become what they stand for.'],
    ['indented.yaml', 'The BEGIN and END lines stand alone, at the left edge.'],
    ['base64-for-urls.crt', 'The base64 is written with “+”, “/” and “=”.'],
    ['four-dashes.crt', 'The BEGIN and END lines have five hyphens on either side.'],
    ['six-dashes.crt', 'The BEGIN and END lines have five hyphens on either side.'],
    ['em-dashes.crt', 'The BEGIN and END lines have five hyphens on either side.'],
    ['windows-dashes.crt', 'The BEGIN and END lines have five hyphens on either side.'],
    ['no-dashes-lost-one.crt', 'The BEGIN and END lines have five hyphens on either side.'],
    ['no-header-lines.txt', 'BEGIN and END lines are put around the base64.'],
    ['no-header-lines-wrapped.txt', 'BEGIN and END lines are put around the base64.'],
    ['data-uri.txt', 'BEGIN and END lines are put around the base64.'],
    ['base64-twice.txt', 'One of the two layers of base64 is taken off.'],
    ['pem-in-base64.txt', 'One of the two layers of base64 is taken off.'],
    ['label-request.crt', 'The BEGIN and END lines name what is inside.'],
    ['label-key.pem', 'The BEGIN and END lines name what is inside.'],
    ['label-lower-case.crt', 'The BEGIN and END lines are in capital letters.'],
    ['label-x509.crt', 'The BEGIN and END lines have the name that every program knows.'],
    ['label-ends-differ.crt', 'The END line names the same as the BEGIN line.'],
    ['no-end-line.crt', 'The END line is added.'],
    ['quoted-mail.txt', 'The “>” of a mail reply are taken away.'],
    ['kubernetes-secret.yaml', 'What was inside another text stands alone.'],
    ['jwk-x5c.json', 'What was inside another text stands alone.'],
    ['saml-metadata.xml', 'What was inside another text stands alone.'],
    ['mail-attachment.eml', 'What was inside another text stands alone.'],
    ['web-page-with-pem.html', 'What was inside another text stands alone.'],
    ['web-page-with-base64.html', 'What was inside another text stands alone.'],
    ['zero-width-spaces.crt', 'Invisible characters are taken away.'],
    ['no-break-spaces.crt', 'Invisible characters are taken away.'],
    ['client.der', 'The binary form (DER) is written as text (PEM).'],
    ['bytes-after.der', 'The bytes after the object are left out.'],
    ['trusted-certificate.pem', 'OpenSSL’s trust settings are left out: the plain certificate remains.'],
  ])('%s becomes the certificate that it was: %s', (file, change) => {
    const repaired = repairOfFile(file, bytesOf(file))
    expect(repaired?.text).toBe(textOf('client.crt'))
    expect(repaired?.changes).toContain(change)
  })

  it('is repaired all at once when several things befell it', () => {
    const text = textOf('client.crt').replaceAll('-----', '—').replaceAll('\n', '\\n')
    const wide = new Uint8Array(Buffer.from(`\ufeff"cert": "${text}"`, 'utf16le'))
    const repaired = repairOfFile('vault.json', wide)
    expect(repaired?.text).toBe(textOf('client.crt'))
    expect(repaired?.changes).toEqual([
      'The text is written as ASCII in place of UTF-16.',
      'Each “\\n” becomes a line break.',
      'The BEGIN and END lines have five hyphens on either side.',
    ])
    expect(repaired?.fileName).toBe('vault.pem')
  })
})

describe('a file that needs no repair', () => {
  it.each([
    'client.crt',
    'client.csr',
    'crlf.crt',
    'chain.pem',
    'list.crl',
    'key-and-certificate.pem',
    'key-encrypted.pem',
    'key-pkcs1-encrypted.pem',
    'key-sec1-with-parameters.pem',
    'public-key.pem',
    'public-key-pkcs1.pem',
    'with-bag-attributes.pem',
    'ec-parameters.pem',
    'bundle.p12',
    'keystore.jks',
    'signature-detached.p7s',
    'signed-mail.eml',
    'with-text-dump.crt',
    'collection-printed.pem',
    'key-dsa.pem',
    'key-ml-dsa-44.pem',
    'key-ec-explicit.pem',
    'message-encrypted.pem',
  ])('%s is left as it is', (file) => {
    expect(repairOfFile(file, bytesOf(file))).toBeNull()
  })

  it.each(['empty.crt', 'blank.crt', 'notes.txt', 'zeros.bin', 'archive.cer', 'instructions.pdf', 'web-page.cer'])(
    '%s cannot be repaired into one',
    (file) => {
      expect(repairOfFile(file, bytesOf(file))).toBeNull()
    },
  )

  it.each(['bad-base64.crt', 'cut-off.crt', 'cut-off.der'])('%s lost octets that no repair brings back', (file) => {
    expect(repairOfFile(file, bytesOf(file))).toBeNull()
  })
})

describe('the order of certificates', () => {
  it('is put right, leaf first', () => {
    const repaired = repairOfFile('chain-ca-first.pem', bytesOf('chain-ca-first.pem'))
    expect(repaired?.text).toBe(textOf('chain.pem'))
    expect(repaired?.changes).toEqual(['The certificates are put in order: yours first, then each issuer.'])
  })

  it('does not move a key that lies before them', () => {
    const [leaf, issuer] = textOf('chain.pem').split(/(?<=-----END CERTIFICATE-----\n)/)
    const key = textOf('key-pkcs8.pem')
    const repaired = repairOfFile('all.pem', new TextEncoder().encode(key + issuer + leaf))
    expect(new TextDecoder().decode(repaired?.bytes)).toBe(key + leaf + issuer)
    expect(repaired?.text).toBeNull()
  })

  it('means nothing among authorities alone, or where an issuer is missing', () => {
    const [leaf, issuer] = textOf('chain.pem').split(/(?<=-----END CERTIFICATE-----\n)/)
    const asked = (...parts: (string | undefined)[]) => repairOfFile('a.pem', new TextEncoder().encode(parts.join('')))
    expect(asked(issuer, issuer)).toBeNull()
    expect(asked(leaf, leaf)).toBeNull()
    expect(asked(issuer, leaf, leaf)?.objects).toHaveLength(3)
  })
})

describe('a collection', () => {
  it.each(['collection.p7b', 'collection-der.p7b', 'label-pkcs7-as-certificate.pem'])(
    '%s gives its certificates',
    (file) => {
      const repaired = repairOfFile(file, bytesOf(file))
      expect(repaired?.changes).toContain('The certificates are taken out of the collection (PKCS#7).')
      expect(repaired?.objects.map(({ kind }) => kind)).toEqual(['certificate', 'certificate'])
      expect(repaired?.fileName).toMatch(/\.pem$/)
    },
  )
})

describe('a private key', () => {
  it('is never shown, and keeps its protection', () => {
    const repaired = repairOfFile('key-one-line-encrypted.pem', bytesOf('key-one-line-encrypted.pem'))
    const written = new TextDecoder().decode(repaired?.bytes)
    expect(repaired?.text).toBeNull()
    expect(written).toMatch(
      /^-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: [A-Z0-9-]+,[0-9A-F]+\n\n/,
    )
  })

  it('of OpenSSH is written as PKCS#8 when it is not locked', () => {
    const repaired = repairOfFile('id_ed25519', bytesOf('key-openssh.pem'))
    expect(new TextDecoder().decode(repaired?.bytes)).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(repaired?.changes).toEqual(['The key is written as PKCS#8, which TLS programs read.'])
    expect(repairOfFile('id', bytesOf('key-openssh-encrypted.pem'))).toBeNull()
  })

  it.each([
    ['label-pkcs8-as-rsa.key', 'key-pkcs8.pem'],
    ['label-pkcs1-as-pkcs8.key', 'key-pkcs1.pem'],
  ])('%s gets the label that Node.js wants', (file, right) => {
    const repaired = repairOfFile(file, bytesOf(file))
    expect(new TextDecoder().decode(repaired?.bytes)).toBe(textOf(right))
    expect(repaired?.changes).toEqual(['The BEGIN and END lines name what is inside.'])
  })

  it.each([
    ['key-pkcs8.der', 'PRIVATE KEY'],
    ['key-encrypted.der', 'ENCRYPTED PRIVATE KEY'],
    ['key-sec1.der', 'EC PRIVATE KEY'],
  ])('%s becomes a block of %s', (file, label) => {
    const repaired = repairOfFile(file, bytesOf(file))
    expect(pemBlocks(new TextDecoder().decode(repaired?.bytes)).map((block) => block.label)).toEqual([label])
    expect(repaired?.text).toBeNull()
  })
})

describe('one object of a file', () => {
  it('is repaired alone', () => {
    const text = `${textOf('client.crt').replaceAll('-----', '----')}${textOf('client.csr')}`
    const { pieces } = triage(new TextEncoder().encode(text))
    expect(repairOf('both.pem', [pieces[0]!])?.text).toBe(textOf('client.crt'))
    expect(repairOf('both.pem', [pieces[1]!])).toBeNull()
    expect(repairOf('both.pem', pieces)?.text).toBe(textOf('client.crt') + textOf('client.csr'))
  })
})

describe('the name of a repaired file', () => {
  it.each([
    ['acme.crt', 'byte-order-mark.crt', 'acme.crt'],
    ['acme.cer', 'client.der', 'acme.cer'],
    ['acme.der', 'client.der', 'acme.pem'],
    ['acme', 'client.der', 'acme.pem'],
    ['.der', 'client.der', '.der.pem'],
    ['a.b.p7b', 'collection.p7b', 'a.b.pem'],
    ['request.txt', 'client-request.der', 'request.pem'],
    ['bundle.txt', 'bundle-in-base64.txt', 'bundle.p12'],
  ])('%s (%s) is %s', (name, file, wanted) => {
    expect(repairOfFile(name, bytesOf(file))?.fileName).toBe(wanted)
  })
})
