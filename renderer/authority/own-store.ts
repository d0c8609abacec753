import { create } from 'zustand'
import type { AuthorityDetail, AuthoritySummary } from '../../shared/calls/authority.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'

type OwnState = {
  /** `null` until the first answer is in. */
  authorities: AuthoritySummary[] | null
  damaged: string[]
  problem: Problem | null
  /** The one that is open, as far as it was read. */
  detail: AuthorityDetail | null
}

/** Authorities of one’s own: the list that every view of the room shares. */
export const useOwn = create<OwnState>(() => ({ authorities: null, damaged: [], problem: null, detail: null }))

export async function readOwn(): Promise<void> {
  const list = await desk.listAuthorities({})
  if (!list.ok) return useOwn.setState({ authorities: [], damaged: [], problem: list.problem, detail: null })
  useOwn.setState({ ...list.value, problem: null })
  // What was asked for last, which may still be under way: a list that comes late must not bring back the one before.
  if (wanted !== null && list.value.authorities.some(({ handle }) => handle === wanted)) return openOwn(wanted)
  wanted = null
  useOwn.setState({ detail: null })
}

let wanted: string | null = null

export async function openOwn(authority: string): Promise<void> {
  wanted = authority
  const read = await desk.readAuthority({ authority })
  if (read.ok && wanted === authority) useOwn.setState({ detail: read.value })
}

/** Keeps the room’s list true while it is on show. */
export function watchOwn(): () => void {
  void readOwn()
  return desk.onNews((news) => {
    if (news.kind === 'authorities-changed' || news.kind === 'vault-changed') void readOwn()
  })
}
