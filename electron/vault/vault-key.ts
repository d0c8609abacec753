import { randomBytes } from 'node:crypto'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { VaultState } from '../../shared/vault/state.ts'
import {
  type Stretch,
  unwrapByKeychain,
  unwrapByPassphrase,
  type Wrap,
  wrapByKeychain,
  wrapByPassphrase,
} from './key-wraps.ts'
import type { Keychain } from './keychain.ts'
import { deriveKey } from './seal.ts'
import type { createTries } from './tries.ts'
import { type createVaultFile, type VaultFile, vouchesForFile } from './vault-file.ts'

export const leastPassphrase = 8

/** What records are sealed and vouched for with, as long as the vault is open. */
export type VaultKeys = { id: string; sealing: Buffer; vouching: Buffer; backup: Buffer }

export type KeyWith = {
  keychain: Keychain
  file: ReturnType<typeof createVaultFile>
  tries: ReturnType<typeof createTries>
  stretch?: Stretch
}

type WayIn = Wrap['by']

/**
 * The vault key and the ways to it. The key is random, made once; a keychain makes the vault without asking anybody, a
 * passphrase is chosen by the user. Each way in is a wrap of the same key, so that it can be added, changed and taken
 * away without touching a record. Not safe for two calls at once: the vault takes its callers in turn, and holds the
 * folder while anything here writes.
 */
