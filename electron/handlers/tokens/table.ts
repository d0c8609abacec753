import type { tokenCalls } from '../../../shared/calls/tokens.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { chooseTokenLibrary } from './choose-token-library.ts'
import { listTokenKeys } from './list-token-keys.ts'

/** Who answers the calls of `shared/calls/tokens.ts`. */
export function tokenHandlers(means: Means): Pick<Handlers, keyof typeof tokenCalls> {
  const { tokens, tokenLibraries } = means
  return {
    listTokenLibraries: async () =>
      ok({ installed: (await tokens()).installed(), libraries: await tokenLibraries.list() }),
    chooseTokenLibrary: chooseTokenLibrary(means),
    forgetTokenLibrary: async ({ library }) => {
      await tokenLibraries.forget(library)
      return ok({})
    },
    listTokens: async ({ library }) => {
      const found = await tokenLibraries.find(library)
      if (!found.ok) return found
      const listed = await (await tokens()).list(found.value.path, true)
      return listed.ok ? ok({ tokens: listed.value }) : listed
    },
    unlockToken: async ({ library, token, pin }) => {
      const found = await tokenLibraries.find(library)
      if (!found.ok) return found
      const unlocked = await (await tokens()).unlock(found.value.path, token, pin)
      const { label: name, serial: id } = token
      if (unlocked.ok) await means.vault.journal.note({ what: 'unlocked', kind: 'token', id, name })
      return unlocked
    },
    lockToken: async ({ library, token }) => {
      const found = await tokenLibraries.find(library)
      return found.ok ? (await tokens()).lock(found.value.path, token) : found
    },
    listTokenKeys: listTokenKeys(means),
  }
}
