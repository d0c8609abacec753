import type { DoorReport } from '../../shared/door/door-report.ts'
import type { DoorIdentity } from '../../shared/door/throw-aways.ts'
import type { NamedBytes } from '../gather.ts'

const most = 8

/** What is kept in memory between the calls about doors: the last reports, and keys that were chosen from files. */
export function createDoorDesk() {
  const reports = new Map<string, DoorReport>()
  const identities = new Map<string, DoorIdentity>()
  return {
    keepReport: (report: DoorReport) => keepIn(reports, report.id, report),
    report: (id: string) => reports.get(id),
    keepIdentity: (token: string, identity: DoorIdentity) => keepIn(identities, token, identity),
    identity: (token: string) => identities.get(token),
    /** The files chosen last, to be opened again with their passphrase. */
    chosen: [] as NamedBytes[],
    /** Keys go when the vault is locked; reports hold none. */
    clear() {
      identities.clear()
      for (const { bytes } of this.chosen.splice(0)) bytes.fill(0)
    },
  }
}

export type DoorDesk = ReturnType<typeof createDoorDesk>

/** The oldest goes first. */
function keepIn<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value)
  for (const old of map.keys()) if (map.size > most) map.delete(old)
}
