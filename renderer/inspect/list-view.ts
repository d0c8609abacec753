import { create } from 'zustand'
import type { Order } from './row-order.ts'
import type { Grouping } from './tree-nodes.ts'

/** How lists are laid out: chosen once, kept from one drop to the next. */
export const useListView = create<{ grouping: Grouping; order: Order }>(() => ({ grouping: 'files', order: 'found' }))

export const groupingWords: Record<Grouping, string> = {
  files: 'Files, chains within',
  chains: 'Who issued whom',
  list: 'Nothing: one list',
}
