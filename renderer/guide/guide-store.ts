import pages from 'virtual:guide'
import { create } from 'zustand'
import { type GuideHit, guideFinder } from '../../shared/guide/find.ts'
import type { GuidePage, GuidePlace } from '../../shared/guide/guide.ts'
import { placeIn } from '../../shared/guide/plain-text.ts'

type GuideState = {
  place: GuidePlace
  /** Grows with each `read`, so that the same place asked for again is scrolled to again. */
  visit: number
  before: GuidePlace[]
  words: string
}

export const useGuide = create<GuideState>(() => ({ place: 'start', visit: 0, before: [], words: '' }))

/** Opens a paragraph; an unknown one opens the first page instead of nothing. */
export function read(place: GuidePlace): void {
  useGuide.setState((now) => ({
    place: placeIn(pages, place) ? place : 'start',
    visit: now.visit + 1,
    before: now.place === place ? now.before : [...now.before.slice(-49), now.place],
    words: '',
  }))
}

export function readBefore(): void {
  useGuide.setState((now) => {
    const last = now.before.at(-1)
    return last ? { place: last, visit: now.visit + 1, before: now.before.slice(0, -1), words: '' } : now
  })
}

/** Answers whether there were words. */
export function dropSearch(): boolean {
  const had = useGuide.getState().words !== ''
  useGuide.setState({ words: '' })
  return had
}

export const find = (words: string): void => useGuide.setState({ words })

export const allPages: readonly GuidePage[] = pages

let finder: ReturnType<typeof guideFinder> | undefined

/** The index is made with the first letter that somebody types. */
export function hitsFor(words: string): GuideHit[] {
  finder ??= guideFinder(pages)
  return finder(words)
}
