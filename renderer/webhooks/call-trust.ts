import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { CallTrust } from '../../shared/calls/listener.ts'

/** Whom a call believes, as one text of a select: `authority:abc`. */
export const trustValue = (trust: CallTrust): string =>
  trust.by === 'authority' ? `authority:${trust.authority}` : trust.by

export function trustOf(value: string): CallTrust {
  const [by, handle = ''] = value.split(':')
  if (by === 'authority') return { by, authority: handle }
  if (by === 'pem') return { by, pem: '' }
  return { by: by === 'listener' ? 'listener' : 'system' }
}

export const trustChoices = (
  listening: boolean,
  authorities: readonly AuthoritySummary[],
): { value: string; label: string }[] => [
  ...(listening ? [{ value: 'listener', label: 'The listener’s own CA' }] : []),
  { value: 'system', label: 'This computer’s roots' },
  ...authorities.map(({ handle, name }) => ({ value: `authority:${handle}`, label: `Your authority “${name}”` })),
  { value: 'pem', label: 'Another CA, pasted here' },
]
