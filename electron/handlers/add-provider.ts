import { ok, refuse } from '../../shared/result.ts'
import { gather, gatherContents } from '../gather.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

const filters = [{ name: 'Provider file', extensions: ['json'] }]

/** A provider of the user's own, from a profile file. A wrong one is refused with the name of the field. */
export const addProvider =
  ({ ask, providers }: Means): Handlers['addProvider'] =>
  async (source) => {
    const paths =
      source.from === 'choose'
        ? await ask.files({ title: 'Provider file', filters, many: false })
        : source.from === 'paths'
          ? source.paths
          : []
    if (source.from === 'choose' && paths.length === 0) return ok({ entry: null })
    const { files, leftOut } =
      source.from === 'contents' ? gatherContents(source.files) : await gather(paths.slice(0, 1))
    const [file] = files
    if (!file) return refuse(leftOut[0]?.problem ?? { code: 'file.not-readable', name: 'provider file' })
    const added = await providers.add(file.file, new TextDecoder().decode(file.bytes))
    return added.ok ? ok({ entry: added.value }) : added
  }
