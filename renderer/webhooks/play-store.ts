import { create } from 'zustand'
import type { CallTrust, MadeCall } from '../../shared/calls/listener.ts'
import type { Input } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile, ProviderCall } from '../../shared/providers/profile.ts'
import type { Step } from '../../shared/tls/attempt.ts'
import { beginRun, desk, endRun, newWork, useDesk } from '../desk.ts'

type Certificate = Input<'playProvider'>['certificate']

type Screen =
  | { at: 'asking' }
  | { at: 'running'; work: string; steps: Step[] }
  | { at: 'refused'; problem: Problem }
  | { at: 'answered'; made: MadeCall }

export type PlayForm = {
  provider: string
  call: string
  url: string
  certificate: Certificate
  headers: { name: string; value: string }[]
  body: string
  sign: 'kept' | 'secret' | 'none'
  secret: string
  trust: CallTrust
}

type PlayStore = {
  form: PlayForm
  screen: Screen
  change(change: Partial<PlayForm>): void
  /** Fills in the sample of a call. */
  take(profile: Profile, call: ProviderCall): void
  /** Aims at the running listener. */
  aimAtListener(): void
  send(): Promise<void>
  cancel(): Promise<void>
}

/** The ways in which a provider calls, of those that have a webhook to send. */
export const playable = (profile: Profile): ProviderCall[] =>
  profile.callsYou.filter(({ sample }) => sample !== undefined)

const indented = (value: unknown) => JSON.stringify(value, null, 2)

export const usePlay = create<PlayStore>((set, get) => ({
  form: {
    ...{ provider: '', call: '', url: '', headers: [], body: '', sign: 'none', secret: '' },
    certificate: { by: 'practice' },
    trust: { by: 'system' },
  },
  screen: { at: 'asking' },

  change: (change) => set((now) => ({ form: { ...now.form, ...change } })),

  take(profile, call) {
    const { sample, presents } = call
    const before = get().form
    const listener = useDesk.getState().listener
    const path = sample?.path ?? '/'
    const aimed = before.url !== '' && before.provider === profile.id
    const own = listener?.setup.demand
    set({
      screen: { at: 'asking' },
      form: {
        ...before,
        provider: profile.id,
        call: call.id,
        url: aimed ? before.url : listener ? `${listener.url}${path}` : '',
        trust: aimed ? before.trust : { by: listener ? 'listener' : 'system' },
        certificate:
          presents?.by === 'you' && own?.by === 'authority'
            ? { by: 'authority', authority: own.authority }
            : { by: 'practice' },
        headers: sample?.headers ?? [],
        body: sample ? indented(sample.body) : '',
        sign: profile.webhooks?.signature ? 'kept' : 'none',
      },
    })
  },

  aimAtListener() {
    const { listener, providers } = useDesk.getState()
    if (!listener) return
    const { provider, call } = get().form
    const profile = providers.find((entry) => entry.profile.id === provider)?.profile
    const path = profile?.callsYou.find(({ id }) => id === call)?.sample?.path ?? '/'
    get().change({ url: `${listener.url}${path}`, trust: { by: 'listener' } })
  },

  async send() {
    const { form } = get()
    const work = newWork('test')
    set({ screen: { at: 'running', work, steps: [] } })
    beginRun({ work, says: `Calling ${form.url}` })
    const { sign, secret, ...call } = form
    const answer = await desk.playProvider({
      ...call,
      work,
      method: 'POST',
      headers: form.headers.filter(({ name }) => name.trim() !== ''),
      ...(sign === 'kept' && { sign: { with: 'kept' as const } }),
      ...(sign === 'secret' && secret !== '' && { sign: { with: 'secret' as const, secret } }),
    })
    endRun(work)
    const { screen } = get()
    if (screen.at !== 'running' || screen.work !== work) return
    if (answer.ok) set({ screen: { at: 'answered', made: answer.value } })
    else if (answer.problem.code === 'app.cancelled') set({ screen: { at: 'asking' } })
    else set({ screen: { at: 'refused', problem: answer.problem } })
  },

  async cancel() {
    const { screen } = get()
    if (screen.at === 'running') await desk.cancelWork({ work: screen.work })
  },
}))

desk.onNews((news) => {
  if (news.kind !== 'step') return
  const { screen } = usePlay.getState()
  if (screen.at !== 'running' || screen.work !== news.work) return
  usePlay.setState({ screen: { ...screen, steps: [...screen.steps, news.step] } })
})
