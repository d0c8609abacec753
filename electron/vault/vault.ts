import { dirname, join } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { JournalNote } from '../../shared/vault/journal.ts'
import type { VaultState } from '../../shared/vault/state.ts'
import { makeFolder } from '../files.ts'
import { createTurns } from '../in-turn.ts'
import type { AuthorityRecord, IssuedRecord } from './authority-record.ts'
import { createAutomaticBackups } from './automatic-backups.ts'
import { type Backups, createBackups } from './backups.ts'
import type { Damage } from './damage.ts'
import { createFolderLock } from './folder-lock.ts'
import type { IdentityRecord } from './identity-record.ts'
import { createJournalFile, type Journal } from './journal.ts'
import type { Keychain } from './keychain.ts'
import type { ListenerRecord } from './listener-record.ts'
import { createManifest } from './manifest.ts'
import {
  authorityKind,
  identityKind,
  issuedKind,
  listenerKind,
  type PracticeAuthorityRecord,
  practiceKind,
} from './record-kinds.ts'
import { createRecords, type Records, type RecordsWith } from './records.ts'
import { createShelf, type Shelf } from './shelf.ts'
import { stampOf } from './stamps.ts'
import { createTries, type Watches } from './tries.ts'
import { createVaultFile } from './vault-file.ts'
import { createVaultKey } from './vault-key.ts'
import type { VaultOptions } from './vault-options.ts'
import { writeRefusal } from './write-refusal.ts'

export type { PracticeAuthorityRecord }

export type Vault = {
  state(): Promise<VaultState>
  /** Ok when a secret can be sealed now; makes a keychain's vault on first need. */
  ready(): Promise<Result<null>>
  setPassphrase(passphrase: string): Promise<Result<VaultState>>
  /** The computer's keychain as another way in. */
  addKeychain(): Promise<Result<VaultState>>
  /** Takes one way in away; the last one stays. */
  removeWay(by: 'keychain' | 'passphrase'): Promise<Result<VaultState>>
  unlock(passphrase: string): Promise<Result<VaultState>>
  /** `why`, where it was not the user's own hand, goes into the journal. */
  lock(why?: string): Promise<Result<VaultState>>
  /** At the end: takes the keys out of memory, once what is being written is written. */
  close(): Promise<void>
  /** What is wrong with which record. */
  damage(): Promise<Damage[]>
  journal: Journal
  backups: Backups
  /** Hears when another process has changed records, or the ways in. */
  onOutsideChange(hear: () => void): void
  /** Looks whether one has; every answer looks by itself, so this is for whoever waits for news. */
  look(): Promise<void>
  /** What was damaged stays where it is, set aside, and is not told any more. */
  settle(kind: string, id: string): Promise<Result<null>>
  identities: Shelf<IdentityRecord>
  authorities: Shelf<AuthorityRecord>
  issued: Shelf<IssuedRecord>
  practice: Shelf<PracticeAuthorityRecord>
  listeners: Shelf<ListenerRecord>
}

/** A line of the journal can wait for the next one; whoever unlocks or locks cannot. */
const notePatienceMs = 3000

const ownWatches: Watches = { wall: () => Date.now(), steady: () => performance.now() }

/**
 * The vault in this folder. Its callers are served one after the other, so that no two writes cross; writers of other
 * processes are kept out by the folder's lock, and what they wrote is read before every answer.
 */
