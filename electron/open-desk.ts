import { join } from 'node:path'
import { app, type BrowserWindow, clipboard, ipcMain, nativeTheme, powerMonitor, session, shell } from 'electron'
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
import { createExpiryDesk } from './expiry/expiry-desk.ts'
import { createFeeds } from './expiry/feeds.ts'
import { placeOf } from './expiry/notice-place.ts'
import { createReminderFile } from './expiry/reminder-file.ts'
import { createNotices } from './expiry/show-notice.ts'
import { createTray } from './expiry/tray.ts'
import { createBinKeeper } from './handlers/renewal/bin.ts'
import { createHandlers } from './handlers/table.ts'
import { createAttemptStore } from './history/attempt-store.ts'
import { createCaptures } from './history/captures.ts'
import { createWatch } from './history/watch.ts'
import { createInspections } from './inspections.ts'
import { createDoor } from './ipc.ts'
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
import { createProxies } from './tls/proxies.ts'
import { proxyFromPac } from './tls/proxy-choice.ts'
import { createTokenLibraries } from './tokens/token-libraries.ts'
import type { Tokens } from './tokens/tokens.ts'
import { withBin } from './vault/bin.ts'
import { systemKeychain } from './vault/keychain.ts'
import { createVault } from './vault/vault.ts'
import { createVaultWatch } from './vault-watch.ts'
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

/** Its process starts when something is about to be read; what starts it is loaded while nobody waits. */
const readerAfterMs = 1000

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
  /** The page that listens, once it has asked its first question. */
  let listening: number | undefined
  /** Where a page that is only being opened is to go. */
  let waiting: News | undefined
  const news = createNews((piece: News) => {
    expiry.hear(piece)
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

  const means: Means = {
    vault,
    draft: createDraftFile(userData),
    settings: followAppearance(settings),
    policy,
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

  const show = createNotices((action, notice) => {
    const place = placeOf(action, notice)
    if (!place) return void expiry.act(action, notice).catch((fault) => log.bug('a notification', fault))
    showWindow()
    news(place)
  })
  const expiry = createExpiryDesk({
    means,
    show,
    sign(items, due, moment) {
      app.setBadgeCount(due)
      tray.update(items, moment)
    },
    onFault: (fault) => log.bug('reminders', fault),
  })
  const binKeeper = createBinKeeper(means)
  const watch = createWatch(means, ({ identity, ...said }) =>
    show({ ...said, items: [], actions: [], about: { kind: 'identity', handle: identity } }),
  )

  // Without a listener Electron shows a fault, message and all, in a dialog that stops everything.
  process.on('uncaughtException', (fault) => log.bug('the main process', fault))
  process.on('unhandledRejection', (fault) => log.bug('a promise of the main process', fault))

  const vaultWatch = createVaultWatch(means, vaultFolder, powerMonitor)

  const ask = createDoor(createHandlers(means), log)
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
      expiry.start()
      powerMonitor.on('resume', () => expiry.woke())
      void background.start().catch((fault) => log.bug('the background', fault))
      binKeeper.start((fault) => log.bug('the bin', fault))
      watch.start((fault) => log.bug('the watch over endpoints', fault))
      vaultWatch.start((fault) => log.bug('the watch over the vault', fault))
      setTimeout(() => void means.reader(), readerAfterMs)
      // What a crash left behind of files that were dragged.
      void means.drag.folder.clear().catch((fault) => log.bug('the folder for dragging', fault))
    },
    rememberPlace: settings.rememberPlace,
    /** The user wants reminders while no window is open. */
    staysInBackground: () => settings.read().background,
    async close() {
      expiry.stop()
      tray.close()
      watch.stop()
      binKeeper.stop()
      vaultWatch.stop()
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
