import { ok, type Result } from '../../shared/result.ts'
import { damageLine } from './damage.ts'
import type { Records, Secrets } from './records.ts'

/** Records as the handlers see them: a locked vault is a refusal, never an exception. */
export type Shelf<R> = {
  list(): Promise<{ records: R[]; damaged: string[] }>
  find(id: string): Promise<R | undefined>
  add(id: string, record: R, secrets: Secrets): Promise<Result<R>>
  change(id: string, change: (record: R) => R, secrets?: Secrets): Promise<Result<R> | undefined>
  secret(id: string, field: string): Promise<Result<Buffer | undefined>>
  /** False when there is no such record, or the vault is locked. */
  remove(id: string): Promise<boolean>
}

/** How a vault lets its shelves work: each in its turn. */
export type Turns = {
  /** Whether or not it is open. */
  reading<T>(job: () => Promise<T>): Promise<T>
  whenOpen<T>(job: () => Promise<Result<T>>): Promise<Result<T>>
  /** Open, and nobody else writes. `make`: also where there is no vault yet. */
  writing<T>(make: boolean, job: () => Promise<Result<T>>): Promise<Result<T>>
}

export function createShelf<R>(records: Records<R>, { reading, whenOpen, writing }: Turns): Shelf<R> {
  return {
    async list() {
      const { records: all, damaged } = await reading(() => records.list())
      return { records: all, damaged: damaged.map(damageLine) }
    },
    find: (id) => reading(() => records.find(id)),
    add: (id, record, secrets) => writing(true, () => records.add(id, record, secrets)),
    async change(id, change, secrets) {
      const changed = await writing(false, async () => ok(await records.change(id, change, secrets)))
      // A refusal is worth a search: what is not there is not there, locked or not.
      if (!changed.ok) return (await reading(() => records.find(id))) === undefined ? undefined : changed
      return changed.value
    },
    secret: (id, field) => whenOpen(() => records.secret(id, field)),
    async remove(id) {
      const removed = await writing(false, async () => ok(await records.remove(id)))
      return removed.ok && removed.value
    },
  }
}
