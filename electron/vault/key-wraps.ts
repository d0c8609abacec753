import { randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'
import type { Keychain } from './keychain.ts'
import { Sealed, seal, unseal } from './seal.ts'

/** 128 MiB and about half a second for each guess (RFC 7914; figures of 2023's common advice). Stored with the wrap. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const

/** Bounds, so that an altered file cannot make the app fill the memory. */
const Scrypt = z.strictObject({
  N: z.union([z.literal(2 ** 15), z.literal(2 ** 16), z.literal(2 ** 17), z.literal(2 ** 18)]),
  r: z.literal(8),
  p: z.int().min(1).max(4),
  salt: z.base64().min(22).max(88),
})

const KeychainWrap = z.strictObject({ by: z.literal('keychain'), keychain: z.string(), sealed: z.base64().max(8192) })
const PassphraseWrap = z.strictObject({ by: z.literal('passphrase'), scrypt: Scrypt, sealed: Sealed })

/** One way to the vault key. A vault may have both. */
export const Wrap = z.discriminatedUnion('by', [KeychainWrap, PassphraseWrap])
export type Wrap = z.infer<typeof Wrap>

/** The id goes in beside the key: one keychain may hold the keys of two vaults. */
export function wrapByKeychain(key: Buffer, vaultId: string, keychain: Keychain, name: string): Wrap {
  return { by: 'keychain', keychain: name, sealed: keychain.seal(`${vaultId} ${key.toString('base64')}`) }
}

export function unwrapByKeychain(wrap: z.infer<typeof KeychainWrap>, vaultId: string, keychain: Keychain) {
  const [id, key] = keychain.unseal(wrap.sealed)?.split(' ') ?? []
  const bytes = Buffer.from(key ?? '', 'base64')
  return id === vaultId && bytes.length === 32 ? bytes : null
}

/** Makes 32 bytes of a passphrase, slowly. Tests of many wrong passphrases bring a quick one. */
export type Stretch = (passphrase: string, parameters: z.infer<typeof Scrypt>) => Promise<Buffer>

export async function wrapByPassphrase(
  key: Buffer,
  vaultId: string,
  passphrase: string,
  stretch: Stretch = stretchByScrypt,
): Promise<Wrap> {
  const parameters = { ...cost, salt: randomBytes(16).toString('base64') }
  const stretched = await stretch(passphrase, parameters)
  const sealed = seal(stretched, key, bindOf(vaultId, parameters))
  stretched.fill(0)
  return { by: 'passphrase', scrypt: parameters, sealed }
}

/** Null when the passphrase is wrong or the wrap was altered: the two cannot be told apart. */
export async function unwrapByPassphrase(
  wrap: z.infer<typeof PassphraseWrap>,
  vaultId: string,
  passphrase: string,
  stretch: Stretch = stretchByScrypt,
) {
  const stretched = await stretch(passphrase, wrap.scrypt)
  const key = unseal(stretched, wrap.sealed, bindOf(vaultId, wrap.scrypt))
  stretched.fill(0)
  return key
}

const bindOf = (vaultId: string, { N, r, p, salt }: z.infer<typeof Scrypt>) =>
  `vault key ${vaultId} scrypt ${N} ${r} ${p} ${salt}`

export function stretchByScrypt(passphrase: string, { N, r, p, salt }: z.infer<typeof Scrypt>): Promise<Buffer> {
  // NFKC: the same passphrase from another keyboard or system must give the same bytes.
  const text = passphrase.normalize('NFKC')
  return new Promise((resolve, reject) => {
    scrypt(text, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}
