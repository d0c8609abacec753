import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import type { SigningMeans } from './signers.ts'

/**
 * Asks before a key is used, where its authority is set so. The question is main's own dialog, so that a page that was
 * taken over cannot answer it.
 */
export async function mayUse(
  { ask }: Pick<SigningMeans, 'ask'>,
  { askEachTime, name }: AuthorityRecord,
  what: string,
): Promise<Result<null>> {
  if (!askEachTime) return ok(null)
  const yes = await ask.confirm({
    title: `Use the key of “${name}”?`,
    detail: `Countersign is about to ${what}. This authority is set to ask before each use of its key.`,
    button: 'Use the key',
  })
  return yes ? ok(null) : refuse({ code: 'authority.use-declined', name })
}
