import { create } from 'zustand'

/** `asked` counts the times it was asked for: each one opens the palette anew. */
export const usePalette = create<{ asked: number }>(() => ({ asked: 0 }))

export const showPalette = (): void => usePalette.setState((now) => ({ asked: now.asked + 1 }))
