import { create } from 'zustand'

/** Whether the list of keys is on show. */
export const useShortcutList = create<{ opened: boolean }>(() => ({ opened: false }))

export const showShortcuts = (): void => useShortcutList.setState({ opened: true })
export const closeShortcuts = (): void => useShortcutList.setState({ opened: false })
