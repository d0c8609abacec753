import type { Result } from '../../shared/result.ts'
import type { VaultState } from '../../shared/vault/state.ts'
import type { Means } from '../means.ts'

/** A change of the vault's state goes to whoever shows it, not only to who asked. */
export async function tellVault({ news }: Means, change: Promise<Result<VaultState>>): Promise<Result<VaultState>> {
  const changed = await change
  if (changed.ok) news({ kind: 'vault-changed', vault: changed.value })
  return changed
}
