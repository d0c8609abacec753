import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { newBudget } from './budget.ts'
import type { Bytes } from './der.ts'
import { der, orNull } from './der.ts'
import type { Facts } from './facts.ts'
import { openLegacyPem } from './legacy-pem.ts'
import { openSsh } from './openssh-key.ts'
import { passwordOf, passwordsOf } from './passwords.ts'
import { toPem } from './pem.ts'
import type { PlainKey } from './private-key.ts'
import { readParts, readPlainKey } from './private-key.ts'
import type { KeyFile } from './private-key-file.ts'
import { readKeyFile } from './private-key-file.ts'
import { publicHalf } from './public-half.ts'
import { openPutty } from './putty-key.ts'
import { openPvk } from './pvk-key.ts'
import { sealModern, unlock } from './sealing.ts'
import { curveOf, keyAlgorithmName, readPublicKey } from './spki.ts'

/**
 * `spki` is `null` for keys whose public half cannot be computed here (ML-DSA, 448-bit curves on some runtimes).
 */
export type OpenedKey = { pkcs8: Bytes; spki: Bytes | null; facts: Facts }

/**
 * Rounds for a key file on its own: OWASP's figure for PBKDF2 with HMAC-SHA-256. They cost 95 to 150 ms here, once per
 * start of whatever loads the key, and no program that reads such files is known to limit them. (A PKCS#12 pays them
 * three times over, and .NET limits them there: see `pkcs12.ts`.)
 */
export const keyFileIterations = 600_000

/** An ENCRYPTED PRIVATE KEY block: AES-256-CBC under PBKDF2 with HMAC-SHA-256 (RFC 8018), salt and IV random. */
export async function sealPkcs8(pkcs8: Bytes, passphrase: string): Promise<string> {
  const { algorithm, encrypted } = await sealModern(passwordOf(passphrase), pkcs8, keyFileIterations)
  return toPem('ENCRYPTED PRIVATE KEY', der.sequence(algorithm, der.octetString(encrypted)))
}

/**
 * Opens the first private key of a file, PEM or DER: PKCS#8, encrypted PKCS#8 (PBES1, PBES2, PKCS#12 schemes), PKCS#1,
 * SEC1, OpenSSL's encrypted PEM, OpenSSH, PuTTY and PVK. `name` names the file in a refusal:
 * `key.passphrase-needed`, `key.passphrase-wrong`, `key.protection-unsupported` (also for an iteration count that is
 * an attack), `key.type-unsupported`, `file.damaged`, `file.unknown-kind`.
 */
export async function openPrivateKey(
  pemOrDer: Bytes,
  passphrase?: string,
  name = 'the key',
): Promise<Result<OpenedKey>> {
  const file = readKeyFile(pemOrDer)
  const opened = await openFile(file, passphrase)
  if (typeof opened === 'object') return ok(await openedKey(opened.key, opened.protection))
  switch (opened) {
    case 'needed':
      return refuse({ code: 'key.passphrase-needed', name })
    case 'wrong':
      return refuse({ code: 'key.passphrase-wrong', name })
    case 'no-such-key':
      return refuse({ code: 'key.type-unsupported', name, type: file.state === 'no-such-key' ? file.type : '' })
    case 'unsupported':
      return refuse({ code: 'key.protection-unsupported', name, scheme: protectionOf(file) ?? '' })
    case 'damaged':
      return refuse({ code: 'file.damaged', name, what: 'private key' })
    case 'no-key':
      return refuse({ code: 'file.unknown-kind', name })
  }
}

/**
 * What can be said of a private key's file without its passphrase: of OpenSSH's and PuTTY's the public half, which lies
 * in the clear. `null` when it holds none or is damaged.
 */
export function describePrivateKey(pemOrDer: Bytes): Facts | null {
  const file = readKeyFile(pemOrDer)
  if (file.state === 'plain') return factsOf(file.key, null)
  const protection = protectionOf(file)
  if (protection === undefined) return null
  const container = 'container' in file ? file.container : containers[file.state]
  const spki = file.state === 'sealed-ssh' || file.state === 'sealed-putty' ? file.file.spki : null
  const open = 'spki' in file ? file.spki : spki
  return { ...(open && readPublicKey(open)?.facts), container, encrypted: true, protection }
}

