import type { authorityCalls } from '../../../shared/calls/authority.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { authorityDetailOf, findAuthority, listAuthorities } from './authority-detail.ts'
import { createAuthority } from './create-authority.ts'
import { changeAuthority, removeAuthority, saveAuthority } from './keep-authority.ts'

/** Who answers the calls of `shared/calls/authority.ts`. */
export const authorityHandlers = (means: Means): Pick<Handlers, keyof typeof authorityCalls> => ({
  listAuthorities: async () => ok(await listAuthorities(means)),
  readAuthority: async ({ authority }) => {
    const found = await findAuthority(means, authority)
    return found.ok ? ok(await authorityDetailOf(means, found.value)) : found
  },
  createAuthority: createAuthority(means),
  changeAuthority: changeAuthority(means),
  removeAuthority: removeAuthority(means),
  saveAuthority: saveAuthority(means),
})
