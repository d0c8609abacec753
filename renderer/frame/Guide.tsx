import { lazy, Suspense } from 'react'
import { useGuidePanel } from '../parts/guide-panel.ts'

const GuideDialog = lazy(() => import('../guide/GuideDialog.tsx'))

/** The guide over a room, loaded when it is first asked for. */
export function Guide() {
  const wanted = useGuidePanel((state) => state.asked > 0)
  return <Suspense fallback={null}>{wanted && <GuideDialog />}</Suspense>
}
