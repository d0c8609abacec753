import type { News, Output } from '../shared/contract.ts'
import type { Ask } from './ask.ts'
import type { DoorDesk } from './door/door-desk.ts'
import type { DoorHosts } from './door/door-hosts.ts'
import type { DraftFile } from './draft-file.ts'
import type { DragFolder } from './drag/drag-folder.ts'
import type { Background } from './expiry/background.ts'
import type { createExpiring } from './expiry/expiring-items.ts'
import type { Feeds } from './expiry/feeds.ts'
import type { ReminderFile } from './expiry/reminder-file.ts'
import type { AttemptStore } from './history/attempt-store.ts'
import type { Captures } from './history/captures.ts'
import type { Inspections } from './inspections.ts'
import type { OpenedFiles } from './opened-files.ts'
import type { PendingImports } from './pending-imports.ts'
import type { LoadedPolicy } from './policy/load-policy.ts'
import type { Practice } from './practice-desk.ts'
import type { PrintWish } from './print-page.ts'
import type { Providers } from './provider-files.ts'
import type { Reader } from './reader-client.ts'
import type { SettingsStore } from './settings-store.ts'
import type { recordedProbe } from './tls/probe.ts'
import type { Proxies } from './tls/proxies.ts'
import type { serverChain } from './tls/server-chain.ts'
import type { TokenLibraries } from './tokens/token-libraries.ts'
import type { Tokens } from './tokens/tokens.ts'
import type { Updates } from './updates/updates.ts'
import type { BinnedVault } from './vault/bin.ts'
import type { Arrivals } from './webhooks/arrivals.ts'
import type { Listening } from './webhooks/listening.ts'
import type { Works } from './works.ts'

/**
 * All that a handler acts with. Handlers import no Electron: what they need of it is here, so the same handlers run in
 * tests on plain Node with other means.
 */
export type Means = {
  vault: BinnedVault
  draft: DraftFile
  settings: SettingsStore
  /** What an organisation decides here. */
  policy: LoadedPolicy
  updates: Updates
  providers: Providers
  practice: Practice
  /** The listener for webhooks, and what has arrived at it. */
  listening: Listening
  arrivals: Arrivals
  /** Hosts whose doors may be checked. */
  doorHosts: DoorHosts
  /** The last reports, and keys that were chosen from files for a check. */
  doorDesk: DoorDesk
  works: Works
  history: AttemptStore
  captures: Captures
  /** Keys that were read from files and wait to be imported. */
  imports: PendingImports
  /** What was dropped, for as long as the page looks at it. */
  inspections: Inspections
  /** Files that the desktop opened with the app, until the page asks for them. */
  openedFiles: OpenedFiles
  /** Made on first use; its process is started when there is something to read. */
  reader(): Promise<Reader>
  probe: typeof recordedProbe
  proxies: Proxies
  /** Everything with an end. */
  expiring: ReturnType<typeof createExpiring>
  reminderFile: ReminderFile
  feeds: Feeds
  background: Background
  serverChain: typeof serverChain
  /** Made on first use; each library is in a process of its own. */
  tokens(): Promise<Tokens>
  tokenLibraries: TokenLibraries
  ask: Ask
  /** Dragging out of the window; `bundles`: the encrypted bundle that each identity's last export wrote. */
  drag: { folder: DragFolder; bundles: Map<string, string>; start(path: string): Promise<void> }
  clipboard: { read(): Promise<string>; write(text: string): Promise<void> }
  /** Prints a static page as PDF, in a hidden window without script; fails when that ends before it is done. */
  print(wish: PrintWish): Promise<Uint8Array>
  /** Opens an https page in the browser. */
  browse(url: string): Promise<void>
  news(news: News): void
  now(): Date
  about(): Promise<Output<'about'>>
}

/** What making an identity takes, and attaching a certificate to it; the command line brings these, too. */
export type MakingMeans = TestingMeans & Pick<Means, 'works' | 'tokens' | 'tokenLibraries'>
export type AttachingMeans = TestingMeans & Pick<Means, 'reader'> & { ask: Pick<Ask, 'files'> }

/** What making a test takes: the command line brings these too. */
export type TestingMeans = Pick<
  Means,
  'vault' | 'providers' | 'practice' | 'settings' | 'proxies' | 'probe' | 'now' | 'news'
>
