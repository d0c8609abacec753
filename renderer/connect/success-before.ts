import type { AttemptLine } from '../../shared/tls/kept-attempts.ts'

/**
 * What a failed attempt is best compared with: the last success before it, else the first one after. Nothing for an
 * attempt that worked. `lines` is newest first.
 */
export function successBefore(lines: readonly AttemptLine[], attempt: string): AttemptLine | undefined {
  const at = lines.findIndex(({ id }) => id === attempt)
  if (at < 0 || lines[at]?.outcome === 'accepted') return undefined
  const worked = ({ outcome }: AttemptLine) => outcome === 'accepted'
  return lines.slice(at + 1).find(worked) ?? lines.slice(0, at).findLast(worked)
}
