import { useCallback, useEffect, useMemo, useState } from 'react'
import { useOfferedCommands } from '../parts/commands.ts'
import { useInspect } from './inspect-store.ts'
import { refOf } from './object-choices.ts'

/** Two objects that are marked are compared at once; otherwise it is asked which. Also by Ctrl+D and in the palette. */
export function useCompare(convert: () => void): { asking: boolean; start: () => void; close: () => void } {
  const [asking, setAsking] = useState(false)
  const showing = useInspect((state) => state.screen.at === 'showing')

  const start = useCallback(() => {
    const { screen, compare } = useInspect.getState()
    if (screen.at !== 'showing') return
    const { inspection } = screen.listing
    const [a, b] = screen.picked.map((id) => refOf(`object:${id}`, inspection))
    if (a && b) compare({ a, b })
    else setAsking(true)
  }, [])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'd') return
      event.preventDefault()
      start()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [start])

  const commands = useMemo(
    () =>
      showing
        ? [
            {
              id: 'compare',
              label: 'Compare two objects',
              description: 'Field by field, with what it means',
              run: start,
            },
            {
              id: 'convert',
              label: 'Convert all files',
              description: 'PEM, DER, PKCS#7, PKCS#12, Java keystores and keys',
              run: convert,
            },
            {
              id: 'clear',
              label: 'Clear what was dropped',
              run: () => useInspect.getState().clear(),
            },
          ]
        : [],
    [showing, start, convert],
  )
  useOfferedCommands('Inspect', commands)
  return { asking, start, close: () => setAsking(false) }
}
