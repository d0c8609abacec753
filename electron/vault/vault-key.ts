import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { VaultState } from '../../shared/contract.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { codeOf, listNames, makeFolder, writeAtomically } from '../files.ts'
import { unwrapByKeychain, unwrapByPassphrase, Wrap, wrapByKeychain, wrapByPassphrase } from './key-wraps.ts'
import type { Keychain } from './keychain.ts'
import { deriveKey } from './seal.ts'

export const leastPassphrase = 8

const VaultFile = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  wraps: z.array(Wrap).min(1).max(4),
})
type VaultFile = z.infer<typeof VaultFile>

/** What records are sealed and vouched for with, as long as the vault is open. */
export type VaultKeys = { id: string; sealing: Buffer; vouching: Buffer }

/**
 * The vault's own file, `vault.json`: its id and the wraps of its key. The key itself is random, made once; a keychain
 * makes the vault without asking anybody, a passphrase is chosen by the user. Not safe for two calls at once: the
 * vault takes its callers in turn.
 */
export function createVaultKey(folder: string, keychain: Keychain) {
  const path = join(folder, 'vault.json')
  const copy = join(folder, 'vault.json.copy')
  let held: { key: Buffer; keys: VaultKeys } | null = null
  /** Locked by hand: the keychain does not open it again before the passphrase has. */
  let lockedByHand = false

  const hold = (id: string, key: Buffer) => {
    held = { key, keys: { id, sealing: deriveKey(key, `sealing ${id}`), vouching: deriveKey(key, `vouching ${id}`) } }
    lockedByHand = false
    return held
  }

  /** Undefined: no vault yet. Null: there is one, but its file cannot be read, nor the version before it. */
  async function load(): Promise<VaultFile | null | undefined> {
    const found = (await readVaultFile(path)) ?? (await readVaultFile(copy))
    if (found) return found
    // Damaged, or gone while its records are still there: a new key now would bury them for good.
    const orphans = (await listNames(join(folder, 'identities'))).some((name) => name.endsWith('.json'))
    return found === null || orphans ? null : undefined
  }

  /** Twice, because everything else opens only with it. A copy, not the version before: an old passphrase must go. */
  async function store(file: VaultFile) {
    const text = `${JSON.stringify(file, null, 2)}\n`
    await makeFolder(folder)
    await writeAtomically(path, text)
    await writeAtomically(copy, text)
  }

  /** Takes the key out of memory. */
  function forget() {
    held?.key.fill(0)
    held?.keys.sealing.fill(0)
    held?.keys.vouching.fill(0)
    held = null
  }

  /** Opens by keychain where that is possible without a person; says what stands in the way otherwise. */
  async function open(make: boolean): Promise<Result<VaultKeys>> {
    if (held) return ok(held.keys)
    const file = await load()
    if (file === null) return refuse({ code: 'vault.file-lost' })
    const name = keychain.name()
    if (file === undefined) {
      if (name === null) return refuse({ code: 'vault.not-set-up' })
      if (!make) return refuse({ code: 'vault.locked' })
      const id = randomBytes(16).toString('hex')
      const key = randomBytes(32)
      await store({ format: 1, id, wraps: [wrapByKeychain(key, id, keychain, name)] })
      return ok(hold(id, key).keys)
    }
    const wrap = file.wraps.find((wrap) => wrap.by === 'keychain')
    const key = lockedByHand || !wrap || name === null ? null : unwrapByKeychain(wrap, file.id, keychain)
    if (key) return ok(hold(file.id, key).keys)
    const byPassphrase = file.wraps.some((wrap) => wrap.by === 'passphrase')
    return refuse({ code: byPassphrase ? 'vault.locked' : 'vault.keychain-lost' })
  }

  async function state(): Promise<VaultState> {
    const file = await load()
    const name = keychain.name()
    if (!file)
      return {
        state: file === null ? 'locked' : name ? 'open' : 'new',
        keptBy: name ? 'keychain' : null,
        keychain: name,
      }
    const keptBy = file.wraps.some((wrap) => wrap.by === 'keychain') ? 'keychain' : 'passphrase'
    return { state: (await open(false)).ok ? 'open' : 'locked', keptBy, keychain: name }
  }

  return {
    state,
    /** The keys, if the vault is open or its keychain opens it. `make`: also when there is no vault yet. */
    open,
    /** Makes the vault, or adds the passphrase as another way in, or changes it. The records stay as they are. */
    async setPassphrase(passphrase: string): Promise<Result<VaultState>> {
      if ([...passphrase].length < leastPassphrase)
        return refuse({ code: 'key.passphrase-short', least: leastPassphrase })
      const opened = await open(true)
      if (!opened.ok && opened.problem.code !== 'vault.not-set-up') return opened
      const file = await load()
      const id = file?.id ?? randomBytes(16).toString('hex')
      const key = held?.key ?? randomBytes(32)
      const others = file?.wraps.filter((wrap) => wrap.by !== 'passphrase') ?? []
      await store({ format: 1, id, wraps: [...others, await wrapByPassphrase(key, id, passphrase)] })
      hold(id, key)
      return ok(await state())
    },
    async unlock(passphrase: string): Promise<Result<VaultState>> {
      if (held) return ok(await state())
      const file = await load()
      if (file === null) return refuse({ code: 'vault.file-lost' })
      if (file === undefined) return refuse({ code: 'vault.not-set-up' })
      const wrap = file.wraps.find((wrap) => wrap.by === 'passphrase')
      if (!wrap) return refuse({ code: 'vault.keychain-lost' })
      const key = await unwrapByPassphrase(wrap, file.id, passphrase)
      if (!key) return refuse({ code: 'vault.passphrase-wrong' })
      hold(file.id, key)
      return ok(await state())
    },
    async lock(): Promise<Result<VaultState>> {
      const file = await load()
      if (!file?.wraps.some((wrap) => wrap.by === 'passphrase')) return refuse({ code: 'vault.no-passphrase' })
      forget()
      lockedByHand = true
      return ok(await state())
    },
    forget,
  }
}

/** Undefined when it is not there, null when it is damaged. */
async function readVaultFile(path: string): Promise<VaultFile | null | undefined> {
  try {
    return VaultFile.safeParse(JSON.parse(await readFile(path, 'utf8'))).data ?? null
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    if (error instanceof SyntaxError) return null
    throw error
  }
}
