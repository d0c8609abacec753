import { useEffect } from 'react'

const above = '[role="dialog"], [role="menu"]'

/**
 * Gives the focus back to where it was before menus and dialogs. Each of them does so by itself, but a dialog that was
 * opened from a menu remembers a line of that menu, which is gone when the dialog closes.
 */
export function useFocusReturn(): void {
  useEffect(() => {
    let last: HTMLElement | null = null
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest(above)) last = target
    }
    const giveBack = () => {
      if (document.activeElement !== document.body || document.querySelector(above)) return
      if (last?.isConnected) last.focus({ preventScroll: true })
    }
    const observer = new MutationObserver((changes) => {
      const closed = changes.some(({ removedNodes }) =>
        Array.from(removedNodes).some(
          (node) => node instanceof Element && (node.matches(above) || node.querySelector(above)),
        ),
      )
      // After the dialog's own attempt.
      if (closed) setTimeout(giveBack, 50)
    })
    const portal = document.querySelector('[data-mantine-shared-portal-node]')
    if (portal) observer.observe(portal, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocus)
    return () => {
      observer.disconnect()
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
}
