import { access } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ok, refuse } from '../../../shared/result.ts'
import { fixtureName, fixtureOf } from '../../../shared/webhooks/fixture.ts'
import { makeFolder, writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { withoutPrivateKeys } from '../clean-attempt.ts'

export const listArrivals =
  ({ arrivals, listening }: Means): Handlers['listArrivals'] =>
  async ({ after, most }) => {
    await listening.settled()
    return ok(await arrivals.page(after, most))
  }

export const readArrival =
  ({ arrivals }: Means): Handlers['readArrival'] =>
  async ({ arrival }) => {
    const found = await arrivals.find(arrival)
    if (!found) return refuse({ code: 'arrival.gone' })
    const headers = found.headers.map(([name, text]): [string, string] => [name, withoutPrivateKeys(text)])
    return ok({ ...found, headers, body: withoutPrivateKeys(found.body) })
  }

export const clearArrivals =
  ({ arrivals, listening, news }: Means): Handlers['clearArrivals'] =>
  async () => {
    await listening.settled()
    await arrivals.clear()
    const { first, last, count } = await arrivals.page(0, 1)
    news({ kind: 'arrivals', first, last, count })
    return ok({})
  }

/** Writes a folder for each arrival into the one that the user names. What was sent may be private: for its owner alone. */
export const saveArrivals =
  ({ arrivals, ask }: Means): Handlers['saveArrivals'] =>
  async ({ arrivals: ids }) => {
    const found = (await Promise.all(ids.map((id) => arrivals.find(id)))).filter((one) => one?.kind === 'request')
    const requests = found.filter((one) => one !== undefined)
    if (requests.length === 0) return refuse({ code: 'arrival.no-request' })
    const folder = await ask.folder({ title: 'Folder for the fixtures', button: 'Save here' })
    if (folder === null) return ok({ saved: null, count: 0 })
    const wanted = requests.map((arrival) => ({ path: join(folder, fixtureName(arrival)), arrival }))
    const existing: string[] = []
    for (const { path } of wanted) if (await isThere(path)) existing.push(path)
    if (existing.length > 0 && !(await ask.mayReplace(existing))) return ok({ saved: null, count: 0 })
    for (const { path, arrival } of wanted) {
      try {
        await makeFolder(path)
      } catch {
        return refuse({ code: 'file.not-writable', name: basename(path) })
      }
      for (const { name, content } of fixtureOf(arrival)) {
        const problem = await writeForUser(join(path, name), content, 0o600)
        if (problem) return refuse(problem)
      }
    }
    return ok({ saved: basename(folder), count: requests.length })
  }

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )
