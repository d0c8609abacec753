import { create } from 'zustand'
import type { Problem } from '../../shared/problems.ts'
import { desk, newWork, useDesk } from '../desk.ts'
import { type Authority, authoritiesOf, type KnownCertificate } from './authorities.ts'

export type Screen =
  | { at: 'reading' }
  | { at: 'showing'; authorities: Authority[]; chosen: string | null }
  | { at: 'refused'; problem: Problem }

type AuthorityState = { screen: Screen; read: () => Promise<void>; choose: (key: string | null) => void }

let reading = 0

async function certificatesOf(pem: string): Promise<KnownCertificate[]> {
  const read = await desk.startInspection({ work: newWork('inspect'), source: { from: 'text', text: pem } })
  const found = read.ok ? read.value.inspection : null
  if (!found) return []
  const { inspection, rows } = found
  const opened = await Promise.all(
    rows.filter((row) => row.kind === 'certificate').map((row) => desk.openObject({ inspection, object: row.id })),
  )
  void desk.closeInspection({ inspection })
  return opened.flatMap((one) => {
    if (!one.ok || !one.value.object.pem) return []
    return [{ pem: one.value.object.pem, facts: one.value.object.facts }]
  })
}

export const useAuthority = create<AuthorityState>((set, get) => ({
  screen: { at: 'reading' },

  read: async () => {
    const mine = ++reading
    const { identities, practice } = useDesk.getState()
    const withCertificate = identities.filter((one) => one.notAfter !== undefined)
    const read = await Promise.all(withCertificate.map((one) => desk.readIdentity({ identity: one.handle })))
    const refused = read.find((one) => !one.ok && one.problem.code !== 'vault.no-such-identity')
    const details = read.flatMap((one) => (one.ok ? [one.value] : []))
    const pems = new Set(details.flatMap((one) => one.serverCaPem ?? []))
    for (const pem of practice ? [practice.clientCaPem, practice.serverCaPem] : []) pems.add(pem)
    const serverCas = new Map<string, KnownCertificate[]>()
    // One after the other: few inspections are kept at a time, and one of them may be on show in its room.
    for (const pem of pems) serverCas.set(pem, await certificatesOf(pem))
    if (mine !== reading) return
    if (refused && !refused.ok) return set({ screen: { at: 'refused', problem: refused.problem } })
    const authorities = authoritiesOf({ details, serverCas, practice })
    const { screen } = get()
    const before = screen.at === 'showing' ? screen.chosen : null
    const chosen = authorities.some((one) => one.key === before) ? before : null
    set({ screen: { at: 'showing', authorities, chosen } })
  },

  choose: (key) => {
    const { screen } = get()
    if (screen.at === 'showing') set({ screen: { ...screen, chosen: key } })
  },
}))
