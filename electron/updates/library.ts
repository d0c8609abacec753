import { dirname } from 'node:path'
import type { AppUpdater, ProgressInfo } from 'electron-updater'
import type { AppAdapter } from 'electron-updater/out/AppAdapter.js'
import type { UpdateOffer } from '../../shared/updates/updates.ts'
import type { HttpProxy } from '../tls/proxy-address.ts'
import { ownAppImage, replaceAppImage } from './app-image.ts'
import { PlainExecutor } from './executor.ts'
import { offerOf } from './offer.ts'
import { type FeedOptions, SignedFeed } from './signed-feed.ts'
import type { UpdateBuild } from './update-build.ts'

/** What the updater wants to know of the app; tests bring another. */
export type UpdaterApp = Pick<AppAdapter, 'version' | 'name' | 'userDataPath' | 'quit'> &
  Partial<Pick<AppAdapter, 'baseCachePath'>>

export type LibraryWith = {
  build: UpdateBuild
  /** The build's own, or the policy's. */
  feed: string
  app: UpdaterApp
  platform: NodeJS.Platform
  silentMs: number
  wayTo(url: string): Promise<HttpProxy | null>
  /** Once this app has ended. */
  restartAs(file: string): Promise<void>
}

export type Library = {
  /** Null when nothing newer is there. Throws what the network, the feed or its signature is to blame for. */
  check(): Promise<UpdateOffer | null>
  download(onProgress: (received: number, total: number) => void): Promise<void>
  cancel(): void
  /** The file that would be replaced, where that is known before. */
  replaces: string | undefined
  /** Ends the app; false, or a throw, when it goes on as it is. */
  install(): Promise<boolean>
}

type Inner = {
  httpExecutor: PlainExecutor
  stagingUserIdPromise: { value: Promise<string> }
  install(isSilent: boolean, isForceRunAfter: boolean): boolean
}

async function classFor(platform: NodeJS.Platform) {
  if (platform === 'win32') return (await import('electron-updater/out/NsisUpdater.js')).NsisUpdater
  if (platform === 'darwin') return (await import('electron-updater/out/MacUpdater.js')).MacUpdater
  return (await import('electron-updater/out/AppImageUpdater.js')).AppImageUpdater
}

/** electron-updater, told to do nothing by itself. Loaded with the first check that somebody wants. */
export async function createLibrary(given: LibraryWith): Promise<Library> {
  const { build, feed, app } = given
  const [{ CancellationToken }, Updater] = await Promise.all([import('builder-util-runtime'), classFor(given.platform)])
  const executor = new PlainExecutor({ feed: new URL(feed), wayTo: given.wayTo, silentMs: given.silentMs })
  const { getAppCacheDir } = await import('electron-updater/out/AppAdapter.js')
  const adapter: AppAdapter = {
    baseCachePath: getAppCacheDir(),
    ...app,
    isPackaged: true,
    appUpdateConfigPath: build.configFile,
    whenReady: async () => {},
    relaunch: () => {},
    onQuit: () => {},
  }
  const updater: AppUpdater = new Updater(undefined, adapter)
  const inner = updater as unknown as Inner
  inner.httpExecutor = executor
  // Otherwise each computer would name itself to the feed by an id of its own.
  inner.stagingUserIdPromise = { value: Promise.resolve('') }
  updater.logger = null
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.allowPrerelease = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  let largest = 0
  const options: FeedOptions = {
    provider: 'custom',
    url: feed,
    publicKey: build.publicKey,
    mostBytes: (bytes) => {
      largest = bytes
    },
  }
  updater.setFeedURL({ ...options, updateProvider: SignedFeed } as unknown as Parameters<AppUpdater['setFeedURL']>[0])
  // Without a listener an error would be thrown where nobody catches it.
  let failed: Error | undefined
  updater.on('error', (error) => {
    failed = error
  })
  let token = new CancellationToken()
  const appImage = given.platform === 'linux' ? ownAppImage(process.env) : undefined
  let signed: ReadonlySet<string> = new Set()
  let downloaded = ''
  return {
    async check() {
      executor.begin()
      const found = await updater.checkForUpdates()
      signed = new Set(found?.updateInfo.files.map(({ sha512 }) => sha512))
      return found?.isUpdateAvailable ? offerOf(found.updateInfo) : null
    },
    async download(onProgress) {
      token = new CancellationToken()
      executor.begin(largest)
      const hear = ({ transferred, total }: ProgressInfo) => onProgress(transferred, total)
      updater.on('download-progress', hear)
      try {
        const [file = ''] = await updater.downloadUpdate(token)
        downloaded = file
      } finally {
        updater.off('download-progress', hear)
      }
    },
    cancel: () => token.cancel(),
    replaces: appImage === undefined ? undefined : dirname(appImage),
    async install() {
      if (appImage !== undefined) {
        await given.restartAs(await replaceAppImage(downloaded, appImage, signed))
        app.quit()
        return true
      }
      failed = undefined
      // A Mac's own updater ends the app itself. The one of Windows is only told to install: what it does besides needs no more.
      if (!('install' in updater)) {
        updater.quitAndInstall()
        return failed === undefined
      }
      const installed = inner.install(false, true)
      if (installed) app.quit()
      return installed
    },
  }
}
