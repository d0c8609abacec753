import type { AttachingMeans, MakingMeans } from '../means.ts'
import type { Reader } from '../reader-client.ts'
import { createTokenLibraries } from '../tokens/token-libraries.ts'
import { createWorks } from '../works.ts'
import type { AppVault } from './app-vault.ts'
import type { Io } from './io.ts'
import { testingMeans } from './testing-means.ts'

/** What the app makes identities with and attaches certificates by, on the command line: files are named, never chosen. */
export function makingMeans(app: AppVault, io: Io, reader: Reader): MakingMeans & AttachingMeans {
  return {
    ...testingMeans(app, io),
    works: createWorks(),
    reader: async () => reader,
    ask: { files: async () => [] },
    tokens: async () => {
      const [{ createTokens }, { tokenHostHere }] = await Promise.all([
        import('../tokens/tokens.ts'),
        import('../tokens/host-here.ts'),
      ])
      return createTokens(await tokenHostHere())
    },
    tokenLibraries: createTokenLibraries(app.folder),
  }
}
