import { words } from '../../shared/phrasebook.ts'
import type { ObjectRow } from '../../shared/pki/inspect-calls.ts'
import { isLocked } from '../../shared/pki/locked.ts'
import type { Problem } from '../../shared/problems.ts'

/** In the window a locked object asks for its passphrase, also when the one of its neighbour was just tried on it. */
export function asking<T extends Pick<ObjectRow, 'file' | 'kind' | 'facts' | 'problem'>>(object: T): T {
  if (!isLocked(object)) return object
  const name = object.file === '-' ? 'pasted text' : object.file
  const problem: Problem = { code: 'key.passphrase-needed', name }
  const { title, next } = words(problem)
  return { ...object, problem: { code: problem.code, title, next } }
}
