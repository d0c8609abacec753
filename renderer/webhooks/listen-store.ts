import { create } from 'zustand'
import type { AuthoritySummary } from '../../shared/calls/authority.ts'
import type { Output } from '../../shared/contract.ts'
import type { Problem } from '../../shared/problems.ts'
import { firstSetup, type ListenerSetup, type WebhookAnswer } from '../../shared/webhooks/setup.ts'
import { desk, useDesk } from '../desk.ts'

type ListenForm = {
  setup: ListenerSetup
  hasSecret: boolean
  /** Typed, not kept yet. */
  secret: string
  forgetSecret: boolean
}

type ListenStore = ListenForm & {
  loaded: boolean
  addresses: Output<'readListenerSetup'>['addresses']
  authorities: AuthoritySummary[]
  problem: Problem | null
  busy: boolean
  /** Certificates of the file that was chosen last, for the pin and the CA. */
  chosen: Output<'chooseClientCa'>['chosen']
  open(provider: string): Promise<void>
  /** What there is to choose from; what was filled in stays. */
  refreshChoices(): Promise<void>
  change(change: Partial<ListenerSetup>): void
  set(change: Partial<Pick<ListenForm, 'secret' | 'forgetSecret'>>): void
  chooseCa(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
  /** Tells the listener, once typing rests. */
  answer(answer: WebhookAnswer): Promise<void>
}

let telling: ReturnType<typeof setTimeout> | undefined

/** How webhooks are listened to: the form of the one provider that is on show. */
export const useListen = create<ListenStore>((set, get) => ({
  loaded: false,
  setup: firstSetup('truv'),
  hasSecret: false,
  secret: '',
  forgetSecret: false,
  addresses: [],
  authorities: [],
  problem: null,
  busy: false,
  chosen: null,

  async open(provider) {
    const [read, authorities] = await Promise.all([desk.readListenerSetup({ provider }), desk.listAuthorities({})])
    if (authorities.ok) set({ authorities: authorities.value.authorities })
    if (!read.ok) return set({ problem: read.problem, loaded: true })
    const { setup, hasSecret, addresses } = read.value
    set({
      ...{ setup, hasSecret, addresses, loaded: true, problem: null, chosen: null },
      ...{ secret: '', forgetSecret: false },
    })
  },

  async refreshChoices() {
    const { provider } = get().setup
    const [read, authorities] = await Promise.all([desk.readListenerSetup({ provider }), desk.listAuthorities({})])
    if (authorities.ok) set({ authorities: authorities.value.authorities })
    if (read.ok) set({ addresses: read.value.addresses, hasSecret: read.value.hasSecret })
  },

  change: (change) => set((now) => ({ setup: { ...now.setup, ...change }, problem: null })),
  set: (change) => set({ ...change, problem: null }),

  async chooseCa() {
    const asked = await desk.chooseClientCa({})
    if (!asked.ok) return set({ problem: asked.problem })
    const { chosen } = asked.value
    if (!chosen) return
    const { demand } = get().setup
    set({ chosen, problem: null })
    const first = chosen.certificates.find(({ isCa }) => !isCa) ?? chosen.certificates[0]
    if (demand.by === 'pin' && first) get().change({ demand: { by: 'pin', sha256: first.sha256 } })
    if (demand.by === 'pem') get().change({ demand: { by: 'pem', name: chosen.name, pem: chosen.pem } })
  },

  async start() {
    const { setup, secret, forgetSecret } = get()
    set({ busy: true, problem: null })
    const kept = secret !== '' ? { secret } : forgetSecret ? { secret: null } : {}
    const started = await desk.startListener({ setup, ...kept })
    set({ busy: false })
    if (!started.ok) {
      return set({ problem: started.problem.code === 'listener.network-declined' ? null : started.problem })
    }
    useDesk.setState({ listener: started.value.running })
    const hasSecret = secret !== '' || (get().hasSecret && !forgetSecret)
    set({ secret: '', forgetSecret: false, hasSecret })
  },

  async stop() {
    const stopped = await desk.stopListener({})
    if (stopped.ok) useDesk.setState({ listener: stopped.value.running })
  },

  async answer(answer) {
    get().change({ answer })
    // Not each letter of a body is written to the vault.
    clearTimeout(telling)
    await new Promise((resume) => {
      telling = setTimeout(resume, 300)
    })
    const changed = await desk.changeWebhookAnswer({ provider: get().setup.provider, answer })
    if (!changed.ok) set({ problem: changed.problem })
  },
}))

desk.onNews(async (news) => {
  if (news.kind !== 'authorities-changed' || !useListen.getState().loaded) return
  const authorities = await desk.listAuthorities({})
  if (authorities.ok) useListen.setState({ authorities: authorities.value.authorities })
})

/** What is still to be filled in before it can be started. */
export function missingOf({ setup }: Pick<ListenForm, 'setup'>): string | null {
  const { demand, port } = setup
  if (demand.by === 'pem' && demand.pem === '') return 'Choose the file with the provider’s CA.'
  if (demand.by === 'pin' && !/^[0-9a-f]{64}$/.test(demand.sha256))
    return 'Give the SHA-256 of the certificate, 64 hex digits.'
  if (!(port >= 1 && port <= 65535)) return 'Give a port from 1 to 65535.'
  return null
}
