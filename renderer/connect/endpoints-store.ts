import { create } from 'zustand'
import type { Problem } from '../../shared/problems.ts'
import type { Endpoint, EndpointResult } from '../../shared/tls/kept-attempts.ts'
import { beginRun, desk, endRun, newWork } from '../desk.ts'

type EndpointsState = {
  /** `null` until they were read. */
  endpoints: Endpoint[] | null
  problem: Problem | null
  /** A test of all under way: what has come of each so far. */
  running: { work: string; results: Map<string, EndpointResult>; cancelling: boolean } | null
  /** What came of the last test of all, for those that were not tested. */
  notTested: Map<string, string>
  refresh: () => Promise<void>
  testAll: (endpoints: readonly string[]) => Promise<void>
  /** Reads them first: nobody may have looked at them yet. */
  testEvery: () => Promise<void>
  cancel: () => Promise<void>
  watch: (endpoint: string, watched: boolean) => Promise<void>
  forget: (endpoint: string) => Promise<void>
}

const byId = (results: readonly EndpointResult[]) => new Map(results.map((one) => [one.endpoint, one]))

/** Every address that was tested, each with an identity or with none. */
export const useEndpoints = create<EndpointsState>((set, get) => ({
  endpoints: null,
  problem: null,
  running: null,
  notTested: new Map(),

  refresh: async () => {
    const answer = await desk.listEndpoints({})
    set(answer.ok ? { endpoints: answer.value.endpoints, problem: null } : { problem: answer.problem })
  },

  testAll: async (endpoints) => {
    if (get().running || endpoints.length === 0) return
    const work = newWork('test')
    set({ running: { work, results: new Map(), cancelling: false }, notTested: new Map() })
    beginRun({ work, says: `Testing ${endpoints.length} ${endpoints.length === 1 ? 'endpoint' : 'endpoints'}` })
    const stopListening = desk.onNews((news) => {
      const { running } = get()
      if (news.kind === 'endpoints' && news.work === work && running)
        set({ running: { ...running, results: byId(news.results) } })
    })
    try {
      const answer = await desk.testEndpoints({ work, endpoints: [...endpoints] })
      const last = answer.ok ? byId(answer.value.results) : (get().running?.results ?? new Map())
      const left = [...last.values()].filter(({ state }) => state === 'not-tested')
      set({ notTested: new Map(left.map(({ endpoint, says }) => [endpoint, says ?? ''])) })
      if (!answer.ok && answer.problem.code !== 'app.cancelled') set({ problem: answer.problem })
    } finally {
      stopListening()
      endRun(work)
      set({ running: null })
      await get().refresh()
    }
  },

  testEvery: async () => {
    await get().refresh()
    await get().testAll(get().endpoints?.map(({ id }) => id) ?? [])
  },

  cancel: async () => {
    const { running } = get()
    if (!running) return
    set({ running: { ...running, cancelling: true } })
    await desk.cancelWork({ work: running.work })
  },

  watch: async (endpoint, watched) => {
    // A switch that waited for the disk would spring back for a moment.
    set(({ endpoints }) => ({
      endpoints: endpoints?.map((one) => (one.id === endpoint ? { ...one, watched } : one)) ?? null,
    }))
    const answer = await desk.watchEndpoint({ endpoint, watched })
    if (!answer.ok) set({ problem: answer.problem })
    await get().refresh()
  },

  forget: async (endpoint) => {
    const answer = await desk.forgetEndpoint({ endpoint })
    if (!answer.ok) set({ problem: answer.problem })
    await get().refresh()
  },
}))
