import type { InspectedObject } from '../../shared/pki/facts.ts'
import type { PathRoots, Purpose } from '../../shared/pki/inspect-calls.ts'
import type { Listing } from './listing.ts'

/** What the Trust tab asks: everything as it is typed. `roots` is one of the values below. */
export type TrustQuestion = { purpose: Purpose; host: string; day: string; roots: string }

/** Client unless the certificate is for servers only: most of what is dropped here is for calling somebody. */
export function purposeOf({ facts }: Pick<InspectedObject, 'facts'>): Purpose {
  const uses = facts.extendedKeyUsage
  if (uses?.includes('serverAuth') && !uses.includes('clientAuth')) return 'server'
  return uses && !uses.includes('clientAuth') && !uses.includes('anyExtendedKeyUsage') ? 'any' : 'client'
}

/** Self-signed authorities among the dropped: what `dropped` roots are. */
export const droppedRoots = ({ rows }: Pick<Listing, 'rows'>) =>
  rows.filter((row) => row.kind === 'certificate' && row.facts.selfSigned && !row.problem)

/** Dropped roots where there are some that could vouch for this one, else this computer's. */
export function startQuestion(object: InspectedObject, listing: Listing, today: Date): TrustQuestion {
  const others = droppedRoots(listing).some((row) => row.id !== object.id)
  const host = object.facts.subjectAltNames?.find((name) => /^DNS:[^*]+$/.test(name))?.slice(4) ?? ''
  return {
    purpose: purposeOf(object),
    host,
    day: today.toISOString().slice(0, 10),
    roots: others || object.facts.selfSigned ? 'dropped' : 'system',
  }
}

/** The chosen roots as the call wants them; null while what was chosen is gone. */
export function rootsOf(roots: string, inspection: string): PathRoots | null {
  if (roots === 'system' || roots === 'dropped') return { by: roots }
  const at = roots.indexOf(':')
  const [by, id] = [roots.slice(0, at), roots.slice(at + 1)]
  if (by === 'object') return { by: 'object', object: { of: 'inspection', inspection, object: id } }
  return by === 'identity' ? { by: 'identity', identity: id } : null
}

/** The day asked about as a moment: now for today, noon (UTC) for other days; null while it is half typed. */
export function momentOf(day: string, now: Date): string | null {
  if (day === now.toISOString().slice(0, 10)) return now.toISOString()
  const moment = new Date(`${day}T12:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null
}
