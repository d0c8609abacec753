/**
 * Tells when the clock was set, or the computer has slept: wall time and the time that runs by itself then drift apart.
 * Timers alone would find out up to an hour later.
 */
export function watchClock(changed: () => void, wall = () => Date.now(), steady = () => performance.now()) {
  const everyMs = 20_000
  const toleranceMs = 5_000
  let apart = wall() - steady()
  const look = () => {
    const now = wall() - steady()
    if (Math.abs(now - apart) > toleranceMs) changed()
    apart = now
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}
