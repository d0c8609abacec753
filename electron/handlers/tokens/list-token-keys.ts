import { ok } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Keys of a token with who uses them here: identities by the public key, so also after a token was renamed. */
export const listTokenKeys =
  ({ vault, tokens, tokenLibraries }: Means): Handlers['listTokenKeys'] =>
  async ({ library, token }) => {
    const found = await tokenLibraries.find(library)
    if (!found.ok) return found
    const listed = await (await tokens()).keys(found.value.path, token)
    if (!listed.ok) return listed
    const { records } = await vault.identities.list()
    const authorities = (await vault.authorities.list()).records
    const keys = listed.value.map(({ spki, ...key }) => ({
      ...key,
      usedBy: [
        ...records.filter(({ spkiSha256 }) => spkiSha256 === key.spkiSha256).map(({ plan }) => plan.name),
        ...authorities
          .filter(
            ({ keyPlace }) => keyPlace.at === 'token' && keyPlace.keyId === key.keyId && keyPlace.token === token.label,
          )
          .map(({ name }) => name),
      ],
    }))
    return ok({ keys })
  }
