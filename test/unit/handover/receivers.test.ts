import { beforeAll, describe, expect, it } from 'vitest'
import { fits, newPassphrase } from '../../../shared/handover/passphrases.ts'
import { type HandoverMaterial, receiverFiles } from '../../../shared/handover/receiver-files.ts'
import { receiverIds } from '../../../shared/handover/receiver-ids.ts'
import { isInTheClear, receivers } from '../../../shared/handover/receivers.ts'
import { readKeystore } from '../../../shared/pki/jks.ts'
import { pemBlocks } from '../../../shared/pki/pem.ts'
import { openPkcs12 } from '../../../shared/pki/pkcs12.ts'
import { type Issued, issue } from '../../support/throwaway-pki.ts'

let root: Issued
let middle: Issued
let leaf: Issued
let material: HandoverMaterial
beforeAll(() => {
  root = issue({ subject: ['CN=Root'], isCa: true })
  middle = issue({ subject: ['CN=Middle'], isCa: true, issuer: root })
  leaf = issue({ subject: ['CN=client'], issuer: middle })
  material = {
    name: 'Acme live',
    stem: 'acme-live',
    pkcs8: pemBlocks(leaf.keyPem)[0]!.der,
    certificateDer: leaf.der,
    chain: [middle.der, root.der],
    serverCaPem: root.pem,
    passphrase: 'Correct-Horse-7',
    now: new Date('2026-03-01T12:00:00Z'),
  }
})

const textOf = (content: Uint8Array | string) =>
  typeof content === 'string' ? content : Buffer.from(content).toString('latin1')
const keyOctets = () => Buffer.from(material.pkcs8!).toString('latin1')
const keyText = () => Buffer.from(material.pkcs8!).toString('base64').slice(0, 40)

/** The key's octets, as they are, in base64 of PEM, or in base64 of that. */
const holdsOpenKey = (content: Uint8Array | string) => {
  const text = textOf(content)
  const twice = [...text.matchAll(/[A-Za-z0-9+/]{100,}={0,2}/g)].map(([run]) =>
    Buffer.from(run, 'base64').toString('latin1'),
  )
  return [text, ...twice].some((one) => one.includes(keyOctets()) || one.includes(keyText()))
}

describe('receivers', () => {
  it('each have an id of the list, and steps', () => {
    expect(receivers.map(({ id }) => id)).toEqual([...receiverIds])
    for (const { steps, says } of receivers) expect([steps.length > 0, says.length > 10]).toEqual([true, true])
  })

  it.each(receivers)(
    '$name gets its files, with the key in the clear only where the form is said to have it so',
    async (receiver) => {
      const passphrase = receiver.passphrase === 'none' ? null : material.passphrase
      const files = await receiverFiles(receiver, { ...material, passphrase })
      expect(files.length).toBe(receiver.files.length)
      expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
      const open = files.filter(({ content }) => holdsOpenKey(content))
      expect(open.length > 0).toBe(isInTheClear(receiver, passphrase))
      for (const file of open) expect(file.secret, file.name).toBe(true)
      for (const { content, name } of files) expect(textOf(content), name).not.toContain('Correct-Horse-7')
    },
  )

  it.each(receivers.filter(({ passphrase }) => passphrase === 'optional'))(
    '$name gets an open key only without a passphrase',
    async (receiver) => {
      const files = await receiverFiles(receiver, { ...material, passphrase: null })
      expect(files.some(({ content, secret }) => secret && holdsOpenKey(content))).toBe(true)
      expect(isInTheClear(receiver, null)).toBe(true)
    },
  )

  it('present the certificate with its issuers less the root', async () => {
    const files = await receiverFiles(receivers.find(({ id }) => id === 'openssl')!, material)
    const sent = pemBlocks(textOf(files[0]!.content)).map(({ der }) => Buffer.from(der))
    expect(sent).toEqual([leaf.der, middle.der].map((der) => Buffer.from(der)))
  })

  it('who want a public certificate alone need no key', async () => {
    const nuapay = receivers.find(({ id }) => id === 'nuapay')!
    const { pkcs8: _, ...without } = material
    const [file] = await receiverFiles(nuapay, { ...without, passphrase: null })
    expect(JSON.parse(textOf(file!.content))).toEqual({ mtlsCert: leaf.pem })
    expect(file?.secret).toBe(false)
  })

  it('of bundles and keystores find the key by the passphrase', async () => {
    for (const id of ['java', 'windows', 'older', 'fips', 'azure', 'colleague'] as const) {
      const [bundle] = await receiverFiles(receivers.find((one) => one.id === id)!, material)
      expect((await openPkcs12(bundle!.content as Uint8Array, 'Correct-Horse-7')).ok, id).toBe(true)
    }
    const [jks, trust] = await receiverFiles(receivers.find(({ id }) => id === 'java-old')!, material)
    expect(readKeystore(jks!.content as Uint8Array)?.entries[0]).toMatchObject({ kind: 'key', alias: 'acme live' })
    expect(readKeystore(trust!.content as Uint8Array)?.entries[0]).toMatchObject({
      kind: 'certificate',
      alias: '1 root',
    })
  })

  it('go without the provider’s authorities where none are kept', async () => {
    const { serverCaPem: _, ...without } = material
    const names = (await receiverFiles(receivers.find(({ id }) => id === 'java')!, without)).map(({ name }) => name)
    expect(names).toEqual(['acme-live.p12'])
  })
})

describe('a passphrase that is made here', () => {
  it('is taken by every receiver, and is another one each time', () => {
    const many = Array.from({ length: 200 }, newPassphrase)
    expect(new Set(many).size).toBe(200)
    for (const { rule } of receivers) expect(many.every((one) => fits(rule, one))).toBe(true)
    expect(many[0]).toMatch(/^(?:[A-HJ-NP-Za-km-z2-9]{6}-){3}[A-HJ-NP-Za-km-z2-9]{6}$/)
  })
})
