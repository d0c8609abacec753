/** Once the control stands on the screen: it may have been folded away until now. */
export const focusOn = (id: string): void => {
  requestAnimationFrame(() => document.getElementById(id)?.focus())
}
