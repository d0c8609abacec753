import type { doorCalls } from '../../../shared/calls/door.ts'
import { doorMarkdown } from '../../../shared/door/report-text.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { listFile } from '../../authority/list-file.ts'
import { keptRevoked, makeRevoked } from '../../door/revoked-on-purpose.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { checkDoor } from './check-door.ts'
import { chooseDoorFile } from './choose-door-file.ts'
import { hostOf } from './door-host.ts'
import { saveServerConfiguration } from './save-server-configuration.ts'

/** Who answers the calls of `shared/calls/door.ts`. */
export function doorHandlers(means: Means): Pick<Handlers, keyof typeof doorCalls> {
  const { doorDesk: desk } = means
  return {
    checkDoor: checkDoor(means, desk),
    confirmDoorHost: async ({ url }) => {
      const host = hostOf(url)
      if (!host.ok) return host
      await means.doorHosts.add(host.value, means.now())
      return ok({ host: host.value })
    },
    chooseDoorFile: chooseDoorFile(means, desk),
    prepareRevoked: async ({ authority, like }) => {
      const made = await makeRevoked(means, authority, like)
      means.news({ kind: 'authorities-changed' })
      if (!made.ok) return made
      const list = await listFile(means, authority)
      if (!list.ok) return list
      const until = made.value.notAfter
      const path = await means.ask.saveAs({
        title: 'Save the new revocation list (CRL) for your server',
        name: 'clients.crl',
        filters: [{ name: 'Revocation list', extensions: ['crl', 'pem'] }],
      })
      const problem = path === null ? null : await writeForUser(path, list.value.pem, 0o644)
      return problem ? refuse(problem) : ok({ saved: path, until })
    },
    preparedRevoked: async () => {
      const kept = await keptRevoked(means)
      return ok({ prepared: kept.map(({ authority, notAfter }) => ({ authority, until: notAfter })) })
    },
    saveDoorReport: async ({ report: id, as }) => {
      const report = desk.report(id)
      if (!report) return refuse({ code: 'door.report-gone' })
      const [ending, name] = as === 'json' ? ['json', 'JSON'] : ['md', 'Markdown']
      const path = await means.ask.saveAs({
        title: 'Save the report',
        name: `door-${new URL(report.url).hostname.replace(/[^a-z0-9.-]/gi, '')}-${report.startedAt.slice(0, 10)}.${ending}`,
        filters: [{ name, extensions: [ending] }],
      })
      if (path === null) return ok({ saved: null })
      const content = as === 'json' ? `${JSON.stringify(report, null, 2)}\n` : doorMarkdown(report)
      const problem = await writeForUser(path, content, 0o644)
      return problem ? refuse(problem) : ok({ saved: path })
    },
    saveServerConfiguration: saveServerConfiguration(means),
  }
}
