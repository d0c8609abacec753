import type { Endpoint } from '../../shared/tls/kept-attempts.ts'
import type { Notice } from '../expiry/reminders.ts'
import type { Means } from '../means.ts'
import { testAllAgain } from './test-again.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/**
 * Tests the watched endpoints once a day while the app runs, and tells what has changed: it works no more, it works
 * again, or the server shows another certificate. A locked vault waits for another hour.
 */
export function createWatch(means: Means, show: (notice: Notice) => boolean) {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running = false

  async function check(): Promise<void> {
    if (running || (await means.vault.state()).state !== 'open') return
    running = true
    try {
      const before = (await means.history.endpoints()).filter((one) => one.watched && isDue(one, means.now()))
      if (before.length === 0) return
      const ids = before.map(({ id }) => id)
      await testAllAgain(means, ids, 'watch', stop.signal, () => {})
      const after = new Map((await means.history.endpoints()).map((one) => [one.id, one]))
      for (const one of before) {
        const now = after.get(one.id)
        const notice = now && changeOf(one, now)
        if (notice) show(notice)
      }
      means.news({ kind: 'identities-changed' })
    } finally {
      running = false
    }
  }

  return {
    check,
    start(onFault: (fault: unknown) => void) {
      const run = () => void check().catch(onFault)
      run()
      timer = setInterval(run, hourMs)
    },
    stop() {
      clearInterval(timer)
      stop.abort()
    },
  }
}

/** A test by hand counts too: what was looked at today need not be looked at again. */
const isDue = ({ last }: Endpoint, now: Date) => now.getTime() - Date.parse(last.at) >= dayMs

/** What a notification says of an endpoint between two tests; nothing when it is as it was. */
export function changeOf(before: Endpoint, after: Endpoint): Notice | undefined {
  const where = `${after.identityName ? `“${after.identityName}” at ` : ''}${after.host}`
  const identity = after.identity ?? undefined
  const [worked, works] = [before.last.outcome === 'accepted', after.last.outcome === 'accepted']
  if (worked && !works) return { title: `${where} works no more`, body: after.last.title, identity }
  if (!worked && works) return { title: `${where} works again`, body: after.last.title, identity }
  if (before.serverSha256 && after.serverSha256 && before.serverSha256 !== after.serverSha256) {
    return {
      title: `${after.host} shows another certificate`,
      body: 'Whoever pinned the old one has to take up the new one.',
      identity,
    }
  }
  return undefined
}
