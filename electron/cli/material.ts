import type { Facts } from '../../shared/pki/facts.ts'
import { keyAlgorithmOf } from '../../shared/pki/key-algorithm-of.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { type OpenedKey, openedKey, openPrivateKey } from '../../shared/pki/pkcs8.ts'
import { describePkcs12, openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Reader } from '../reader-client.ts'
import type { Io } from './io.ts'
import { nearMiss } from './near-miss.ts'
import { withPassphrases } from './passphrase.ts'
import { readGiven } from './read-given.ts'

export type Held = { der: Uint8Array; pem: string; facts: Facts }

/** The private key in a file of any form, also in a bundle. */
export async function keyIn(path: string, io: Io, passphrases: readonly string[]): Promise<Result<OpenedKey>> {
  const read = await readGiven(path)
  if (!read.ok) return read
  const bytes = read.value
  const isBundle = describePkcs12(bytes) !== null
  const opened = await withPassphrases(io, passphrases, path, (passphrase) =>
    isBundle ? keyInBundle(bytes, passphrase, path) : openPrivateKey(bytes, passphrase, path),
  )
  const none = !opened.ok && opened.problem.code === 'file.unknown-kind'
  return none ? nearMiss('key.none-in-file', path, bytes) : opened
}

async function keyInBundle(
  bytes: Uint8Array,
  passphrase: string | undefined,
  path: string,
): Promise<Result<OpenedKey>> {
  const opened = await openPkcs12(bytes, passphrase ?? '', path)
  if (!opened.ok) {
    const { problem } = opened
    // Without a passphrase only the empty one was tried: that it does not fit is no mistake of the user's.
    const needed = problem.code === 'key.passphrase-wrong' && passphrase === undefined
    return needed ? refuse({ code: 'key.passphrase-needed', name: path }) : opened
  }
  const [key] = opened.value.keys
  if (!key) return refuse({ code: 'file.unknown-kind', name: path })
  return ok(await openedKey({ pkcs8: key.pkcs8, container: 'PKCS#8' }))
}

/** The certificates in a file, in its order. */
export async function certificatesIn(
  path: string,
  reader: Reader,
  io: Io,
  passphrases: readonly string[],
): Promise<Result<Held[]>> {
  const read = await readGiven(path)
  if (!read.ok) return read
  return withPassphrases(io, passphrases, path, async (passphrase) => {
    const found = await reader.certificatesIn(path, read.value, passphrase, io.now())
    return found.ok ? ok(found.value.certificates) : found
  })
}

/** The app's name for a key that came in a file: what signing with it needs to know. */
export function algorithmOf(facts: Facts, name: string): Result<KeyAlgorithm> {
  const key = keyAlgorithmOf(facts)
  const type = [facts.keyAlgorithm, facts.curve].filter(Boolean).join(' ')
  return key ? ok(key) : refuse({ code: 'key.type-unsupported', name, type })
}
