/** The parts of the window that F6 goes through: the rooms, the parts of the room on show, the line at the bottom. */
function partsOfWindow(): HTMLElement[] {
  const all = document.querySelectorAll<HTMLElement>(
    [
      'nav[aria-label="Rooms"]',
      '#room',
      '#room :is(section[tabindex="0"], [role="tree"], [role="listbox"], form[aria-label], aside)',
      'footer',
    ].join(', '),
  )
  return Array.from(all).filter(
    (part) => part.checkVisibility() && (part.tabIndex >= 0 || stopIn(part) !== null || part.id === 'room'),
  )
}

/** Where the focus goes in a part: to itself if it can have it, otherwise to what is chosen in it, or its first stop. */
function stopIn(part: HTMLElement): HTMLElement | null {
  return (
    part.querySelector<HTMLElement>('[aria-current="page"]') ??
    part.querySelector<HTMLElement>(
      'button:not(:disabled, [tabindex="-1"]), input:not(:disabled), a[href], textarea, select',
    )
  )
}

/** From the part that has the focus to the next one, or the one before; round at the ends. */
export function goToPart(step: 1 | -1): void {
  const parts = partsOfWindow()
  const { activeElement } = document
  // The innermost part counts: the room is around all of its own.
  const here = parts.findLastIndex((part) => part.contains(activeElement))
  const next = parts[(here + step + parts.length) % parts.length] ?? parts[0]
  if (!next) return
  if (next.hasAttribute('tabindex')) next.focus()
  else stopIn(next)?.focus()
}
