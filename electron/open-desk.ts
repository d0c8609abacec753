import { join } from 'node:path'
import { app, type BrowserWindow, clipboard, ipcMain, nativeTheme, session, shell } from 'electron'
import { firstCalls } from '../shared/calls/first.ts'
import type { News } from '../shared/contract.ts'
import { checkSignaturesBy } from '../shared/pki/verify.ts'
import { createAsk } from './ask.ts'
import { newsChannel } from './channels.ts'
import { createClock } from './clock.ts'
import { createDoorDesk } from './door/door-desk.ts'
import { createDoorHosts } from './door/door-hosts.ts'
import { createDraftFile } from './draft-file.ts'
import { createDragFolder } from './drag/drag-folder.ts'
import { createBackground } from './expiry/background.ts'
import { createExpiring } from './expiry/expiring-items.ts'
import { createFeeds } from './expiry/feeds.ts'
import { createReminderFile } from './expiry/reminder-file.ts'
import { createTray } from './expiry/tray.ts'
import { firstHandlers } from './handlers/first-table.ts'
import { createAttemptStore } from './history/attempt-store.ts'
import { createCaptures } from './history/captures.ts'
import { createInspections } from './inspections.ts'
import { createDoor, type Ways, waysOf } from './ipc.ts'
import { readLicences } from './licences.ts'
import { createLog } from './log.ts'
import type { Means } from './means.ts'
import type { Room } from './menu.ts'
import { createNews } from './news.ts'
import { nodeVerifies } from './node-signatures.ts'
import { createOpenedFiles } from './opened-files.ts'
import { createPendingImports } from './pending-imports.ts'
import { governProviders, governProxies, governSettings } from './policy/govern.ts'
import { enforce } from './policy/in-force.ts'
import { loadPolicy } from './policy/load-policy.ts'
import { createPractice } from './practice-desk.ts'
import { createProviders } from './provider-files.ts'
import type { Reader } from './reader-client.ts'
import { createSettingsStore, type SettingsStore } from './settings-store.ts'
import type { StandingWork } from './standing-work.ts'
import { tidyMemory } from './tidy-memory.ts'
import { createProxies } from './tls/proxies.ts'
import { proxyFromPac } from './tls/proxy-choice.ts'
import { createTokenLibraries } from './tokens/token-libraries.ts'
import type { Tokens } from './tokens/tokens.ts'
import { createLastCheck } from './updates/last-check.ts'
import { howInstalled } from './updates/update-build.ts'
import { createUpdates } from './updates/updates.ts'
import { withBin } from './vault/bin.ts'
import { systemKeychain } from './vault/keychain.ts'
import { createVault } from './vault/vault.ts'
import { createArrivals } from './webhooks/arrivals.ts'
import { createListening } from './webhooks/listening.ts'
import { builtFile } from './window.ts'
import { createWorks } from './works.ts'

type DeskWith = {
  userData: string
  window(): BrowserWindow | undefined
  /** Makes one where there is none. */
  showWindow(): void
}

/** The first room is drawn by then, and whoever is quicker than this does not wait for it. */
const standingWorkAfterMs = 300

/** Its process starts when something is about to be read; what starts it is loaded while nobody waits. */
const readerAfterMs = 1000

/** Everything that is loaded ahead is there by then. */
const tidyAfterMs = 4000

async function loadReader(): Promise<Reader> {
  const [{ createReader }, { readerProcess }] = await Promise.all([
    import('./reader-client.ts'),
    import('./reader-process.ts'),
  ])
  return createReader(readerProcess(builtFile('main', 'reader.js')))
}

async function loadTokens(): Promise<Tokens> {
  const [{ createTokens }, { tokenProcess }] = await Promise.all([
    import('./tokens/tokens.ts'),
    import('./tokens/token-process.ts'),
  ])
  return createTokens(tokenProcess(builtFile('main', 'token-worker.js')))
}

