import { create } from 'zustand'
import type { GuidePlace } from '../../shared/guide/guide.ts'
import type { ProblemCode } from '../../shared/problems.ts'
import type { RoomName } from '../place.ts'
import { usePlace } from '../place.ts'

type GuidePanel = {
  opened: boolean
  place: GuidePlace
  asked: number
  /** Set by the guide once it is loaded: empties its search, and answers whether there was anything in it. */
  dropSearch: () => boolean
}

/** The guide beside what one is doing. `asked` counts: asking for a place anew goes there anew. */
export const useGuidePanel = create<GuidePanel>(() => ({
  dropSearch: () => false,
  opened: false,
  place: 'start',
  asked: 0,
}))

export const showGuide = (place: GuidePlace): void =>
  useGuidePanel.setState((now) => ({ opened: true, place, asked: now.asked + 1 }))

export const closeGuide = (): void => useGuidePanel.setState({ opened: false })

/** Escape: words that are being searched for go first, then the guide. */
export function escapeGuide(): void {
  if (!useGuidePanel.getState().dropSearch()) closeGuide()
}

/** Opens the paragraph about a problem. Which one that is, is loaded when somebody asks. */
export async function readAboutProblem(code: ProblemCode): Promise<void> {
  const { problemPlaces } = await import('../../shared/guide/problem-places.ts')
  showGuide(problemPlaces[code])
}

/** What is read in each room when somebody asks for help there. */
const pageOfRoom: Record<RoomName, GuidePlace> = {
  identities: 'start',
  create: 'request',
  inspect: 'inspect',
  test: 'test',
  authority: 'sign',
  webhooks: 'webhooks',
  calendar: 'renew',
  settings: 'vault',
  help: 'start',
}

export function showGuideForHere(): void {
  const { room } = usePlace.getState().place
  if (room !== 'help') showGuide(pageOfRoom[room])
}
