import { lazy, Suspense } from 'react'
import { useShortcutList } from './shortcuts-store.ts'

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'))

/** The list of keys, loaded when it is first asked for. */
export function Shortcuts() {
  const opened = useShortcutList((state) => state.opened)
  return <Suspense fallback={null}>{opened && <ShortcutsDialog />}</Suspense>
}
