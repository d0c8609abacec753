import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Only what the user chose in the system's dialog is loaded, and it is kept only if it answers as a library of tokens. */
export const chooseTokenLibrary =
  ({ ask, tokens, tokenLibraries }: Means): Handlers['chooseTokenLibrary'] =>
  async () => {
    const [path] = await ask.files({
      title: 'Library of the token (PKCS #11)',
      filters: [{ name: 'Library', extensions: ['so', 'dll', 'dylib'] }],
      many: false,
    })
    if (path === undefined) return ok({ library: null })
    const tried = await (await tokens()).list(path)
    return tried.ok ? ok({ library: await tokenLibraries.add(path) }) : tried
  }
