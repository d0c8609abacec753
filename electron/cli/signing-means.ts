import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { SigningMeans } from '../authority/signers.ts'
import type { Means } from '../means.ts'
import { createProviders } from '../provider-files.ts'
import { createTokenLibraries } from '../tokens/token-libraries.ts'
import { withBin } from '../vault/bin.ts'
import { createVault } from '../vault/vault.ts'
import { appFolder } from './app-folder.ts'
import { type AppVault, openAppVault } from './app-vault.ts'
import type { Arguments, Option } from './args.ts'
import type { Io } from './io.ts'
import { newPassphrase } from './passphrase.ts'

export type CliSigningMeans = SigningMeans & Pick<Means, 'providers' | 'news'>

/** For authorities that are set to ask before each use of their key. */
export const useKeyOption: Option = {
  says: 'allow the use of a key that is set to ask each time; asked for on a terminal otherwise',
}

/** What authorities are made and used with on the command line: the app’s vault, and the shell in place of dialogs. */
export function signingMeans({ folder, vault }: AppVault, args: Arguments, io: Io): CliSigningMeans {
  const log = { note: io.note, bug: (where: string) => io.note(`a fault in ${where}`) }
  return {
    vault,
    providers: createProviders(join(folder, 'providers'), log),
    now: io.now,
    news: () => {},
    tokens: async () => {
      const [{ createTokens }, { tokenHostHere }] = await Promise.all([
        import('../tokens/tokens.ts'),
        import('../tokens/host-here.ts'),
      ])
      return createTokens(await tokenHostHere())
    },
    tokenLibraries: createTokenLibraries(folder),
    ask: {
      async confirm({ title, detail }) {
        if (args.has('use-key')) return true
        if (!io.interactive) return false
        return (await io.ask(`${title} ${detail} Type yes`)) === 'yes'
      },
    },
  }
}

/** The app’s vault; where there is none, a new one with the passphrase that is given. */
export async function openOrMakeVault(args: Arguments, io: Io): Promise<Result<AppVault>> {
  const folder = args.one('data') ?? appFolder()
  if (existsSync(join(folder, 'vault', 'vault.json'))) return openAppVault(args, io)
  const vault = withBin(
    createVault(join(folder, 'vault'), io.keychain ?? { name: () => null, seal: () => '', unseal: () => null }),
  )
  const passphrase = await newPassphrase(args, io, 'the new vault')
  if (!passphrase.ok) return passphrase
  if (passphrase.value === null) return refuse({ code: 'key.passphrase-needed', name: 'the new vault' })
  const made = await vault.setPassphrase(passphrase.value)
  return made.ok ? ok({ folder, vault }) : made
}
