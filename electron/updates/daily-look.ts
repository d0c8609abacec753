import type { Means } from '../means.ts'

/** Not while the window is still being drawn; then often enough that “once a day” is true on a computer that sleeps. */
const firstMs = 90_000
const everyMs = 60 * 60_000

/** Looks for updates once a day, where the user has switched that on. What it finds waits in the settings to be seen. */
export function createDailyLook({ settings, updates }: Pick<Means, 'settings' | 'updates'>) {
  let timers: NodeJS.Timeout[] = []
  return {
    start(onFault: (fault: unknown) => void) {
      const look = () => {
        if (settings.read().updates.daily) void updates.checkIfDue().catch(onFault)
      }
      timers = [setTimeout(look, firstMs), setInterval(look, everyMs)]
    },
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
