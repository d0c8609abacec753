let pressed = false
const waiting: (() => void)[] = []

function released() {
  pressed = false
  // The click comes right after the release; whatever moves the screen waits for it.
  setTimeout(() => {
    for (const run of waiting.splice(0)) run()
  }, 0)
}

if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', () => (pressed = true), { capture: true })
  window.addEventListener('pointerup', released, { capture: true })
  window.addEventListener('pointercancel', released, { capture: true })
}

/**
 * Runs now, or once the mouse button is up. Leaving a field by a click can bring up an error that pushes the screen
 * down under the pointer, and the click would then land on nothing.
 */
export function afterPress(run: () => void): void {
  if (pressed) waiting.push(run)
  else run()
}
