import { create } from 'zustand'
import type { Filter } from './identity-filter.ts'
import type { Order } from './identity-order.ts'

type ListState = {
  search: string
  order: Order
  filter: Filter
  /** Handles of the rows that are ticked. */
  picked: ReadonlySet<string>
  /** Where a range with Shift begins. */
  anchor: string | null
  setSearch: (search: string) => void
  setOrder: (order: Order) => void
  setFilter: (change: Filter) => void
  clearFilter: () => void
  /** Ticks a row or takes its tick away; with `range` all rows from the last one to it. */
  pick: (handle: string, shown: readonly string[], range: boolean) => void
  pickAll: (shown: readonly string[], on: boolean) => void
}

/** How the list stands: kept while one looks at an identity and comes back. */
export const useList = create<ListState>((set) => ({
  search: '',
  order: { by: 'left', descending: false },
  filter: {},
  picked: new Set(),
  anchor: null,
  setSearch: (search) => set({ search }),
  setOrder: (order) => set({ order }),
  setFilter: (change) => set(({ filter }) => ({ filter: { ...filter, ...change } })),
  clearFilter: () => set({ filter: {}, search: '' }),
  pick: (handle, shown, range) =>
    set(({ picked, anchor }) => {
      const next = new Set(picked)
      const from = range && anchor !== null ? shown.indexOf(anchor) : -1
      const to = shown.indexOf(handle)
      const on = !picked.has(handle)
      const rows = from < 0 ? [handle] : shown.slice(Math.min(from, to), Math.max(from, to) + 1)
      for (const row of rows) {
        if (on || from >= 0) next.add(row)
        else next.delete(row)
      }
      return { picked: next, anchor: handle }
    }),
  pickAll: (shown, on) =>
    set(({ picked }) => {
      const next = new Set(picked)
      for (const handle of shown) {
        if (on) next.add(handle)
        else next.delete(handle)
      }
      return { picked: next, anchor: null }
    }),
}))
