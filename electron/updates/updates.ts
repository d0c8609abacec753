import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { faultOf } from '../../shared/policy/policy-state.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { UpdateOffer, UpdateStage, UpdatesState } from '../../shared/updates/updates.ts'
import type { LoadedPolicy } from '../policy/load-policy.ts'
import type { HttpProxy } from '../tls/proxy-address.ts'
import { UpdateFault } from './fault.ts'
import type { LastCheck } from './last-check.ts'
import type { Library, UpdaterApp } from './library.ts'
import { refusalOf } from './refusal.ts'
import type { Installed } from './update-build.ts'

export type UpdatesWith = {
  installed: Installed
  policy: LoadedPolicy
  app: UpdaterApp
  lastCheck: LastCheck
  wayTo(url: string): Promise<HttpProxy | null>
  now(): Date
  tell(state: UpdatesState): void
  /** Resolves when nothing is being written: only then the app may be replaced. */
  settle(): Promise<void>
  platform?: NodeJS.Platform
  silentMs?: number
  restartAs?(file: string): Promise<void>
}

const usualSilentMs = 30_000
const dayMs = 24 * 60 * 60_000

export type Updates = ReturnType<typeof createUpdates>

/** Looks for, downloads and installs the next version, each step only when a person says so. */
export function createUpdates(given: UpdatesWith) {
  const { installed, policy } = given
  let stage: UpdateStage = { at: 'idle' }
  let library: Promise<Library> | undefined
  let stop: () => void = () => {}

  const feed = installed.from === 'feed' ? (policy.policy.updates?.feed ?? installed.build.feed) : null
  const off = policy.policy.updates?.enabled === false || faultOf(policy, 'updates') !== undefined
  const host = feed === null ? '' : new URL(feed).host

  async function state(): Promise<UpdatesState> {
    if (installed.from !== 'feed') return installed
    if (off) return { from: 'off' }
    return { from: 'feed', host, lastChecked: await given.lastCheck.read(), stage }
  }
  async function go(next: UpdateStage): Promise<UpdatesState> {
    stage = next
    const now = await state()
    given.tell(now)
    return now
  }
  async function load(): Promise<Library> {
    const { createLibrary } = await import('./library.ts')
    if (installed.from !== 'feed' || feed === null) throw new Error('no feed')
    const { build } = installed
    const { app, wayTo, platform = process.platform, silentMs = usualSilentMs } = given
    const restartAs = given.restartAs ?? (await import('./restart.ts')).restartAs
    return createLibrary({ build, feed, app, wayTo, platform, silentMs, restartAs })
  }
  const open = () => {
    library ??= load()
    return library
  }
  const isBusy = () => stage.at === 'checking' || stage.at === 'downloading'
  const offered = (): UpdateOffer | null => ('offer' in stage ? stage.offer : null)

  async function check(): Promise<Result<UpdatesState>> {
    if (installed.from !== 'feed' || off) return refuse({ code: 'update.not-here' })
    if (isBusy()) return refuse({ code: 'update.busy' })
    await go({ at: 'checking' })
    try {
      const offer = await (await open()).check()
      await given.lastCheck.write(given.now().toISOString())
      return ok(await go(offer ? { at: 'offered', offer } : { at: 'current' }))
    } catch (error) {
      await go({ at: 'idle' })
      return refuse(refusalOf(error, host))
    }
  }

  return {
    state,
    check,
    /** At most once a day, and only where the person has agreed to that: the caller asks the settings. */
    async checkIfDue(): Promise<UpdateOffer | null> {
      if (installed.from !== 'feed' || off || isBusy() || offered()) return null
      const last = Date.parse((await given.lastCheck.read()) ?? '')
      const since = given.now().getTime() - last
      // A clock that was set back must not keep it from ever looking again.
      if (since >= 0 && since < dayMs) return null
      await check()
      return offered()
    },
    async download(): Promise<Result<UpdatesState>> {
      if (installed.from !== 'feed' || off) return refuse({ code: 'update.not-here' })
      if (isBusy()) return refuse({ code: 'update.busy' })
      const offer = offered()
      if (!offer) return refuse({ code: 'update.none' })
      let cancelled = false
      const { download, cancel } = await open()
      stop = () => {
        cancelled = true
        cancel()
      }
      await go({ at: 'downloading', offer, received: 0, total: offer.bytes ?? 0 })
      try {
        await download((received, total) => void go({ at: 'downloading', offer, received, total }))
        return ok(await go({ at: 'ready', offer }))
      } catch (error) {
        const now = await go({ at: 'offered', offer })
        return cancelled ? ok(now) : refuse(refusalOf(error, host))
      } finally {
        stop = () => {}
      }
    },
    async cancel(): Promise<UpdatesState> {
      stop()
      return state()
    },
    async install(): Promise<Result<null>> {
      if (stage.at !== 'ready') return refuse({ code: 'update.none' })
      const { install, replaces } = await open()
      // Known before anything is ended or moved.
      const writable =
        replaces === undefined ||
        (await access(replaces, constants.W_OK).then(
          () => true,
          () => false,
        ))
      if (!writable) return refuse({ code: 'update.not-writable', file: replaces ?? '' })
      await given.settle()
      const { offer } = stage
      try {
        if (await install()) return ok(null)
      } catch (error) {
        // It can be downloaded again.
        if (error instanceof UpdateFault) {
          await go({ at: 'offered', offer })
          return refuse(refusalOf(error, host))
        }
        if (typeof (error as NodeJS.ErrnoException).code !== 'string') throw error
      }
      return refuse({ code: 'update.not-writable', file: replaces ?? 'the app' })
    },
  }
}
