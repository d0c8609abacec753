import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ask } from '../../electron/ask.ts'
import { createDoorDesk } from '../../electron/door/door-desk.ts'
import { createDoorHosts } from '../../electron/door/door-hosts.ts'
import { createDraftFile } from '../../electron/draft-file.ts'
import { createDragFolder } from '../../electron/drag/drag-folder.ts'
import { createExpiring } from '../../electron/expiry/expiring-items.ts'
import { createFeeds } from '../../electron/expiry/feeds.ts'
import { createReminderFile } from '../../electron/expiry/reminder-file.ts'
import { allWays } from '../../electron/handlers/all-ways.ts'
import { createAttemptStore } from '../../electron/history/attempt-store.ts'
import { createCaptures } from '../../electron/history/captures.ts'
import { createInspections } from '../../electron/inspections.ts'
import { createDoor } from '../../electron/ipc.ts'
import type { Log } from '../../electron/log.ts'
import type { Means } from '../../electron/means.ts'
import { createOpenedFiles } from '../../electron/opened-files.ts'
import { createPendingImports } from '../../electron/pending-imports.ts'
import { governProviders, governProxies, governSettings } from '../../electron/policy/govern.ts'
import { type LoadedPolicy, ungoverned } from '../../electron/policy/load-policy.ts'
import { createPractice } from '../../electron/practice-desk.ts'
import type { PrintWish } from '../../electron/print-page.ts'
import { createProviders } from '../../electron/provider-files.ts'
import { recordedProbe } from '../../electron/tls/probe.ts'
import { createProxies } from '../../electron/tls/proxies.ts'
import { serverChain } from '../../electron/tls/server-chain.ts'
import { tokenChild } from '../../electron/tokens/token-child.ts'
import { createTokenLibraries } from '../../electron/tokens/token-libraries.ts'
import { createTokens } from '../../electron/tokens/tokens.ts'
import { createLastCheck } from '../../electron/updates/last-check.ts'
import { createUpdates } from '../../electron/updates/updates.ts'
import { withBin } from '../../electron/vault/bin.ts'
import { createVault, type Vault } from '../../electron/vault/vault.ts'
import { createArrivals } from '../../electron/webhooks/arrivals.ts'
import { createListening } from '../../electron/webhooks/listening.ts'
import { createWorks } from '../../electron/works.ts'
import { type CallName, contract, type Input, type News, type Output } from '../../shared/contract.ts'
import type { Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import { fakeKeychain } from './fake-keychain.ts'
import { readerHere } from './reader-here.ts'

/** What the user answers in dialogs, and what the app then did outside itself. */
export type Outside = {
  files: string[]
  folder: string | null
  saveAs: string | null
  mayReplace: boolean
  confirm: boolean
  asked: string[]
  copied: string
  /** Files that the system was asked to drag. */
  dragged: string[]
  browsed: string[]
  /** Pages that went to the printer. */
  printed: PrintWish[]
  news: News[]
  logged: string[]
  now: Date
}

/**
 * The app without Electron: real vault, files, providers, practice server and probe in a folder of its own; dialogs,
 * clipboard, browser and clock are the test's. Calls go through the door, so each also tests its schemas.
 */
export function openTestDesk(own: Partial<Omit<Means, 'vault'>> & { vault?: Vault } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'desk-'))
  const policy: LoadedPolicy = own.policy ?? ungoverned()
  const outside: Outside = {
    files: [],
    folder: null,
    saveAs: null,
    mayReplace: false,
    confirm: false,
    asked: [],
    copied: '',
    dragged: [],
    browsed: [],
    printed: [],
    news: [],
    logged: [],
    now: new Date('2026-03-01T12:00:00Z'),
  }
  const log: Log = {
    note: (line) => void outside.logged.push(line),
    bug: (where, thrown) => void outside.logged.push(`${where}: ${thrown instanceof Error ? thrown.stack : thrown}`),
  }
  const asked = <T>(what: string, answer: T) => {
    outside.asked.push(what)
    return Promise.resolve(answer)
  }
  const ask: Ask = {
    files: ({ title }) => asked(title, outside.files),
    folder: ({ title }) => asked(title, outside.folder),
    saveAs: ({ name }) => asked(name, outside.saveAs),
    mayReplace: (paths) => asked(`replace ${paths.length}`, outside.mayReplace),
    confirm: ({ title }) => asked(title, outside.confirm),
  }
  let settings: Settings = {
    appearance: 'system',
    reminders: { enabled: true, days: [30, 14, 7, 1] },
    background: false,
    lock: { idleMinutes: 15, onScreenLock: true, onSuspend: true },
    backups: { daily: true },
    test: { timeoutMs: 5000 },
    updates: { daily: false },
    proxy: { by: 'none' },
    window: { width: 1180, height: 780, maximized: false },
  }
  const now = () => outside.now
  const vault = withBin(own.vault ?? createVault(join(folder, 'vault'), fakeKeychain(), { now }))
  const practice = createPractice(vault, now, (state) =>
    outside.news.push({ kind: 'practice-changed', practice: state }),
  )
  const reader = readerHere()
  const tokens = createTokens(tokenChild())
  const history = createAttemptStore(join(folder, 'history'))
  const reminderFile = createReminderFile(folder)
  const reminders = () => settings.reminders
  const expiring = createExpiring({ vault, history, reminders, marks: reminderFile.read, now })
  const arrivals = createArrivals(join(folder, 'arrivals'))
  const listening = createListening(() => means, arrivals)
  const means: Means = {
    draft: createDraftFile(folder),
    policy,
    settings: governSettings(
      {
        read: () => settings,
        change: async (change) => {
          const given = Object.entries(change).filter(([, value]) => value !== undefined)
          settings = { ...settings, ...Object.fromEntries(given) }
          return settings
        },
        rememberPlace: async () => {},
        settled: async () => {},
      },
      policy,
    ),
    providers: governProviders(createProviders(join(folder, 'providers'), log), policy),
    practice,
    listening,
    arrivals,
    doorHosts: createDoorHosts(folder),
    doorDesk: createDoorDesk(),
    works: createWorks(),
    updates: createUpdates({
      installed: { from: 'not-built-in' },
      policy,
      app: { version: '0.0.0', name: 'test', userDataPath: folder, baseCachePath: folder, quit: () => {} },
      lastCheck: createLastCheck(folder),
      wayTo: async () => null,
      now,
      tell: (updates) => void outside.news.push({ kind: 'updates-changed', updates }),
      settle: async () => {},
    }),
    history,
    reminderFile,
    expiring,
    feeds: createFeeds(folder, async () => (await expiring()).items, now),
    background: {
      state: async () => ({ enabled: settings.background, tray: 'off', startsAtLogin: settings.background }),
      change: async (background) => {
        settings = { ...settings, background }
        return { enabled: background, tray: 'off', startsAtLogin: background }
      },
    },
    captures: createCaptures(),
    imports: createPendingImports(),
    inspections: createInspections(),
    openedFiles: createOpenedFiles(),
    reader: async () => reader,
    serverChain,
    tokens: async () => tokens,
    tokenLibraries: createTokenLibraries(folder),
    probe: recordedProbe,
    proxies: governProxies(
      createProxies(async () => null),
      policy,
    ),
    ask,
    drag: {
      folder: createDragFolder(join(folder, 'dragged')),
      bundles: new Map(),
      start: async (path) => void outside.dragged.push(path),
    },
    clipboard: {
      read: async () => outside.copied,
      write: async (text) => {
        outside.copied = text
      },
    },
    print: async (wish) => {
      outside.printed.push(wish)
      return new TextEncoder().encode('%PDF-')
    },
    browse: async (url) => void outside.browsed.push(url),
    news: (piece) => void outside.news.push(piece),
    now,
    about: async () => ({ version: '', electron: '', chromium: '', node: '', platform: '', licences: [] }),
    ...own,
    vault,
  }
  const ways = allWays(means)
  const door = createDoor((name) => ways.get(name), log)
  const page = { url: 'app://countersign/index.html', parent: null }
  const call = <N extends CallName>(name: N, input: Input<N>) => door(page, name, input) as Promise<Result<Output<N>>>
  return { call, means, outside, folder, calls: Object.keys(contract) as CallName[] }
}

export type TestDesk = ReturnType<typeof openTestDesk>

/** The value of an answer that has to be one. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problem)}`)
  return result.value
}

/** The code of a refusal that has to be one. */
export function codeOf(result: Result<unknown>): string {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value).slice(0, 300)}`)
  return result.problem.code
}
