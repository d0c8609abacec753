import type { renewalCalls } from '../../../shared/calls/renewal.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { eraseIdentities, listBin, removeIdentities, restoreIdentities } from './bin.ts'
import { exportIdentities } from './export-identities.ts'
import { finishImport } from './finish-import.ts'
import { noteIdentity, tagIdentities } from './label-identities.ts'
import { startImport } from './start-import.ts'
import { tickRenewal } from './tick-renewal.ts'

/** Who answers the calls of `shared/calls/renewal.ts`. */
export const renewalHandlers = (means: Means): Pick<Handlers, keyof typeof renewalCalls> => ({
  tickRenewal: tickRenewal(means),
  noteIdentity: noteIdentity(means),
  tagIdentities: tagIdentities(means),
  removeIdentities: removeIdentities(means),
  listBin: listBin(means),
  restoreIdentities: restoreIdentities(means),
  eraseIdentities: eraseIdentities(means),
  exportIdentities: exportIdentities(means),
  startImport: startImport(means),
  finishImport: finishImport(means),
  closeImport: async () => {
    means.imports.clear()
    return ok({})
  },
})
