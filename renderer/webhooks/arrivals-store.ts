import { create } from 'zustand'
import type { Problem } from '../../shared/problems.ts'
import type { Arrival, ArrivalRow } from '../../shared/webhooks/arrival.ts'
import { desk } from '../desk.ts'
import { say } from '../parts/say.ts'

/** A reply holds this many rows; a long list comes in several. */
const rowsAReply = 1000

type ArrivalsStore = {
  /** Oldest first. */
  rows: ArrivalRow[]
  loaded: boolean
  opened: number | null
  detail: Arrival | null
  problem: Problem | null
  refresh(): Promise<void>
  openArrival(id: number | null): Promise<void>
  clear(): Promise<void>
  save(ids: number[]): Promise<void>
}

let fetching: Promise<void> | null = null
let again = false

/** What has arrived, as the page has it: told of by news, then asked for. */
export const useArrivals = create<ArrivalsStore>((set, get) => ({
  rows: [],
  loaded: false,
  opened: null,
  detail: null,
  problem: null,

  refresh() {
    again = true
    fetching ??= (async () => {
      while (again) {
        again = false
        await fetchAll(get, set)
      }
    })().finally(() => {
      fetching = null
    })
    return fetching
  },

  async openArrival(id) {
    set({ opened: id, problem: null })
    if (id === null) return set({ detail: null })
    const read = await desk.readArrival({ arrival: id })
    if (get().opened !== id) return
    set(read.ok ? { detail: read.value } : { detail: null, problem: read.problem })
  },

  async clear() {
    const cleared = await desk.clearArrivals({})
    if (!cleared.ok) return set({ problem: cleared.problem })
    set({ rows: [], opened: null, detail: null })
    say('Arrivals cleared')
  },

  async save(ids) {
    set({ problem: null })
    const saved = await desk.saveArrivals({ arrivals: ids })
    if (!saved.ok) return set({ problem: saved.problem })
    const { count, saved: folder } = saved.value
    if (folder !== null) say(`${count} ${count === 1 ? 'fixture' : 'fixtures'} saved in ${folder}`)
  },
}))

type Get = () => ArrivalsStore
type Set = (change: Partial<ArrivalsStore>) => void

async function fetchAll(get: Get, set: Set): Promise<void> {
  for (let more = true; more; ) {
    const after = get().rows.at(-1)?.id ?? 0
    const page = await desk.listArrivals({ after, most: rowsAReply })
    if (!page.ok) return set({ problem: page.problem, loaded: true })
    const { rows, first, count } = page.value
    const { rows: kept, opened } = get()
    if (opened !== null && (count === 0 || opened < first)) set({ opened: null, detail: null })
    const oldest = kept.findIndex(({ id }) => id >= first)
    const still = count === 0 || oldest < 0 ? [] : oldest === 0 ? kept : kept.slice(oldest)
    if (rows.length > 0 || still.length !== kept.length || !get().loaded) {
      set({ rows: rows.length > 0 ? [...still, ...rows] : still, loaded: true })
    }
    more = page.value.more
  }
}

desk.onNews((news) => {
  if (news.kind === 'arrivals') void useArrivals.getState().refresh()
})
