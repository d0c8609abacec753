import { join } from 'node:path'
import { z } from 'zod'
import type { VaultState } from '../../shared/contract.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createTurns } from '../in-turn.ts'
import { AuthorityRecord, IssuedRecord } from './authority-record.ts'
import { IdentityRecord } from './identity-record.ts'
import type { Keychain } from './keychain.ts'
import { createRecords, type Records, type Secrets } from './records.ts'
import { createVaultKey, type VaultKeys } from './vault-key.ts'

/** The practice provider's own authority, kept so that what it issued stays valid from one day to the next. */
export const PracticeAuthorityRecord = z.strictObject({ provider: z.string(), certificatePem: z.string() })
export type PracticeAuthorityRecord = z.infer<typeof PracticeAuthorityRecord>

/** Records as the handlers see them: a locked vault is a refusal, never an exception. */
export type Shelf<R> = {
  list(): Promise<{ records: R[]; damaged: string[] }>
  find(id: string): Promise<R | undefined>
  add(id: string, record: R, secrets: Secrets): Promise<Result<R>>
  change(id: string, change: (record: R) => R, secrets?: Secrets): Promise<Result<R> | undefined>
  secret(id: string, field: string): Promise<Result<Buffer | undefined>>
  remove(id: string): Promise<boolean>
}

export type Vault = {
  state(): Promise<VaultState>
  /** Ok when a secret can be sealed now; makes a keychain's vault on first need. */
  ready(): Promise<Result<null>>
  setPassphrase(passphrase: string): Promise<Result<VaultState>>
  unlock(passphrase: string): Promise<Result<VaultState>>
  lock(): Promise<Result<VaultState>>
  /** At the end: takes the keys out of memory, once what is being written is written. */
  close(): Promise<void>
  identities: Shelf<IdentityRecord>
  authorities: Shelf<AuthorityRecord>
  issued: Shelf<IssuedRecord>
  practice: Shelf<PracticeAuthorityRecord>
}

/** The vault in this folder. Its callers are served one after the other, so that no two writes cross. */
export function createVault(folder: string, keychain: Keychain): Vault {
  const turn = createTurns()
  const key = createVaultKey(folder, keychain)
  let keys: VaultKeys | null = null

  /** The keys of an open vault, so that records are checked whenever they can be. */
  async function refresh(make: boolean): Promise<Result<null>> {
    const opened = await key.open(make)
    keys = opened.ok ? opened.value : null
    return opened.ok ? ok(null) : refuse(opened.problem)
  }

  function shelf<R>(records: Records<R>): Shelf<R> {
    const whenOpen = <T>(make: boolean, job: () => Promise<Result<T>>) =>
      turn(async () => {
        const opened = await refresh(make)
        return opened.ok ? job() : opened
      })
    const inTurn = <T>(job: () => Promise<T>) => turn(() => refresh(false).then(job))
    return {
      list: () => inTurn(() => records.list()),
      find: (id) => inTurn(() => records.find(id)),
      add: (id, record, secrets) => whenOpen(true, () => records.add(id, record, secrets)),
      change: (id, change, secrets) =>
        turn(async () => {
          const opened = await refresh(false)
          if (!opened.ok) return (await records.find(id)) === undefined ? undefined : opened
          return records.change(id, change, secrets)
        }),
      secret: (id, field) => whenOpen(false, () => records.secret(id, field)),
      remove: (id) => inTurn(() => records.remove(id)),
    }
  }

  const open = () => keys
  return {
    state: () => turn(() => key.state()),
    ready: () => turn(() => refresh(true)),
    setPassphrase: (passphrase) => turn(() => key.setPassphrase(passphrase)),
    unlock: (passphrase) => turn(() => key.unlock(passphrase)),
    lock: () => turn(() => key.lock()),
    close: () => turn(async () => key.forget()),
    identities: shelf(createRecords(join(folder, 'identities'), 'identity', IdentityRecord, open)),
    authorities: shelf(createRecords(join(folder, 'authorities'), 'authority', AuthorityRecord, open)),
    issued: shelf(createRecords(join(folder, 'issued'), 'issued', IssuedRecord, open)),
    practice: shelf(createRecords(join(folder, 'practice'), 'practice-authority', PracticeAuthorityRecord, open)),
  }
}