export function createVault(folder: string, keychain: Keychain, options: VaultOptions = {}): Vault {
  const { backupFolder = join(dirname(folder), 'backups'), readOnly = false, watches = ownWatches } = options
  const turn = createTurns()
  const lock = createFolderLock(folder, options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs })
  const vaultFile = createVaultFile(folder, backupFolder)
  const key = createVaultKey({
    keychain,
    file: vaultFile,
    tries: createTries(folder, watches),
    ...(options.stretch && { stretch: options.stretch }),
  })
  const hearers = new Set<() => void>()
  const tellOutside = () => {
    for (const hear of hearers) hear()
  }
  const manifest = createManifest(folder, key.keys, tellOutside)
  let lastLook: { own: string; list: string; open: boolean } | null = null
  const now = options.now ?? (() => new Date())
  const journal = createJournalFile({
    folder,
    keys: key.keys,
    manifest,
    now,
    by: options.by ?? 'window',
  })
  let holding = false

  /** Holds the folder; a job inside of another's hold is already alone. */
  async function alone<T>(job: () => Promise<T>, patienceMs?: number): Promise<T> {
    if (holding) return job()
    return lock.hold(async () => {
      holding = true
      try {
        return await job()
      } finally {
        holding = false
      }
    }, patienceMs)
  }

  /** Opens by keychain where that needs nobody, so that records are checked whenever they can be. */
  async function refresh(make: boolean): Promise<Result<null>> {
    const opened = await key.open(make)
    return opened.ok ? ok(null) : refuse(opened.problem)
  }

  /** A job that writes: the vault is open, the folder is held, and what the disk refuses is a refusal. */
  const writing = <T>(make: boolean, job: () => Promise<Result<T>>): Promise<Result<T>> =>
    turn(async () => {
      const could = await refresh(false)
      if (!could.ok && !(make && (await key.canBeMade()))) return could
      if (readOnly) return refuse({ code: 'vault.not-writable' })
      return writeRefusal(() =>
        alone(async () => {
          const opened = await refresh(make)
          if (!opened.ok) return opened
          await key.mend()
          await noticeLostManifest()
          return job()
        }),
      )
    })

  /** A manifest that is made anew vouches for whatever is there: that this happened stays written down. */
  async function noticeLostManifest() {
    if (await manifest.read()) return
    const lines = (await journal.text()).split('\n').length - 1
    // One line or one writing may be all there was when a crash came before the first manifest.
    if (lines < 2 && !shelves.some((one) => one.hasHistory())) return
    const detail = 'manifest.json was missing or altered: what lay here before is not vouched for'
    journal.wait({ what: 'manifest-lost', kind: 'vault', detail })
    await journal.flush()
  }

  /** Jobs of the key itself, which may have to make the vault. */
  const rewriting = (job: () => Promise<Result<VaultState>>): Promise<Result<VaultState>> =>
    turn(() => writeRefusal(() => makeFolder(folder).then(() => alone(job))))

  /** Writes what waits to be written down, if it can be; what was done is done either way. */
  async function writeDown(): Promise<boolean> {
    if (readOnly || !(await refresh(false)).ok) return false
    const flush = () => noticeLostManifest().then(journal.flush)
    const written = await writeRefusal(() => alone(flush, notePatienceMs).then(() => ok(null))).catch(() => null)
    return written?.ok === true
  }
  const note = (one: JournalNote) =>
    turn(async () => {
      journal.wait(one)
      return writeDown()
    })

  /** A change of the ways in, written down once it is made. */
  const noted = async (change: Promise<Result<VaultState>>, what: string, detail?: string) => {
    const changed = await change
    if (changed.ok) await note({ what, kind: 'vault', ...(detail && { detail }) })
    return changed
  }

  const reading = <T>(job: () => Promise<T>) => turn(() => refresh(false).then(job))

  const whenOpen = <T>(job: () => Promise<Result<T>>) =>
    turn(async () => {
      const opened = await refresh(false)
      return opened.ok ? job() : opened
    })
  const shelf = <R>(records: Records<R>) => createShelf(records, { reading, whenOpen, writing })

  const common: RecordsWith = { folder, keys: key.keys, manifest, alone, readOnly }
  const identities = createRecords(identityKind, common)
  const authorities = createRecords(authorityKind, common)
  const issued = createRecords(issuedKind, common)
  const practice = createRecords(practiceKind, common)
  const listenerRecords = createRecords(listenerKind, common)
  const shelves = [identities, authorities, issued, practice, listenerRecords] as unknown as Records<
    Record<string, unknown>
  >[]
  const backups = createBackups({
    shelves,
    automatic: createAutomaticBackups(backupFolder),
    keys: key.keys,
    now,
    reading: whenOpen,
    writing: (job) => writing(false, job),
    note,
    copyVaultFile: vaultFile.storeBesideBackups,
  })

  return {
    state: () => turn(() => key.state()),
    ready: async () => {
      const could = await turn(() => refresh(false))
      return could.ok || readOnly ? could : writing(true, async () => ok(null))
    },
    setPassphrase: (passphrase) =>
      noted(
        rewriting(() => key.setPassphrase(passphrase)),
        'passphrase-set',
      ),
    addKeychain: () =>
      noted(
        rewriting(() => key.addKeychain()),
        'keychain-added',
        keychain.name() ?? '',
      ),
    removeWay: async (by) => {
      const now = await turn(() => key.state())
      // It is not there: nothing to take away, nothing to write down.
      if (now.state === 'open' && !now.ways.includes(by)) return ok(now)
      return noted(
        rewriting(() => key.removeWay(by)),
        `${by}-removed`,
      )
    },
    unlock: (passphrase) =>
      turn(async () => {
        const wasOpen = key.keys() !== null
        const unlocked = await key.unlock(passphrase)
        if (!unlocked.ok) return unlocked
        const { state, wrongBefore } = unlocked.value
        const detail =
          wrongBefore > 0 ? `after ${wrongBefore} wrong ${wrongBefore === 1 ? 'passphrase' : 'passphrases'}` : undefined
        if (!wasOpen) journal.wait({ what: 'unlocked', kind: 'vault', ...(detail && { detail }) })
        await writeDown()
        return ok(state)
      }),
    lock: (why) =>
      turn(async () => {
        const could = await key.canLock()
        if (!could.ok) return could
        if (key.keys()) {
          journal.wait({ what: 'locked', kind: 'vault', ...(why && { detail: why }) })
          await writeDown()
        }
        backups.forget()
        return key.lock()
      }),
    close: () =>
      turn(async () => {
        backups.forget()
        key.forget()
      }),
    journal: {
      note,
      read: (asked) => turn(() => journal.read(asked)),
      verify: () => reading(() => journal.verify()),
      text: () => turn(() => journal.text()),
    },
    damage: () =>
      reading(async () => {
        const all: Damage[] = []
        for (const one of shelves) all.push(...(await one.damage()))
        return all
      }),
    onOutsideChange: (hear) => void hearers.add(hear),
    look: () =>
      turn(async () => {
        const own = (await stampOf(join(folder, 'vault.json'))).text
        const open = key.keys() !== null
        // An open vault tells its own changes from others'; a locked one cannot, so that every one counts.
        if (open) await manifest.read()
        const list = open ? '' : (await stampOf(manifest.path)).text
        const before = lastLook
        lastLook = { own, list, open }
        if (before && (before.own !== own || (before.open === open && before.list !== list))) tellOutside()
      }),
    settle: (kind, id) =>
      writing(false, async () => {
        await shelves.find((one) => one.kind === kind)?.settle(id)
        return ok(null)
      }),
    backups,
    identities: shelf(identities),
    authorities: shelf(authorities),
    issued: shelf(issued),
    practice: shelf(practice),
    listeners: shelf(listenerRecords),
  }
}
