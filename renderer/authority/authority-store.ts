import { create } from 'zustand'
import type { Problem } from '../../shared/problems.ts'
import { desk, useDesk } from '../desk.ts'
import { type Authority, authoritiesOf, type KnownCertificate } from './authorities.ts'

export type Screen =
  | { at: 'reading' }
  | { at: 'showing'; authorities: Authority[]; chosen: string | null }
  | { at: 'refused'; problem: Problem }

type AuthorityState = { screen: Screen; read: () => Promise<void>; choose: (key: string) => void }

let reading = 0

async function certificatesOf(pem: string): Promise<KnownCertificate[]> {
  const read = await desk.inspect({ from: 'text', text: pem })
  const objects = read.ok ? (read.value.inspection?.objects ?? []) : []
  return objects.flatMap((one) => (one.kind === 'certificate' && one.pem ? [{ pem: one.pem, facts: one.facts }] : []))
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
    const serverCas = new Map(
      await Promise.all([...pems].map(async (pem) => [pem, await certificatesOf(pem)] as const)),
    )
    if (mine !== reading) return
    if (refused && !refused.ok) return set({ screen: { at: 'refused', problem: refused.problem } })
    const authorities = authoritiesOf({ details, serverCas, practice })
    const { screen } = get()
    const before = screen.at === 'showing' ? screen.chosen : null
    const chosen = authorities.some((one) => one.key === before) ? before : (authorities[0]?.key ?? null)
    set({ screen: { at: 'showing', authorities, chosen } })
  },

  choose: (key) => {
    const { screen } = get()
    if (screen.at === 'showing') set({ screen: { ...screen, chosen: key } })
  },
}))
