import type { signingCalls } from '../../../shared/calls/signing.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { bringAuthority } from './bring-authority.ts'
import { openRequest } from './open-request.ts'
import { saveHandBack } from './save-hand-back.ts'
import { signingDesk } from './sign-request.ts'

/** Who answers the calls of `shared/calls/signing.ts`. */
export const signingHandlers = (means: Means): Pick<Handlers, keyof typeof signingCalls> => ({
  openRequest: openRequest(means),
  ...signingDesk(means),
  saveHandBack: saveHandBack(means),
  bringAuthority: bringAuthority(means),
})
