import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { InspectionPart, ObjectRef } from '../../shared/pki/inspect-calls.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { desk, newWork } from '../desk.ts'
import type { InspectFrom } from '../place.ts'
import { firstToShow } from './first-to-show.ts'
import { type Listing, noListing, withParts } from './listing.ts'
import { haystackOf } from './row-search.ts'

/** Two objects beside each other, in place of the opened one. */
export type Pair = { a: ObjectRef; b: ObjectRef }

export type Showing = {
  at: 'showing'
  listing: Listing
  /** The opened object. */
  chosen: string | null
  /** Marked in the list, to be compared; at most two. */
  picked: readonly string[]
  comparing: Pair | null
  /** Tells one dropped set from the next; unlocking keeps it. */
  drop: number
  /** Grows when what was locked has been opened: objects are read anew. */
  opening: number
}

type Settled = { at: 'waiting' } | Showing | { at: 'refused'; problem: Problem }

/** While something is read and nothing of it is known yet, what was there before stays on show. */
export type Screen = Settled | { at: 'reading'; before: Settled }

type InspectState = {
  screen: Screen
  open: (from: InspectFrom) => Promise<void>
  /** Ends the reading; what is known stays. */
  stop: () => void
  unlock: (passphrase: string) => Promise<Problem | null>
  choose: (id: string) => void
  pick: (id: string) => void
  compare: (pair: Pair) => void
  closeComparison: () => void
  clear: () => void
}

/** No more often than this is the list drawn anew while parts come in. */
const redrawMs = 120

const ask = (from: InspectFrom, work: string): Promise<Result<Output<'startInspection'>>> => {
  switch (from.by) {
    case 'files':
      return desk.startDroppedInspection(from.files, { work })
    case 'text':
      return desk.startInspection({ work, source: { from: 'text', text: from.text } })
    case 'address':
      return desk.startInspection({ work, source: { from: 'address', address: from.address } })
    case 'opened':
      return desk.startInspection({ work, source: { from: 'opened', opened: from.opened } })
    case 'clipboard':
    case 'choose':
      return desk.startInspection({ work, source: { from: from.by } })
  }
}

/** Answers of a reading that was overtaken by a newer one are not shown. */
let reading = 0
let work = ''

export const useInspect = create<InspectState>((set, get) => {
  const showing = (): Showing | null => {
    const { screen } = get()
    return screen.at === 'showing' ? screen : null
  }

  const add = (parts: readonly InspectionPart[]): void => {
    const now = showing()
    if (!now) return
    const listing = withParts(now.listing, parts)
    for (const part of parts) part.rows.forEach(haystackOf)
    set({ screen: { ...now, listing, chosen: now.chosen ?? firstToShow(listing) } })
  }

  /** Asks for the rest, part by part, until it is all there or somebody asked for something else. */
  async function follow(turn: number, inspection: string): Promise<void> {
    let waiting: InspectionPart[] = []
    let have = showing()?.listing.rows.length ?? 0
    let drawn = performance.now()
    for (;;) {
      const answer = await desk.moreRows({ inspection, from: have })
      if (turn !== reading) return
      if (!answer.ok) {
        add(waiting)
        const now = showing()
        if (now) set({ screen: { ...now, listing: { ...now.listing, stopped: true, trouble: answer.problem } } })
        return
      }
      waiting.push(answer.value)
      have += answer.value.rows.length
      if (answer.value.done || performance.now() - drawn > redrawMs) {
        add(waiting)
        waiting = []
        drawn = performance.now()
      }
      if (answer.value.done) return
    }
  }

  const forget = (screen: Settled): void => {
    if (screen.at === 'showing') void desk.closeInspection({ inspection: screen.listing.inspection })
  }

  return {
    screen: { at: 'waiting' },

    open: async (from) => {
      const turn = ++reading
      const now = get().screen
      const before = now.at === 'reading' ? now.before : now
      if (now.at === 'reading' || (now.at === 'showing' && !now.listing.done)) void desk.cancelWork({ work })
      set({ screen: { at: 'reading', before } })
      work = newWork('inspect')
      const answer = await ask(from, work)
      if (turn !== reading) return
      if (!answer.ok) {
        forget(before)
        set({ screen: { at: 'refused', problem: answer.problem } })
        return
      }
      const part = answer.value.inspection
      if (!part) return set({ screen: before })
      forget(before)
      const listing = noListing(part.inspection)
      set({
        screen: { at: 'showing', listing, chosen: null, picked: [], comparing: null, drop: turn, opening: 0 },
      })
      add([part])
      if (!part.done) await follow(turn, part.inspection)
    },

    stop: () => {
      const now = get().screen
      void desk.cancelWork({ work })
      if (now.at === 'reading') {
        reading++
        set({ screen: now.before })
      } else if (now.at === 'showing' && !now.listing.done) {
        set({ screen: { ...now, listing: { ...now.listing, stopped: true } } })
      }
    },

    unlock: async (passphrase) => {
      const before = showing()
      if (!before) return null
      const turn = ++reading
      work = newWork('inspect')
      const source = { from: 'unlock', unlock: before.listing.inspection, passphrase } as const
      const answer = await desk.startInspection({ work, source })
      if (turn !== reading) return null
      if (!answer.ok) return answer.problem
      const part = answer.value.inspection
      if (!part) return null
      const { chosen, picked, drop, opening } = before
      const listing = noListing(part.inspection)
      set({ screen: { at: 'showing', listing, chosen, picked, comparing: null, drop, opening: opening + 1 } })
      add([part])
      if (!part.done) await follow(turn, part.inspection)
      return null
    },

    choose: (id) => {
      const now = showing()
      if (now) set({ screen: { ...now, chosen: id, comparing: null } })
    },

    pick: (id) => {
      const now = showing()
      if (!now) return
      const picked = now.picked.includes(id) ? now.picked.filter((one) => one !== id) : [...now.picked.slice(-1), id]
      set({ screen: { ...now, picked } })
    },

    compare: (pair) => {
      const now = showing()
      if (now) set({ screen: { ...now, comparing: pair } })
    },

    closeComparison: () => {
      const now = showing()
      if (now) set({ screen: { ...now, comparing: null, picked: [] } })
    },

    clear: () => {
      reading++
      const { screen } = get()
      void desk.cancelWork({ work })
      forget(screen.at === 'reading' ? screen.before : screen)
      set({ screen: { at: 'waiting' } })
    },
  }
})
