/** The list of rooms, the room on show, its own parts, the line at the bottom: in the order in which F6 goes through them. */
const partsOfWindow = [
  'nav[aria-label="Rooms"]',
  '#room',
  '#room :is(section[tabindex="0"], [role="tree"], [role="listbox"], form[aria-label], aside)',
  'footer',
].join(', ')

const isStop = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility()

/** Where the focus comes to rest in a part: on itself, on what is chosen in it, or on its first stop. */
function stopIn(part: HTMLElement): HTMLElement | undefined {
  if (isStop(part)) return part
  const stops = Array.from(part.querySelectorAll<HTMLElement>('button, input, a[href], textarea, select, [tabindex]'))
  return stops.find((one) => isStop(one) && one.matches('[aria-current="page"]')) ?? stops.find(isStop)
}

/** From the part that has the focus to the next one, or the one before; round at the ends. */
export function goToPart(step: 1 | -1): void {
  const parts = Array.from(document.querySelectorAll<HTMLElement>(partsOfWindow)).filter(
    (part) => part.checkVisibility() && stopIn(part),
  )
  // The innermost part counts: the room is around all of its own.
  const here = parts.findLastIndex((part) => part.contains(document.activeElement))
  const from = here < 0 && step < 0 ? 0 : here
  const next = parts[(from + step + parts.length) % parts.length]
  if (next) stopIn(next)?.focus()
}
