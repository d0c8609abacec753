import { useEffect } from 'react'
import { create } from 'zustand'

/** What the room on show can do, for the command palette. */
export type Command = { id: string; label: string; description?: string; run: () => void }

export const useCommands = create<{ room: string; commands: readonly Command[] }>(() => ({ room: '', commands: [] }))

/** Offers a room's commands in the palette for as long as the room is on show. */
export function useOfferedCommands(room: string, commands: readonly Command[]): void {
  useEffect(() => {
    useCommands.setState({ room, commands })
    return () => useCommands.setState({ room: '', commands: [] })
  }, [room, commands])
}
