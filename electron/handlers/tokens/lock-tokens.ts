import type { Means } from '../../means.ts'

/** Goes with locking the vault: tokens ask for their PIN again, and the page is told. */
export async function lockTokens({ tokens, news }: Pick<Means, 'tokens' | 'news'>): Promise<void> {
  const open = await tokens()
  if (open.lockAll()) news({ kind: 'tokens-changed' })
}
