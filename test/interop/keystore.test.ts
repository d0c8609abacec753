import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { sha256 } from '../../shared/pki/digest.ts'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import { run, scratch } from '../support/tools.ts'

const at = scratch()
afterAll(() => at.remove())

async function keytool(...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await run('keytool', args)
  if (code !== 0) throw new Error(`keytool ${args[0]}\n${stdout}${stderr}`)
}

const kinds = [
  ['RSA', '-keyalg', 'RSA', '-keysize', '2048'],
  ['EC', '-keyalg', 'EC', '-groupname', 'secp384r1'],
  ['DSA', '-keyalg', 'DSA', '-keysize', '2048'],
  ['Ed25519', '-keyalg', 'Ed25519'],
] as const

describe.each(['JKS', 'JCEKS'])('a %s that keytool wrote', (type) => {
  const path = at.path(`store.${type.toLowerCase()}`)

  it('opens, key by key, with the public key that its certificate has', async () => {
    for (const [alias, ...how] of kinds) {
      const common = ['-keystore', path, '-storetype', type, '-storepass', 'keystore-pass', '-alias', alias]
      await keytool('-genkeypair', ...common, ...how, '-dname', `CN=${alias}`, '-keypass', `pass of ${alias}`)
    }
    const common = ['-keystore', path, '-storetype', type, '-storepass', 'keystore-pass']
    if (type === 'JCEKS') await keytool('-genseckey', ...common, '-alias', 'aes', '-keyalg', 'AES', '-keysize', '256')
    const passphrases = ['keystore-pass', ...kinds.map(([alias]) => `pass of ${alias}`)]
    const [keystore, ...inside] = await inspectBytes('store', new Uint8Array(readFileSync(path)), passphrases)
    expect(keystore!.facts).toMatchObject({ container: type, keys: 4, certificates: 4 })
    expect(keystore!.facts.keysLocked).toBeUndefined()
    expect(keystore!.findings.map(({ code }) => code)).toContain('keystore.intact')
    for (const [alias] of kinds) {
      const named = inside.filter(({ facts }) => facts.friendlyName === alias.toLowerCase())
      const key = named.find(({ kind }) => kind === 'private-key')
      const certificate = named.find(({ kind }) => kind === 'certificate')
      const spki = new X509Certificate(certificate!.pem!).publicKey.export({ type: 'spki', format: 'der' })
      expect([alias, key?.facts.keyAlgorithm]).toEqual([alias, alias])
      expect(key?.facts.spkiSha256).toBe(sha256(new Uint8Array(spki)))
    }
  })
})
