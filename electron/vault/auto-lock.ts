import type { Settings } from '../../shared/settings.ts'
import type { VaultState } from '../../shared/vault/state.ts'

/** What Electron's powerMonitor tells of the computer. */
export type PowerMonitor = {
  getSystemIdleTime(): number
  on(event: 'lock-screen' | 'suspend', listener: () => void): unknown
  off(event: 'lock-screen' | 'suspend', listener: () => void): unknown
}

export type AutoLockWith = {
  power: PowerMonitor
  settings(): Settings['lock']
  state(): Promise<VaultState>
  lock(why: string): Promise<unknown>
  /** Something that its user left running on purpose needs the vault: a webhook listener. */
  isBusy(): boolean
}

const lookEveryMs = 10_000

/**
 * Locks the vault when nobody sits there: after minutes without keyboard and mouse, when the screen is locked, before
 * the computer sleeps. Only where a passphrase opens it again: what the keychain opens by itself a moment later is not
 * locked. Unlocking the screen unlocks nothing here.
 */
export function createAutoLock({ power, settings, state, lock, isBusy }: AutoLockWith) {
  let timer: NodeJS.Timeout | undefined
  let onFault: (fault: unknown) => void = () => {}

  async function lockFor(why: string): Promise<boolean> {
    const now = await state()
    if (now.state !== 'open' || !now.ways.includes('passphrase')) return false
    await lock(why)
    return true
  }

  async function look(): Promise<boolean> {
    const { idleMinutes } = settings()
    if (idleMinutes === 0 || power.getSystemIdleTime() < idleMinutes * 60 || isBusy()) return false
    return lockFor(`${idleMinutes} ${idleMinutes === 1 ? 'minute' : 'minutes'} without keyboard or mouse`)
  }

  const onScreenLock = () => void (settings().onScreenLock && lockFor('the screen was locked').catch(onFault))
  const onSuspend = () => void (settings().onSuspend && lockFor('the computer went to sleep').catch(onFault))

  return {
    look,
    start(tell: (fault: unknown) => void) {
      onFault = tell
      timer = setInterval(() => void look().catch(tell), lookEveryMs)
      power.on('lock-screen', onScreenLock)
      power.on('suspend', onSuspend)
    },
    stop() {
      clearInterval(timer)
      power.off('lock-screen', onScreenLock)
      power.off('suspend', onSuspend)
    },
  }
}
