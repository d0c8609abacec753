import { create } from 'zustand'
import type { IdentityDetail } from '../../shared/identity.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Attempt, ProbeRun, Step, Verdict } from '../../shared/tls/attempt.ts'
import type { AttemptLine, Endpoint } from '../../shared/tls/kept-attempts.ts'
import { beginRun, desk, endRun, newWork, refreshIdentities, useDesk } from '../desk.ts'
import { blanksIn, type CallForm, callOf, emptyForm, formFor } from './call-form.ts'
import { optionsFrom } from './call-options.ts'

export type Screen =
  | { at: 'asking' }
  | { at: 'running'; work: string; steps: Step[]; probes: ProbeRun[]; cancelling: boolean }
  | Answered
  | { at: 'refused'; problem: Problem }

/** `kept` is its name in the history, `old` the line it was opened by when it was not made just now. */
export type Answered = {
  at: 'answered'
  attempt: Attempt
  verdict: Verdict
  form: CallForm
  kept?: string
  captured: boolean
  old?: AttemptLine
}

type ConnectState = {
  screen: Screen
  /** The last test of this endpoint, while an older one is on show. */
  latest: Answered | null
  form: CallForm
  /** The choices of the connection are unfolded. */
  optionsOpen: boolean
  /** The identity chosen in the form, in full. */
  detail: IdentityDetail | null
  change: (change: Partial<CallForm>) => void
  openOptions: (open: boolean) => void
  /**
   * Takes an identity, with its provider's first call in the form; `url` instead of that call's when given, `practice`
   * to send it to the practice provider although another than that signed the certificate.
   */
  takeIdentity: (handle: string | null, to?: { url?: string; practice?: boolean }) => Promise<void>
  /** Reads what is known of the chosen identity again; the form stays as it is. */
  refreshDetail: () => Promise<void>
  forgetBlanks: () => Promise<void>
  send: () => Promise<void>
  cancel: () => Promise<void>
  /** Sends once more, trusting exactly this certificate of the server; afterwards the form trusts as before. */
  trustOnce: (sha256: string) => Promise<void>
  /** Shows an attempt of the history; the form stays as it is. */
  openAttempt: (attempt: string) => Promise<void>
  /** From an attempt of the history back to the last test. */
  backToLatest: () => void
  /** Takes an endpoint of the history into the form, and shows its last attempt. */
  openEndpoint: (endpoint: Endpoint) => Promise<void>
}

const profileOf = (provider: string | null | undefined) =>
  useDesk.getState().providers.find((entry) => entry.profile.id === provider)?.profile

/** The provider whose call is in the form. */
export const useCallProfile = () => {
  const provider = useConnect((state) => state.form.provider)
  return useDesk((state) => state.providers.find((entry) => entry.profile.id === provider)?.profile)
}

let taking = 0

/** What is kept need not stand in the form any longer. */
async function afterKeeping(): Promise<void> {
  await useConnect.getState().refreshDetail()
  useConnect.setState(({ form, detail }) => {
    const open = Object.entries(form.blanks).filter(([id]) => !detail?.remembered.includes(id))
    return { form: { ...form, blanks: Object.fromEntries(open), remember: false } }
  })
}

