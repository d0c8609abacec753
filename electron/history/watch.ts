import { serverChangeWords } from '../../shared/expiry/server-change.ts'
import type { Endpoint } from '../../shared/tls/kept-attempts.ts'
import type { Notice } from '../expiry/reminders.ts'
import type { Means } from '../means.ts'
import type { EndpointFile } from './endpoint-file.ts'
import { lookAtServers } from './look-at-servers.ts'
import { testAllAgain } from './test-again.ts'

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs

/** A day's tests of more endpoints than this go on an hour later. */
const mostAtATime = 50

type WatchNotice = Pick<Notice, 'title' | 'body'> & { identity?: string }

/**
 * Tests the watched endpoints once a day while the app runs, and tells what has changed: it works no more, it works
 * again, or the server shows another certificate. While the vault is locked only the servers' certificates are looked at,
 * which takes no key.
 */
export function createWatch(means: Means, show: (notice: WatchNotice) => Promise<boolean>) {
  const stop = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let running = false

  async function check(): Promise<void> {
    if (running) return
    running = true
    try {
      const open = (await means.vault.state()).state === 'open'
      const found = open ? await testDue() : await lookAtServers(means, mostAtATime, stop.signal)
      for (const notice of found ?? []) await show(notice)
      if (found) means.news({ kind: 'identities-changed' })
    } finally {
      running = false
    }
  }

  async function testDue(): Promise<WatchNotice[] | null> {
    const due = (await means.history.endpoints()).filter((one) => one.watched && isDue(one, means.now()))
    const before = due.slice(0, mostAtATime)
    if (before.length === 0) return null
    const ids = before.map(({ id }) => id)
    const known = new Map((await means.history.watched()).map((file) => [file.id, file]))
    await testAllAgain(means, ids, 'watch', stop.signal, () => {})
    const after = new Map((await means.history.endpoints()).map((one) => [one.id, one]))
    const files = new Map((await means.history.watched()).map((file) => [file.id, file]))
    return before.flatMap((one) => {
      const now = after.get(one.id)
      return now ? noticesOf(one, now, known.get(one.id), files.get(one.id)) : []
    })
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
const isDue = ({ last }: Endpoint, now: Date) => Math.abs(now.getTime() - Date.parse(last.at)) >= dayMs

type Seen = Pick<EndpointFile, 'server'> | undefined

/** What notifications say of an endpoint between two tests: whether it works, and what its server shows. */
export function noticesOf(before: Endpoint, after: Endpoint, seen: Seen, sees: Seen): WatchNotice[] {
  const where = `${after.identityName ? `“${after.identityName}” at ` : ''}${after.host}`
  const identity = after.identity ?? undefined
  const notices: WatchNotice[] = []
  const [worked, works] = [before.last.outcome === 'accepted', after.last.outcome === 'accepted']
  const stopped = after.last.outcome === 'unproven' ? 'answers otherwise now' : 'works no more'
  if (worked && !works) notices.push({ title: `${where} ${stopped}`, body: after.last.title, identity })
  if (!worked && works) notices.push({ title: `${where} works again`, body: after.last.title, identity })
  const change = sees?.server?.change
  if (change && change.at !== seen?.server?.change?.at) {
    notices.push({ ...serverChangeWords(change, after.host), identity })
  }
  return notices
}
