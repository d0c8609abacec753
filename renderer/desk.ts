import { create } from 'zustand'
import type { News } from '../shared/contract.ts'
import type { Desk } from '../shared/desk.ts'
import type { Reminder } from '../shared/expiry/reminders.ts'
import type { IdentitySummary } from '../shared/identity.ts'
import type { PracticeState } from '../shared/practice-state.ts'
import type { Problem } from '../shared/problems.ts'
import type { ProviderEntry } from '../shared/providers/provider-entry.ts'
import type { Settings } from '../shared/settings.ts'
import type { VaultState } from '../shared/vault/state.ts'
import type { ListenerState } from '../shared/webhooks/listener-state.ts'
import { goFromNews } from './frame/go-from-news.ts'

declare global {
  interface Window {
    readonly desk: Desk
  }
}

/** The only way from the page to the rest of the app. */
export const desk: Desk = window.desk

/** A connection test under way, shown in the status line until `endRun`. */
export type Run = { work: string; says: string }

type DeskState = {
  /** False until the first answers are in: show nothing rather than a wrong empty state. */
  loaded: boolean
  vault: VaultState | null
  practice: PracticeState['running']
  listener: ListenerState['running']
  settings: Settings | null
  identities: IdentitySummary[]
  /** Names of records that could not be read. */
  damaged: string[]
  providers: ProviderEntry[]
  reminders: Reminder[]
  /** How far the app’s present moment is from this page’s clock; 0 except while somebody tries another day. */
  clockShiftMs: number
  /** When this page last looked at its clock: one moment for all on it that counts days. */
  lookedAtMs: number
  runs: Run[]
  /** The version that waits to be looked at, downloaded or installed. */
  update: string | null
  /** Why the last list could not be had. */
  problem: Problem | null
}

/** What every room may look at: kept fresh by news from the main process. */
export const useDesk = create<DeskState>(() => ({
  loaded: false,
  vault: null,
  practice: null,
  listener: null,
  settings: null,
  identities: [],
  damaged: [],
  providers: [],
  reminders: [],
  clockShiftMs: 0,
  lookedAtMs: Date.now(),
  runs: [],
  update: null,
  problem: null,
}))

export async function refreshIdentities(): Promise<void> {
  const [list] = await Promise.all([desk.listIdentities({}), refreshReminders()])
  if (list.ok) useDesk.setState({ identities: list.value.identities, damaged: list.value.damaged, problem: null })
  else useDesk.setState({ identities: [], damaged: [], problem: list.problem })
}

export async function refreshReminders(): Promise<void> {
  const due = await desk.listReminders({})
  useDesk.setState({ reminders: due.ok ? due.value.reminders : [], lookedAtMs: Date.now() })
}

const hourMs = 3_600_000

/** What lies between the two clocks for the time that an answer takes is no shift. */
const sameClockMs = 5000

function setClock(now: string): void {
  const shift = Date.parse(now) - Date.now()
  useDesk.setState({ clockShiftMs: Math.abs(shift) < sameClockMs ? 0 : shift })
}

async function refreshClock(): Promise<void> {
  const clock = await desk.readClock({})
  if (clock.ok) setClock(clock.value.now)
}

export async function refreshProviders(): Promise<void> {
  const list = await desk.listProviders({})
  if (list.ok) useDesk.setState({ providers: list.value.providers })
}

/** Names one piece of long work, so that its news can be followed and it can be cancelled. */
export const newWork = (kind: 'create' | 'test' | 'sign' | 'inspect'): string =>
  `${kind}-${crypto.randomUUID().slice(0, 8)}`

/** Shows a running test in the status line; `endRun` takes it away. */
export const beginRun = (run: Run): void => useDesk.setState((now) => ({ runs: [...now.runs, run] }))
export const endRun = (work: string): void =>
  useDesk.setState((now) => ({ runs: now.runs.filter((run) => run.work !== work) }))

function take(news: News): void {
  switch (news.kind) {
    case 'identities-changed':
      void refreshIdentities()
      break
    case 'vault-changed':
      useDesk.setState({ vault: news.vault })
      void refreshIdentities()
      break
    case 'practice-changed':
      useDesk.setState({ practice: news.practice.running })
      break
    case 'listener-changed':
      useDesk.setState({ listener: news.listener.running })
      break
    case 'settings-changed':
      useDesk.setState({ settings: news.settings })
      break
    case 'updates-changed': {
      const { updates } = news
      useDesk.setState({
        update: updates.from === 'feed' && 'offer' in updates.stage ? updates.stage.offer.version : null,
      })
      break
    }
    case 'reminders-changed':
      void refreshReminders()
      break
    case 'clock-changed':
      setClock(news.now)
      void refreshReminders()
      break
    case 'go':
      goFromNews(news)
      break
  }
}

/** Asks for the first state and listens from then on. Called once, at start. */
export function connectDesk(): void {
  desk.onNews(take)
  // What is on show for days must not stay at yesterday.
  setInterval(() => useDesk.setState({ lookedAtMs: Date.now() }), hourMs)
  void (async () => {
    const [settings, vault, practice, listener] = await Promise.all([
      desk.readSettings({}),
      desk.vaultState({}),
      desk.practiceState({}),
      desk.listenerState({}),
      refreshProviders(),
      refreshIdentities(),
      refreshClock(),
    ])
    useDesk.setState({
      loaded: true,
      settings: settings.ok ? settings.value : null,
      vault: vault.ok ? vault.value : null,
      practice: practice.ok ? practice.value.running : null,
      listener: listener.ok ? listener.value.running : null,
    })
  })()
}