export const useConnect = create<ConnectState>((set, get) => ({
  screen: { at: 'asking' },
  latest: null,
  form: emptyForm,
  optionsOpen: false,
  detail: null,

  change: (change) => set((now) => ({ form: { ...now.form, ...change } })),

  openOptions: (open) => set({ optionsOpen: open }),

  takeIdentity: async (handle, { url, practice } = {}) => {
    const mine = ++taking
    const read = handle === null ? null : await desk.readIdentity({ identity: handle })
    if (mine !== taking || get().screen.at === 'running') return
    if (read && !read.ok) return set({ screen: { at: 'refused', problem: read.problem } })
    const detail = read?.value ?? null
    // Without an identity the call stays: one tests the same address with and without a certificate.
    const form = detail
      ? formFor(practice ? { ...detail, practice } : detail, profileOf(detail.provider), useDesk.getState().practice)
      : { ...get().form, identity: null }
    set({ detail, form: url === undefined ? form : { ...form, url }, screen: { at: 'asking' }, latest: null })
  },

  refreshDetail: async () => {
    const { identity } = get().form
    if (identity === null) return
    const read = await desk.readIdentity({ identity })
    if (get().form.identity === identity) set({ detail: read.ok ? read.value : null })
  },

  forgetBlanks: async () => {
    const { identity } = get().form
    if (identity === null) return
    const done = await desk.forgetBlanks({ identity })
    if (!done.ok) return set({ screen: { at: 'refused', problem: done.problem } })
    await get().refreshDetail()
  },

  send: async () => {
    const { form, screen } = get()
    if (screen.at === 'running') return
    const work = newWork('test')
    const blanks = blanksIn(form, profileOf(form.provider))
    set({ screen: { at: 'running', work, steps: [], probes: [], cancelling: false }, latest: null })
    beginRun({ work, says: `Testing ${form.url.replace(/^https:\/\//, '').replace(/[/?#].*/, '')}` })
    const stopListening = desk.onNews((news) => {
      const now = get().screen
      if (now.at !== 'running' || now.work !== work) return
      if (news.kind === 'step' && news.work === work) set({ screen: { ...now, steps: [...now.steps, news.step] } })
      if (news.kind === 'probe' && news.work === work) set({ screen: { ...now, probes: news.probes } })
    })
    try {
      const answer = await desk.testConnection(callOf(form, blanks, work, useDesk.getState().settings?.test.timeoutMs))
      if (answer.ok)
        set({ screen: { at: 'answered', ...answer.value, captured: answer.value.kept !== undefined, form } })
      else if (answer.problem.code === 'app.cancelled') set({ screen: { at: 'asking' } })
      else set({ screen: { at: 'refused', problem: answer.problem } })
      if (answer.ok && form.remember) await afterKeeping()
    } finally {
      stopListening()
      endRun(work)
      void refreshIdentities()
    }
  },

  cancel: async () => {
    const { screen } = get()
    if (screen.at !== 'running') return
    set({ screen: { ...screen, cancelling: true } })
    await desk.cancelWork({ work: screen.work })
  },

  trustOnce: async (sha256) => {
    const { trust } = get().form
    get().change({ trust: 'once', trustOnce: sha256 })
    await get().send()
    get().change({ trust: trust === 'once' ? 'system' : trust, trustOnce: '' })
  },

  openAttempt: async (attempt) => {
    const read = await desk.readAttempt({ attempt })
    if (get().screen.at === 'running') return
    if (!read.ok) return set({ screen: { at: 'refused', problem: read.problem } })
    const { line, captured, attempt: facts, verdict } = read.value
    const { screen, latest } = get()
    const before = screen.at === 'answered' ? screen : null
    // It was made with the identity of the test on show, whatever was changed in the form meanwhile.
    const form = before?.form ?? get().form
    const old: Answered = { at: 'answered', attempt: facts, verdict, form, kept: line.id, captured, old: line }
    if (latest?.kept === line.id) return set({ screen: latest })
    set({ screen: old, latest: latest ?? before ?? old })
  },

  backToLatest: () => set(({ latest, screen }) => (latest ? { screen: latest } : { screen })),

  openEndpoint: async ({ id, identity, url, method, trust, options }) => {
    await get().takeIdentity(identity, { url })
    if (get().screen.at === 'running') return
    // What was pasted, or trusted once, is not brought back: one looks at it again.
    const known = trust === 'pem' || trust === 'once' ? get().form.trust : trust
    const chosen = optionsFrom(options)
    set(({ form }) => ({ form: { ...form, method: method as CallForm['method'], trust: known, options: chosen } }))
    const list = await desk.listAttempts({ endpoint: id })
    const [last] = list.ok ? list.value.lines : []
    if (last) await get().openAttempt(last.id)
  },
}))
