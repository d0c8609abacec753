import { lazy, Suspense } from 'react'
import { usePalette } from './palette-store.ts'

const PaletteDialog = lazy(() => import('./PaletteDialog.tsx'))

/** The command palette, loaded when it is first asked for and kept from then on. */
export function Palette() {
  const wanted = usePalette((state) => state.asked > 0)
  return <Suspense fallback={null}>{wanted && <PaletteDialog />}</Suspense>
}