/** Puts together what answers the page: the means that handlers act with, their table, the door before them. */
export function openDesk({ userData, window, showWindow }: DeskWith) {
  checkSignaturesBy(nodeVerifies)
  const policy = enforce(loadPolicy())
  const kept = createSettingsStore(userData, (channel) => ipcMain.removeAllListeners(channel))
  const settings = governSettings(kept, policy)
  const log = createLog(join(userData, 'logs'), app.isPackaged ? undefined : (line) => console.error(line))
  let standing: StandingWork | undefined
  let closed = false
  /** The page that listens, once it has asked its first question. */
  let listening: number | undefined
  /** Where a page that is only being opened is to go. */
  let waiting: News | undefined
  const news = createNews((piece: News) => {
    standing?.hear(piece)
    const open = window()
    const there = open && !open.isDestroyed() ? open.webContents : undefined
    if (piece.kind === 'go' && there?.id !== listening) waiting = piece
    else there?.send(newsChannel, piece)
  }, log)
  const now = createClock(app.isPackaged ? undefined : process.env.COUNTERSIGN_NOW)
  const vaultFolder = join(userData, 'vault')
  const vault = withBin(createVault(vaultFolder, systemKeychain, { now }))
  const practice = createPractice(vault, now, (state) => news({ kind: 'practice-changed', practice: state }))
  let reader: Promise<Reader> | undefined
  let tokens: Promise<Tokens> | undefined
  const history = createAttemptStore(join(userData, 'history'))
  const reminderFile = createReminderFile(userData)
  const expiring = createExpiring({
    vault,
    history,
    reminders: () => settings.read().reminders,
    marks: reminderFile.read,
    now,
  })
  const tray = createTray({
    open(item) {
      showWindow()
      news({ kind: 'go', to: 'calendar', ...(item !== undefined && { item }) })
    },
    quit: () => app.quit(),
  })
  const background = createBackground(settings, tray.set)

  const arrivals = createArrivals(join(userData, 'arrivals'))
  const webhooks = createListening(() => means, arrivals)

  // While developing, a folder can stand for what a release brings along.
  const trial = app.isPackaged ? undefined : process.env.COUNTERSIGN_UPDATES
  const updates = createUpdates({
    installed: howInstalled({
      platform: process.platform,
      env: process.env,
      resources: trial ?? process.resourcesPath,
      appFolder: trial ?? app.getAppPath(),
      packed: app.isPackaged || trial !== undefined,
    }),
    policy,
    app: { version: app.getVersion(), name: app.getName(), userDataPath: userData, quit: () => app.quit() },
    lastCheck: createLastCheck(userData),
    wayTo: (url) => means.proxies.wayTo(url, settings.read().proxy),
    now,
    tell: (state) => news({ kind: 'updates-changed', updates: state }),
    // Both serve one after the other: what was asked before is written when they answer.
    settle: async () => void (await Promise.all([vault.state(), settings.settled()])),
  })

  const means: Means = {
    vault,
    draft: createDraftFile(userData),
    settings: followAppearance(settings),
    policy,
    updates,
    providers: governProviders(createProviders(join(userData, 'providers'), log), policy),
    practice,
    listening: webhooks,
    arrivals,
    doorHosts: createDoorHosts(userData),
    doorDesk: createDoorDesk(),
    works: createWorks(),
    history,
    expiring,
    reminderFile,
    feeds: createFeeds(userData, async () => (await expiring()).items, now),
    background,
    captures: createCaptures(),
    imports: createPendingImports(),
    inspections: createInspections(),
    openedFiles: createOpenedFiles(),
    reader: () => {
      reader ??= loadReader()
      return reader
    },
    tokens: () => {
      tokens ??= loadTokens()
      return tokens
    },
    tokenLibraries: createTokenLibraries(userData),
    serverChain: async (...asked) => (await import('./tls/server-chain.ts')).serverChain(...asked),
    probe: async (options) => (await import('./tls/probe.ts')).recordedProbe(options),
    proxies: governProxies(createProxies(systemProxy), policy),
    ask: createAsk(window),
    drag: {
      folder: createDragFolder(join(userData, 'dragged')),
      bundles: new Map(),
      start: async (path) => (await import('./drag/start-drag.ts')).startDrag(window(), path),
    },
    print: async (wish) => (await import('./print-page.ts')).printPage(wish),
    // Synchronous in some of Electron's versions, not in others.
    clipboard: { read: async () => clipboard.readText(), write: async (text) => clipboard.writeText(text) },
    browse: (url) => shell.openExternal(url),
    news,
    now,
    about,
  }

  // Without a listener Electron shows a fault, message and all, in a dialog that stops everything.
  process.on('uncaughtException', (fault) => log.bug('the main process', fault))
  process.on('unhandledRejection', (fault) => log.bug('a promise of the main process', fault))

  const first = waysOf(firstCalls, firstHandlers(means))
  let all: Promise<Ways> | undefined
  const others = () => {
    all ??= import('./handlers/all-ways.ts').then(({ allWays }) => allWays(means))
    return all
  }
  const ask = createDoor(async (name) => first.get(name) ?? (await others()).get(name), log)
  return {
    /** Each call of a page. Its first one says that it hears news from now on. */
    door(frame: Parameters<typeof ask>[0], name: unknown, input: unknown) {
      const there = window()?.webContents
      if (name === 'readSettings' && there && there.id !== listening) {
        listening = there.id
        const piece = waiting
        waiting = undefined
        if (piece) setTimeout(() => news(piece))
      }
      return ask(frame, name, input)
    },
    go(to: Room) {
      showWindow()
      news({ kind: 'go', to })
    },
    /** Files that somebody opened with the app. */
    inspect(paths: readonly string[]) {
      showWindow()
      news({ kind: 'go', to: 'opened-files', opened: means.openedFiles.keep(paths) })
    },
    /** What can wait until the window is there. */
    afterStart() {
      void background.start().catch((fault) => log.bug('the background', fault))
      setTimeout(async () => {
        await others()
        const { startStandingWork } = await import('./standing-work.ts')
        if (!closed) standing = startStandingWork({ means, log, vaultFolder, tray, showWindow })
      }, standingWorkAfterMs)
      setTimeout(() => void means.reader(), readerAfterMs)
      setTimeout(tidyMemory, tidyAfterMs)
    },
    rememberPlace: settings.rememberPlace,
    /** The user wants reminders while no window is open. */
    staysInBackground: () => settings.read().background,
    async close() {
      closed = true
      standing?.stop()
      tray.close()
      await Promise.all([practice.stop(), webhooks.stop(), means.drag.folder.clear()])
      await arrivals.close()
      await reader?.then((open) => open.close())
      await tokens?.then((open) => open.lockAll())
      await Promise.all([vault.close(), settings.settled()])
    },
  }
}

export type Desk = ReturnType<typeof openDesk>

/** The window's colours follow the setting at once, the native parts included. */
function followAppearance(settings: SettingsStore): SettingsStore {
  return {
    ...settings,
    async change(change) {
      const changed = await settings.change(change)
      nativeTheme.themeSource = changed.appearance
      return changed
    },
  }
}

/** What Chromium would use: the system's settings, its configuration script, or the environment. */
const systemProxy = async (url: string) => proxyFromPac(await session.defaultSession.resolveProxy(url))

async function about() {
  const { electron = '', chrome = '', node } = process.versions
  const lists = ['main', 'preload', 'renderer'].map((part) => builtFile(part, 'licences.json'))
  return {
    version: app.getVersion(),
    electron,
    chromium: chrome,
    node,
    platform: `${process.platform} ${process.arch}`,
    licences: await readLicences(lists, electron),
  }
}
