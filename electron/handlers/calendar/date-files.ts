import { basename } from 'node:path'
import type { FeedFormat } from '../../../shared/calls/calendar.ts'
import { dateFiles } from '../../../shared/expiry/date-files.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { forOthers } from '../../expiry/feeds.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

const askWhere = ({ ask }: Means, format: FeedFormat, title: string) => {
  const { fileName, extension, says } = dateFiles[format]
  return ask.saveAs({ title, name: fileName, filters: [{ name: says, extensions: [extension] }] })
}

export const saveDates =
  (means: Means): Handlers['saveDates'] =>
  async ({ format, items }) => {
    const path = await askWhere(means, format, 'Save the dates')
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
    const path = await askWhere(means, format, 'Keep the dates up to date in a file')
    return ok({ feeds: path === null ? await means.feeds.list() : await means.feeds.start(format, path) })
  }