const containers: Partial<Record<KeyFile['state'], string>> = {
  'sealed-pkcs8': 'PKCS#8',
  'sealed-pvk': 'PVK',
  'sealed-ssh': 'OpenSSH',
  'sealed-putty': 'PuTTY',
}

function protectionOf(file: KeyFile): string | undefined {
  switch (file.state) {
    case 'sealed-pkcs8':
    case 'sealed-pem':
      return file.protection.label
    case 'sealed-pvk':
      return 'PVK, SHA-1, RC4'
    case 'sealed-ssh':
    case 'sealed-putty':
      return file.file.label
    case 'unsupported':
      return file.scheme
  }
}

type Refusal = 'needed' | 'wrong' | 'no-such-key' | 'unsupported' | 'damaged' | 'no-key'

async function openFile(
  file: KeyFile,
  passphrase: string | undefined,
): Promise<{ key: PlainKey; protection?: string } | Refusal> {
  if (file.state === 'plain') return { key: file.key }
  if (!file.state.startsWith('sealed')) return file.state as Refusal
  if (passphrase === undefined) return 'needed'
  const key = await unseal(file, passphrase)
  const protection = protectionOf(file)
  return typeof key === 'object' ? { key, ...(protection && { protection }) } : key
}

type Unsealed = PlainKey | 'wrong' | 'damaged' | 'unsupported' | 'no-such-key'

async function unseal(file: KeyFile, passphrase: string): Promise<Unsealed> {
  if (file.state === 'sealed-ssh' || file.state === 'sealed-putty') {
    const { utf8 } = passwordOf(passphrase)
    const opened =
      file.state === 'sealed-ssh'
        ? await openSsh(file.file, utf8, newBudget())
        : await openPutty(file.file, utf8, newBudget())
    if (opened === 'costly') return 'unsupported'
    if (typeof opened === 'string' || 'pkcs8' in opened) return opened
    return 'key' in opened ? opened.key : 'no-such-key'
  }
  if (file.state === 'sealed-pvk') return openPvk(file.file, passwordOf(passphrase).utf8) ?? 'wrong'
  if (file.state === 'sealed-pem') {
    const bytes = await openLegacyPem(file.protection, passwordOf(passphrase).utf8, file.data)
    // A wrong passphrase leaves right padding once in 256 times: only a readable key proves it.
    return typeof bytes === 'string' ? bytes : (readPlainKey(bytes, file.curve) ?? 'wrong')
  }
  if (file.state !== 'sealed-pkcs8') return 'damaged'
  const budget = newBudget()
  for (const password of passwordsOf(passphrase)) {
    const bytes = await unlock(file.protection, password, file.data, budget)
    if (bytes === 'damaged') return bytes
    if (bytes === 'costly') return 'unsupported'
    const key = bytes === 'wrong' ? null : readPlainKey(bytes)
    if (key) return { ...key, container: 'PKCS#8' }
  }
  return 'wrong'
}

/** The key with its public half and facts. */
export async function openedKey(key: PlainKey, protection?: string): Promise<OpenedKey> {
  const spki = await publicHalf(key.pkcs8)
  const facts = factsOf(key, spki)
  return { pkcs8: key.pkcs8, spki, facts: protection === undefined ? facts : { ...facts, encrypted: true, protection } }
}

function factsOf({ pkcs8, container }: PlainKey, spki: Bytes | null): Facts {
  const known = spki ? readPublicKey(spki) : null
  const parts = readParts(pkcs8)
  const curve = parts?.oid === '1.2.840.10045.2.1' ? orNull(() => curveOf(parts.parameters)) : null
  return {
    ...(parts && { keyAlgorithm: keyAlgorithmName(parts.oid), ...curve }),
    ...known?.facts,
    container,
    encrypted: false,
  }
}
