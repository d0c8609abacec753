import type { Finding } from '../findings.ts'
import type { Problem } from '../problems.ts'
import { newBudget } from './budget.ts'
import type { Bytes } from './der.ts'
import type { Draft, InspectHow } from './drafts.ts'
import { certificateDraft, damaged } from './drafts.ts'
import type { Facts } from './facts.ts'
import { keyInside } from './inspect-bundle.ts'
import { maxPassphrases } from './inspect-key.ts'
import type { Keystore, KeystoreEntry } from './jks.ts'
import { integrityFits, readKeystore } from './jks.ts'
import { readSealedEntry } from './jks-key.ts'

/**
 * A Java keystore (JKS, JCEKS) as an object with its contents: certificates without a password, keys with theirs, which
 * may differ from the keystore's. A key that no passphrase opens is an object without `keyAlgorithm`, and
 * `facts.keysLocked` counts them.
 */
export async function readJavaKeystore(bytes: Bytes, type: string, name: string, how: InspectHow): Promise<Draft> {
  const keystore = readKeystore(bytes)
  if (!keystore) return damaged('keystore', name)
  const passphrases = how.passphrases.slice(0, maxPassphrases)
  const open = opener(passphrases, name)
  const contents: Draft[] = []
  let keysLocked = 0
  for (const entry of keystore.entries) {
    if (entry.kind === 'key') {
      const key = await open(entry)
      if (key.facts.keyAlgorithm === undefined && key.facts.encrypted) keysLocked++
      contents.push(key)
    }
    for (const one of entry.certificates) {
      contents.push(certificateDraft(one, entry.alias) ?? damaged('certificate', name))
    }
  }
  const keys = keystore.entries.filter(({ kind }) => kind === 'key').length
  const facts: Facts = {
    container: type,
    encrypted: keys > 0,
    ...(keys > 0 && { protection: protectionOf(keystore) }),
    ...(keystore.guard && { macAlgorithm: 'SHA-1 over password and content' }),
    certificates: contents.length - keys,
    keys,
    ...(keysLocked > 0 && { keysLocked }),
    bytes: bytes.length,
  }
  const guarded = guardedBy(keystore, passphrases)
  const wrong = keysLocked === keys && keys > 0 && passphrases.length > 0 && !guarded
  const problem: Problem | undefined = wrong ? { code: 'key.passphrase-wrong', name } : undefined
  return {
    kind: 'keystore',
    facts,
    findings: keystoreFindings(keystore, facts, guarded, keysLocked),
    contents,
    ...(problem && { problem }),
  }
}

type KeyEntry = Extract<KeystoreEntry, { kind: 'key' }>

/** Opens entry after entry with the passphrases at hand, the one that fitted last first. */
function opener(passphrases: readonly string[], name: string): (entry: KeyEntry) => Promise<Draft> {
  const budget = newBudget()
  let order = [...passphrases]
  return async (entry) => {
    const sealed = readSealedEntry(entry.sealed)
    if (!sealed) return { ...damaged('private-key', name), facts: { friendlyName: entry.alias } }
    const facts: Facts = {
      friendlyName: entry.alias,
      container: 'PKCS#8',
      encrypted: true,
      protection: 'unsupported' in sealed ? sealed.unsupported : sealed.label,
    }
    const refused = (scheme: string): Draft => {
      const problem: Problem = { code: 'key.protection-unsupported', name, scheme }
      return { kind: 'private-key', facts: { ...facts, encrypted: false }, findings: [], problem }
    }
    if ('unsupported' in sealed) return refused(sealed.unsupported)
    for (const passphrase of order) {
      const pkcs8 = await sealed.open(passphrase, budget)
      if (pkcs8 === 'costly') return refused(sealed.label)
      const key = pkcs8 === 'wrong' ? null : await keyInside(pkcs8, { friendlyName: entry.alias }, name)
      if (!key || key.problem) continue
      order = [passphrase, ...order.filter((other) => other !== passphrase)]
      return key
    }
    return { kind: 'private-key', facts, findings: [] }
  }
}

/** Does one of the passphrases fit the digest at the end? `null` when there is none to be checked, or nothing to check it by. */
function guardedBy(keystore: Keystore, passphrases: readonly string[]): boolean | null {
  if (!keystore.guard || passphrases.length === 0) return null
  const budget = newBudget(2000)
  return passphrases.some(
    (passphrase) =>
      budget.spend(keystore.guard!.covered.length / 100_000) && integrityFits(keystore, passphrase) === true,
  )
}

function protectionOf({ entries }: Keystore): string {
  const labels = entries.flatMap((entry) => {
    const sealed = entry.kind === 'key' ? readSealedEntry(entry.sealed) : null
    return sealed ? ['unsupported' in sealed ? sealed.unsupported : sealed.label] : []
  })
  return [...new Set(labels)].slice(0, 4).join('; ')
}

function keystoreFindings(
  { type, entries, guard }: Keystore,
  facts: Facts,
  guarded: boolean | null,
  locked: number,
): Finding[] {
  const found: Finding[] = [
    {
      code: 'keystore.old-format',
      severity: 'notes',
      message: `${type} is Java’s old kind of keystore: only Java programs read it, and it protects keys weakly.`,
      next: 'Convert it to PKCS#12, which Java has preferred since version 9.',
    },
  ]
  if (locked > 0) {
    const message = `${locked === 1 ? 'A private key is' : `${locked} private keys are`} locked: a passphrase shows what they are.`
    found.push({
      code: 'keystore.locked',
      severity: 'notes',
      message: locked === 1 ? message.replace('they are', 'it is') : message,
    })
  }
  if (!guard) {
    const message = 'The keystore is damaged: what could be read is shown, and Java refuses it.'
    found.push({ code: 'keystore.incomplete', severity: 'warns', message, next: 'Ask for the file again.' })
  }
  if (guarded === true) {
    const message = 'The password fits the keystore’s digest: it is as it was written.'
    found.push({ code: 'keystore.intact', severity: 'notes', message })
  }
  if (guarded === false && (facts.keys ?? 0) > locked) {
    found.push({
      code: 'keystore.altered',
      severity: 'warns',
      message: 'The password opens a key, but does not fit the keystore as a whole: Java refuses it.',
      next: 'The keystore may have another password than its keys; or the file was changed.',
    })
  }
  const secret = entries.filter(({ kind }) => kind === 'secret-key').map(({ alias }) => alias)
  if (secret.length > 0) {
    found.push({
      code: 'keystore.secret-keys',
      severity: 'notes',
      message: `It also holds ${secret.length === 1 ? 'a secret key' : `${secret.length} secret keys`} (${secret.slice(0, 5).join(', ')}), which TLS has no use for.`,
    })
  }
  return found
}
