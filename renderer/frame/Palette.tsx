import { lazy, Suspense, useEffect } from 'react'
import { usePalette } from './palette-store.ts'

const load = () => import('./PaletteDialog.tsx')
const PaletteDialog = lazy(load)

/** The command palette, loaded when it is first asked for and kept from then on. */
export function Palette() {
  const wanted = usePalette((state) => state.asked > 0)
  // The hand that goes for Ctrl-K types on at once: the palette is fetched when the first of the two keys is down.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Control' || event.key === 'Meta') void load()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return <Suspense fallback={null}>{wanted && <PaletteDialog />}</Suspense>
}
