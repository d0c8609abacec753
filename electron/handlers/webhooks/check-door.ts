import { refuse } from '../../../shared/result.ts'
import { isLoopback } from '../../../shared/webhooks/setup.ts'
import { checkDoor as check } from '../../door/check-door.ts'
import type { DoorDesk } from '../../door/door-desk.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { trustOf } from '../../webhooks/call-out.ts'
import { hostOf } from './door-host.ts'
import { doorMaterial } from './door-material.ts'

/** Each connection waits no longer than this, however patient the settings are: there are up to twenty of them. */
const longestMs = 10_000

/** Presents to a server, which the user has said to be theirs, what it must refuse. Cancelled, it answers what it has seen. */
export const checkDoor =
  (means: Means, desk: DoorDesk): Handlers['checkDoor'] =>
  async (question) => {
    const host = hostOf(question.url)
    if (!host.ok) return host
    if (!(await means.doorHosts.has(host.value))) return refuse({ code: 'door.not-confirmed', host: host.value })
    const trust = await trustOf(means, question.trust)
    if (!trust.ok) return trust
    return means.works.run(question.work, async (_, commit, enough) => {
      // From here on cancelling ends the check early, and what was seen until then is the answer.
      if (!commit()) return refuse({ code: 'app.cancelled' })
      const material = await doorMaterial(means, desk, question)
      if (!material.ok) return material
      const { url, work } = question
      const settings = means.settings.read()
      const local = isLoopback(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'))
      const report = await check({
        url,
        material: material.value,
        trust: trust.value,
        timeoutMs: Math.min(settings.test.timeoutMs, longestMs),
        proxy: local ? null : await means.proxies.wayTo(url, settings.proxy),
        signal: enough,
        now: means.now,
        probe: async (options) => (await means.probe(options)).attempt,
        onRows: (rows) => means.news({ kind: 'door', work, rows }),
      })
      if (report.ok) desk.keepReport(report.value)
      return report
    })
  }