export function createVaultKey({ keychain, file: vaultFile, tries, stretch }: KeyWith) {
  let held: { key: Buffer; keys: VaultKeys; wraps: readonly Wrap[]; whole: boolean } | null = null
  /** Locked by hand: the keychain does not open it again before the passphrase has. */
  let lockedByHand = false

  const derive = (id: string, key: Buffer): VaultKeys => ({
    id,
    sealing: deriveKey(key, `sealing ${id}`),
    vouching: deriveKey(key, `vouching ${id}`),
    backup: deriveKey(key, `backup ${id}`),
  })

  /** Null when the key does not vouch for the file that it came out of: somebody altered that. */
  function hold(file: VaultFile, key: Buffer): VaultKeys | null {
    const keys = derive(file.id, key)
    if (!vouchesForFile(keys.vouching, file)) {
      for (const bytes of [key, keys.sealing, keys.vouching, keys.backup]) bytes.fill(0)
      return null
    }
    held = { key, keys, wraps: file.wraps, whole: false }
    lockedByHand = false
    return keys
  }

  /** Takes the key out of memory. */
  function forget() {
    if (!held) return
    for (const bytes of [held.key, held.keys.sealing, held.keys.vouching, held.keys.backup]) bytes.fill(0)
    held = null
  }

  const has = (file: VaultFile, by: WayIn) => file.wraps.some((wrap) => wrap.by === by)

  /** Opens by keychain where that is possible without a person; says what stands in the way otherwise. */
  async function open(make: boolean): Promise<Result<VaultKeys>> {
    if (held) return ok(held.keys)
    const files = await vaultFile.load()
    if (files === null) return refuse({ code: 'vault.file-lost' })
    const name = keychain.name()
    if (files === undefined) {
      if (name === null) return refuse({ code: 'vault.not-set-up' })
      return make ? ok(await makeVault((id, key) => wrapByKeychain(key, id, keychain, name))) : lockedRefusal
    }
    for (const file of lockedByHand || name === null ? [] : files) {
      for (const wrap of file.wraps) {
        const key = wrap.by === 'keychain' ? unwrapByKeychain(wrap, file.id, keychain) : null
        const keys = key && hold(file, key)
        if (keys) return ok(keys)
      }
    }
    return files.some((file) => has(file, 'passphrase')) ? lockedRefusal : refuse({ code: 'vault.keychain-lost' })
  }

  async function makeVault(wrap: (id: string, key: Buffer) => Wrap | Promise<Wrap>): Promise<VaultKeys> {
    const id = randomBytes(16).toString('hex')
    const key = randomBytes(32)
    const keys = derive(id, key)
    const wraps = [await wrap(id, key)]
    await vaultFile.store(id, wraps, keys.vouching)
    held = { key, keys, wraps, whole: true }
    lockedByHand = false
    return keys
  }

  async function state(): Promise<VaultState> {
    const files = await vaultFile.load()
    const name = keychain.name()
    if (!files) {
      const lost = files === null
      return {
        state: lost ? 'locked' : name ? 'open' : 'new',
        keptBy: name ? 'keychain' : null,
        keychain: name,
        ways: name && !lost ? ['keychain'] : [],
      }
    }
    const ways = (['keychain', 'passphrase'] as const).filter((by) => has(files[0], by))
    const keptBy = ways[0] ?? 'passphrase'
    return { state: (await open(false)).ok ? 'open' : 'locked', keptBy, keychain: name, ways }
  }

  /** Writes other wraps for the key that is held. */
  async function rewrap(change: (wraps: Wrap[], id: string, key: Buffer) => Wrap[] | Promise<Wrap[]>) {
    const files = await vaultFile.load()
    if (!held || !files) return refuse({ code: files === null ? 'vault.file-lost' : 'vault.locked' })
    const { key, keys } = held
    held.wraps = await change(files[0].wraps, keys.id, key)
    await vaultFile.store(keys.id, held.wraps, keys.vouching)
    held.whole = true
    return ok(await state())
  }

  const without = (wraps: readonly Wrap[], by: WayIn) => wraps.filter((wrap) => wrap.by !== by)

  return {
    state,
    /** The keys, if the vault is open or its keychain opens it. `make`: also when there is no vault yet. */
    open,
    keys: () => held?.keys ?? null,
    /** There is no vault yet, and a keychain that would keep one. */
    canBeMade: async () => keychain.name() !== null && (await vaultFile.load()) === undefined,
    /** Mends its own file after damage, an older version, or a folder that went away. Open, and the folder held. */
    async mend(): Promise<void> {
      if (!held || (held.whole && (await vaultFile.isThere()))) return
      const { keys, wraps } = held
      const files = await vaultFile.load()
      if (files && files[0].id !== keys.id) return
      const good = files?.find((file) => vouchesForFile(keys.vouching, file))
      if (!(await vaultFile.isWhole())) await vaultFile.store(keys.id, good?.wraps ?? wraps, keys.vouching)
      held.whole = true
    },
    /** Makes the vault, or adds the passphrase as another way in, or changes it. The records stay as they are. */
    async setPassphrase(passphrase: string): Promise<Result<VaultState>> {
      if ([...passphrase].length < leastPassphrase)
        return refuse({ code: 'key.passphrase-short', least: leastPassphrase })
      const opened = await open(true)
      if (!opened.ok && opened.problem.code !== 'vault.not-set-up') return opened
      if (!opened.ok) {
        await makeVault((id, key) => wrapByPassphrase(key, id, passphrase, stretch))
        return ok(await state())
      }
      return rewrap(async (wraps, id, key) => [
        ...without(wraps, 'passphrase'),
        await wrapByPassphrase(key, id, passphrase, stretch),
      ])
    },
    /** The keychain as another way in, or anew after it was reset. */
    async addKeychain(): Promise<Result<VaultState>> {
      const name = keychain.name()
      if (name === null) return refuse({ code: 'vault.no-keychain' })
      const opened = await open(false)
      if (!opened.ok) return opened
      return rewrap((wraps, id, key) => [wrapByKeychain(key, id, keychain, name), ...without(wraps, 'keychain')])
    },
    /** Takes one way in away; the last one stays. */
    async removeWay(by: WayIn): Promise<Result<VaultState>> {
      const opened = await open(false)
      if (!opened.ok) return opened
      const files = await vaultFile.load()
      if (!files?.[0] || without(files[0].wraps, by).length === 0) return refuse({ code: 'vault.last-way-in' })
      // A keychain that has forgotten its part is no way in.
      if (by === 'passphrase' && !opensByKeychain(files[0])) return refuse({ code: 'vault.last-way-in' })
      return rewrap((wraps) => without(wraps, by))
    },
    /** Counts wrong tries, and answers with the state and how many there had been. */
    async unlock(passphrase: string): Promise<Result<{ state: VaultState; wrongBefore: number }>> {
      if (held) return ok({ state: await state(), wrongBefore: 0 })
      const files = await vaultFile.load()
      if (files === null) return refuse({ code: 'vault.file-lost' })
      if (files === undefined) return refuse({ code: 'vault.not-set-up' })
      const ways = files.flatMap((file) =>
        file.wraps.flatMap((wrap) => (wrap.by === 'passphrase' ? [{ file, wrap }] : [])),
      )
      if (ways.length === 0) return refuse({ code: 'vault.keychain-lost' })
      const waitMs = await tries.begin()
      if (waitMs > 0) return refuse({ code: 'vault.wait', seconds: Math.ceil(waitMs / 1000) })
      for (const { file, wrap } of ways) {
        const key = await unwrapByPassphrase(wrap, file.id, passphrase, stretch)
        if (key && hold(file, key)) return ok({ wrongBefore: await tries.succeed(), state: await state() })
      }
      return refuse({ code: 'vault.passphrase-wrong' })
    },
    /** Only a passphrase opens it again when it is asked to. */
    async canLock(): Promise<Result<null>> {
      const files = await vaultFile.load()
      return files && has(files[0], 'passphrase') ? ok(null) : refuse({ code: 'vault.no-passphrase' })
    },
    async lock(): Promise<Result<VaultState>> {
      forget()
      lockedByHand = true
      return ok(await state())
    },
    forget,
  }

  function opensByKeychain(file: VaultFile): boolean {
    if (keychain.name() === null) return false
    return file.wraps.some((wrap) => {
      const key = wrap.by === 'keychain' ? unwrapByKeychain(wrap, file.id, keychain) : null
      key?.fill(0)
      return key !== null
    })
  }
}

const lockedRefusal = refuse({ code: 'vault.locked' })
