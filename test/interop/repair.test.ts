import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { repairOfFile } from '../../shared/pki/repair.ts'
import { run, scratch, withLegacy } from '../support/tools.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures')
const today = new Date('2027-01-01T00:00:00Z')
const at = scratch()
afterAll(() => at.remove())

const files = readdirSync(join(fixtures, 'kinds'))
  .filter((file) => file !== 'kinds.csv')
  .map((file) => ({ file, bytes: new Uint8Array(readFileSync(join(fixtures, 'kinds', file))) }))

/** How OpenSSL is asked for each kind of block. */
const commands: [RegExp, string[]][] = [
  [/^CERTIFICATE$/, ['x509', '-noout', '-fingerprint', '-sha256']],
  [/REQUEST$/, ['req', '-noout', '-subject']],
  [/CRL$/, ['crl', '-noout', '-fingerprint', '-sha256']],
  [/^PKCS7$/, ['pkcs7', '-noout']],
  [/PUBLIC KEY$/, ['pkey', '-pubin', '-noout']],
  [/PRIVATE KEY$/, ['pkey', '-noout', '-passin', 'pass:kinds', ...withLegacy]],
  [/^CMS$/, ['cms', '-cmsout', '-noout', '-inform', 'PEM']],
  [/^EC PARAMETERS$/, ['ecparam', '-noout']],
  [/^DH PARAMETERS$/, ['dhparam', '-noout']],
]

const digests = async (bytes: Uint8Array) =>
  (await inspectBytes('file', bytes, ['kinds'], today)).flatMap(({ kind, facts }) =>
    kind === 'certificate' || kind === 'crl' || kind === 'request' ? (facts.sha256 ?? []) : (facts.spkiSha256 ?? []),
  )

const repairs = files.flatMap(({ file, bytes }) => {
  const repaired = repairOfFile(file, bytes)
  return repaired ? [{ file, bytes, repaired }] : []
})

describe('what was repaired', () => {
  it.each(repairs)('$file is loaded by OpenSSL, block by block', async ({ repaired }) => {
    const path = at.put('repaired', repaired.bytes)
    if (repaired.objects[0]?.kind === 'pkcs12') {
      const { code } = await run('openssl', ['pkcs12', '-in', path, '-noout', '-passin', 'pass:kinds'])
      expect(code).toBe(0)
      return
    }
    const text = new TextDecoder().decode(repaired.bytes)
    for (const { label, start, end } of pemBlocks(text)) {
      const command = commands.find(([shape]) => shape.test(label))
      expect(command, label).toBeDefined()
      const { code, stderr } = await run('openssl', command![1], text.slice(start, end + 1))
      expect({ label, code, stderr: code === 0 ? '' : stderr }).toEqual({ label, code: 0, stderr: '' })
    }
  })

  it.each(repairs)('$file holds the same objects', async ({ bytes, repaired }) => {
    expect((await digests(repaired.bytes)).sort()).toEqual((await digests(bytes)).sort())
  })
})

describe('what is left as it is', () => {
  const left = files.filter(({ file }) => !repairs.some((one) => one.file === file))
  const pem = left.filter(({ bytes }) => pemBlocks(new TextDecoder().decode(bytes)).length > 0)

  it.each(pem)('$file is loaded by OpenSSL without help, or is refused here too', async ({ file, bytes }) => {
    const objects = await inspectBytes(file, bytes, ['kinds'], today)
    // OpenSSL 3.0 knows neither; 3.5 does.
    const newer = /^(?:ML|SLH)-DSA/
    const foreign = objects.some(
      ({ problem, facts }) => problem || facts.container === 'OpenSSH' || newer.test(facts.keyAlgorithm ?? ''),
    )
    const text = new TextDecoder().decode(bytes)
    const blocks = pemBlocks(text)
    for (const { label } of foreign ? [] : blocks) {
      const command = commands.find(([shape]) => shape.test(label))
      const { code } = await run('openssl', [...(command?.[1] ?? []), '-in', at.put('left', bytes)])
      expect({ label, code }).toEqual({ label, code: 0 })
      const old = /DES/.test(objects[0]?.facts.protection ?? '')
      if (/PRIVATE KEY$/.test(label) && !old)
        expect(createPrivateKey({ key: text, passphrase: 'kinds' }).type).toBe('private')
    }
  })
})
