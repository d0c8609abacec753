import { basename } from 'node:path'
import type { FeedFormat } from '../../../shared/calls/calendar.ts'
import { dateFiles } from '../../../shared/expiry/date-files.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { forOthers } from '../../expiry/feeds.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Null when nobody chose a place; a name that its reader would pass over is refused. */
async function askWhere({ ask }: Means, format: FeedFormat, title: string): Promise<Result<string | null>> {
  const { fileName, extension, says } = dateFiles[format]
  const path = await ask.saveAs({ title, name: fileName, filters: [{ name: says, extensions: [extension] }] })
  if (path !== null && format === 'prometheus' && !path.endsWith('.prom')) {
    return refuse({ code: 'calendar.not-prom', name: basename(path) })
  }
  return ok(path)
}

export const saveDates =
  (means: Means): Handlers['saveDates'] =>
  async ({ format, items }) => {
    const where = await askWhere(means, format, 'Save the dates')
    if (!where.ok) return where
    const path = where.value
    if (path === null) return ok({ saved: null })
    const all = (await means.expiring()).items
    const wanted = items && new Set<string>(items)
    const chosen = wanted ? all.filter(({ id }) => wanted.has(id)) : forOthers(all)
    // Dates and names, no secrets: whoever they are for may read them.
    const problem = await writeForUser(path, dateFiles[format].text(chosen, means.now()), 0o644)
    return problem ? refuse(problem) : ok({ saved: basename(path) })
  }

export const startFeed =
  (means: Means): Handlers['startFeed'] =>
  async ({ format }) => {
    const where = await askWhere(means, format, 'Keep the dates up to date in a file')
    if (!where.ok) return where
    const path = where.value
    return ok({ feeds: path === null ? await means.feeds.list() : await means.feeds.start(format, path) })
  }
