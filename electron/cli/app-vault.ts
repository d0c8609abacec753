import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { type BinnedVault, withBin } from '../vault/bin.ts'
import type { Keychain } from '../vault/keychain.ts'
import { createVault } from '../vault/vault.ts'
import { appFolder } from './app-folder.ts'
import type { Arguments, Option } from './args.ts'
import type { Io } from './io.ts'
import { passphrasesGiven, withPassphrases } from './passphrase.ts'

export const dataOption: Option = { takes: 'DIR', says: 'the app’s folder, where it is not the usual one' }

/** A command line on plain Node reaches no keychain: Electron’s main process does, and brings its own. */
export const noKeychain: Keychain = { name: () => null, seal: () => '', unseal: () => null }

export type AppVault = { folder: string; vault: BinnedVault }

/**
 * The app’s vault, opened by the keychain where this process reaches one, or by its passphrase. `readOnly` to look
 * only: then not even what is damaged is set aside.
 */
export async function openAppVault(
  args: Arguments,
  io: Io,
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<Result<AppVault>> {
  const folder = args.one('data') ?? appFolder()
  if (!existsSync(join(folder, 'vault', 'vault.json'))) return refuse({ code: 'vault.none-here', folder })
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const vault = withBin(
    createVault(join(folder, 'vault'), io.keychain ?? noKeychain, { by: 'command-line', now: io.now, readOnly }),
  )
  const { state } = await vault.state()
  if (state === 'open') return ok({ folder, vault })
  if (await keptByKeychainAlone(folder)) return refuse({ code: 'vault.keychain-elsewhere' })
  const opened = await withPassphrases(io, passphrases.value, 'the vault', async (passphrase) => {
    if (passphrase === undefined) return refuse({ code: 'key.passphrase-needed', name: 'the vault' })
    const unlocked = await vault.unlock(passphrase)
    if (unlocked.ok) return ok(null)
    const wrong = unlocked.problem.code === 'vault.passphrase-wrong'
    return wrong ? refuse({ code: 'key.passphrase-wrong', name: 'the vault' }) : unlocked
  })
  return opened.ok ? ok({ folder, vault }) : opened
}

/** The vault as it can be read without opening it: names and dates are public. */
export const lockedAppVault = (folder: string): BinnedVault =>
  withBin(createVault(join(folder, 'vault'), noKeychain, { readOnly: true }))

/** No passphrase opens the vault in this folder. Where there is none, or it cannot be read, opening it says so. */
export async function keptByKeychainAlone(folder: string): Promise<boolean> {
  try {
    const { wraps } = JSON.parse(await readFile(join(folder, 'vault', 'vault.json'), 'utf8')) as {
      wraps: { by: string }[]
    }
    return wraps.every(({ by }) => by === 'keychain')
  } catch {
    return false
  }
}
