import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { Inspection } from '../../shared/pki/facts.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Result } from '../../shared/result.ts'
import { desk } from '../desk.ts'
import type { InspectFrom } from '../place.ts'
import { firstToShow } from './first-to-show.ts'

type Settled =
  | { at: 'waiting' }
  /** `drop` tells one dropped set from the next; unlocking keeps it. */
  | { at: 'showing'; inspection: Inspection; chosen: string | null; drop: number }
  | { at: 'refused'; problem: Problem }

/** While something is read, what was there before stays on show. */
export type Screen = Settled | { at: 'reading'; before: Settled }

type InspectState = {
  screen: Screen
  open: (from: InspectFrom) => Promise<void>
  unlock: (passphrase: string) => Promise<Problem | null>
  choose: (id: string) => void
  clear: () => void
}

const ask = (from: InspectFrom): Promise<Result<Output<'inspect'>>> => {
  switch (from.by) {
    case 'files':
      return desk.inspectDropped(from.files)
    case 'text':
      return desk.inspect({ from: 'text', text: from.text })
    case 'clipboard':
      return desk.inspect({ from: 'clipboard' })
    case 'choose':
      return desk.inspect({ from: 'choose' })
  }
}

/** Answers of a reading that was overtaken by a newer one are not shown. */
let reading = 0

export const useInspect = create<InspectState>((set, get) => ({
  screen: { at: 'waiting' },

  open: async (from) => {
    const mine = ++reading
    const now = get().screen
    const before = now.at === 'reading' ? now.before : now
    set({ screen: { at: 'reading', before } })
    const answer = await ask(from)
    if (mine !== reading) return
    if (!answer.ok) set({ screen: { at: 'refused', problem: answer.problem } })
    else if (!answer.value.inspection) set({ screen: before })
    else {
      const { inspection } = answer.value
      set({ screen: { at: 'showing', inspection, chosen: firstToShow(inspection), drop: mine } })
    }
  },

  unlock: async (passphrase) => {
    const { screen } = get()
    if (screen.at !== 'showing' || screen.inspection.unlock === undefined) return null
    const mine = ++reading
    const answer = await desk.inspect({ from: 'unlock', unlock: screen.inspection.unlock, passphrase })
    if (mine !== reading) return null
    if (!answer.ok) return answer.problem
    const { inspection } = answer.value
    if (inspection) {
      const chosen = inspection.objects.some((one) => one.id === screen.chosen)
        ? screen.chosen
        : firstToShow(inspection)
      set({ screen: { at: 'showing', inspection, chosen, drop: screen.drop } })
    }
    return null
  },

  choose: (id) => {
    const { screen } = get()
    if (screen.at === 'showing') set({ screen: { ...screen, chosen: id } })
  },

  clear: () => {
    reading++
    set({ screen: { at: 'waiting' } })
  },
}))
