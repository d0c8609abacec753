import { create } from 'zustand'
import type { ExpiryItem } from '../../shared/expiry/items.ts'
import type { Problem } from '../../shared/problems.ts'
import { desk } from '../desk.ts'

type ExpiryState = {
  /** Null until the first answer: nothing is shown rather than a wrong empty state. */
  items: ExpiryItem[] | null
  damaged: string[]
  problem: Problem | null
}

export const useExpiry = create<ExpiryState>(() => ({ items: null, damaged: [], problem: null }))

export async function loadExpiring(): Promise<void> {
  const listed = await desk.listExpiring({})
  if (listed.ok) useExpiry.setState({ items: listed.value.items, damaged: listed.value.damaged, problem: null })
  else useExpiry.setState({ items: [], damaged: [], problem: listed.problem })
}

/** Changes come in bunches. */
const restMs = 150
const progress: ReadonlySet<string> = new Set(['work', 'step', 'probe', 'endpoints', 'go'])

/** Loads what expires, and again whenever something changes, until the returned function is called. */
export function followExpiring(): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined
  void loadExpiring()
  const stop = desk.onNews(({ kind }) => {
    if (progress.has(kind)) return
    clearTimeout(soon)
    soon = setTimeout(() => void loadExpiring(), restMs)
  })
  return () => {
    clearTimeout(soon)
    stop()
  }
}
