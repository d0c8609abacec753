import { app, powerMonitor } from 'electron'
import type { News } from '../shared/contract.ts'
import { createExpiryDesk } from './expiry/expiry-desk.ts'
import { placeOf } from './expiry/notice-place.ts'
import { createNotices } from './expiry/show-notice.ts'
import type { createTray } from './expiry/tray.ts'
import { createBinKeeper } from './handlers/renewal/bin.ts'
import { createWatch } from './history/watch.ts'
import type { Log } from './log.ts'
import type { Means } from './means.ts'
import { createDailyLook } from './updates/daily-look.ts'
import { createVaultWatch } from './vault-watch.ts'

type StandingWorkWith = {
  means: Means
  log: Log
  vaultFolder: string
  tray: ReturnType<typeof createTray>
  showWindow(): void
}

/** What goes on by itself while the app runs: reminders, the watch over endpoints and vault, the bin, dragged files. */
export function startStandingWork({ means, log, vaultFolder, tray, showWindow }: StandingWorkWith) {
  const onFault = (where: string) => (fault: unknown) => log.bug(where, fault)
  const show = createNotices((action, notice) => {
    const place = placeOf(action, notice)
    if (!place) return void expiry.act(action, notice).catch(onFault('a notification'))
    showWindow()
    means.news(place)
  })
  const expiry = createExpiryDesk({
    means,
    show,
    sign(items, due, moment) {
      app.setBadgeCount(due)
      tray.update(items, moment)
    },
    onFault: onFault('reminders'),
  })
  const binKeeper = createBinKeeper(means)
  const watch = createWatch(means, ({ identity, ...said }) =>
    show({ ...said, items: [], actions: [], about: { kind: 'identity', handle: identity } }),
  )
  const vaultWatch = createVaultWatch(means, vaultFolder, powerMonitor)

  const dailyLook = createDailyLook(means)

  expiry.start()
  powerMonitor.on('resume', () => expiry.woke())
  binKeeper.start(onFault('the bin'))
  watch.start(onFault('the watch over endpoints'))
  vaultWatch.start(onFault('the watch over the vault'))
  dailyLook.start(onFault('the look for updates'))
  // What a crash left behind of files that were dragged.
  void means.drag.folder.clear().catch(onFault('the folder for dragging'))

  return {
    hear: (piece: News) => expiry.hear(piece),
    stop() {
      expiry.stop()
      watch.stop()
      binKeeper.stop()
      vaultWatch.stop()
      dailyLook.stop()
    },
  }
}

export type StandingWork = ReturnType<typeof startStandingWork>
