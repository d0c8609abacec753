import type { Result } from '../../../shared/result.ts'
import type { VaultState } from '../../../shared/vault/state.ts'
import type { Means } from '../../means.ts'
import { tellVault } from '../tell-vault.ts'
import { lockTokens } from '../tokens/lock-tokens.ts'

/** Locks the vault, and lets go of everything that was opened with it. `why` where nobody pressed a button. */
export async function lockVault(means: Means, why?: string): Promise<Result<VaultState>> {
  const { vault, captures, listening, imports } = means
  // Whoever left the computer left the token in it, and keys out of files, whatever keeps the vault.
  void lockTokens(means)
  means.doorDesk.clear()
  if (!(await vault.state()).ways.includes('passphrase')) return vault.lock(why)
  captures.clear()
  imports.clear()
  // A listener's key, and what webhooks are signed with, go with the vault's keys; those do not wait for it to end.
  const [locked] = await Promise.all([tellVault(means, vault.lock(why)), listening.stop()])
  return locked
}
