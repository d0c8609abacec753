import { type RefObject, useEffect } from 'react'

/** Nothing of the screen before is left to hold the focus: it went with the button that was pressed. */
const focusIsLost = (): boolean => document.activeElement === document.body || document.activeElement?.id === 'room'

/** Puts the focus on a new screen's heading or room when it would otherwise start over at the top of the window. */
export function useLostFocus(target: RefObject<HTMLElement | null>, screen: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each screen takes the focus once
  useEffect(() => {
    if (focusIsLost()) target.current?.focus({ preventScroll: true })
  }, [screen])
}
