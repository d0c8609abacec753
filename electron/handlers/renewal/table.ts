import type { renewalCalls } from '../../../shared/calls/renewal.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { eraseIdentities, listBin, removeIdentities, restoreIdentities } from './bin.ts'
import { exportIdentities } from './export-identities.ts'
import { noteIdentity, tagIdentities } from './label-identities.ts'
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
})
