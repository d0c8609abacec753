import { create } from 'zustand'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile, ProviderCall } from '../../shared/providers/profile.ts'
import type { ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { desk, useDesk } from '../desk.ts'
import { firstForm, type Pinned, type ServerForm, wishOf } from './server-form.ts'

type ServerConfigStore = {
  form: ServerForm
  pinned: Pinned | null
  problem: Problem | null
  authorities: AuthoritySummary[]
  change(change: Partial<ServerForm>): void
  open(): Promise<void>
  take(profile: Profile, call: ProviderCall): void
  choosePin(): Promise<void>
  save(): Promise<{ folder: string; files: string[] } | null>
}

/** Ways of calling that bring a certificate: the others need nothing of a server. */
export const calling = (profile: Profile): ProviderCall[] => profile.callsYou.filter(({ presents }) => presents)

export const useServerConfig = create<ServerConfigStore>((set, get) => ({
  form: firstForm,
  ...{ pinned: null, problem: null, authorities: [] },

  change: (change) => set((now) => ({ form: { ...now.form, ...change } })),

  async open() {
    const list = await desk.listAuthorities({})
    if (list.ok) set({ authorities: list.value.authorities })
    if (get().form.provider !== '') return
    const { providers, listener } = useDesk.getState()
    const profiles = providers.map(({ profile }) => profile).filter((one) => calling(one).length > 0)
    const first = profiles.find(({ id }) => id === (listener?.provider ?? 'truv')) ?? profiles[0]
    const call = first && calling(first)[0]
    if (first && call) get().take(first, call)
  },

  take(profile, { id, presents }) {
    const name = presents?.subject.find(({ field }) => field === 'CN')?.value ?? ''
    const theirs = presents?.by === 'provider'
    const [only, ...more] = get().authorities
    get().change({
      provider: profile.id,
      call: id,
      // A name that no page names would lock the provider out.
      pin: theirs && presents?.invented === false && name !== '' ? 'name' : 'none',
      pinName: presents?.invented === false ? name : '',
      // A server does not start with a list that nobody has: few providers publish one.
      checkCrl: !theirs,
      authority: !theirs && only && more.length === 0 ? only.handle : '',
      depth: !theirs && only?.kind === 'root' ? '0' : '1',
      listener: false,
    })
  },

  async choosePin() {
    const answer = await desk.chooseDoorFile({ what: 'certificate' })
    if (!answer.ok) return set({ problem: answer.problem })
    const { chosen } = answer.value
    if (chosen) set({ pinned: chosen, problem: null })
  },

  async save() {
    const { form, pinned } = get()
    const { authority, listener, provider, server } = form
    const answer = await desk.saveServerConfiguration({
      server,
      wish: wishOf(form, pinned, callerOf(form)),
      ...(authority !== '' && { authority }),
      ...(listener && { listener: provider }),
    })
    set({ problem: answer.ok ? null : answer.problem })
    return answer.ok && answer.value.saved !== null ? { folder: answer.value.saved, files: answer.value.files } : null
  },
}))

/** Who calls, for the comments. */
export function callerOf({ provider, call }: ServerForm): ServerWish['caller'] {
  const profile = useDesk.getState().providers.find((entry) => entry.profile.id === provider)?.profile
  const by = profile?.callsYou.find(({ id }) => id === call)?.presents?.by
  return profile && by ? { name: profile.name, presents: by } : undefined
}
