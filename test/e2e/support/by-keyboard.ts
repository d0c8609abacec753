import type { Page } from 'playwright'
import { expect } from 'playwright/test'

/** Where the focus is: what the control is called, what it is, and whether one can see it. */
export type Stop = { name: string; role: string; id: string; seen: boolean; why: string }

/** The control that has the focus, as a person would find it by eye. */
export const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement
    const labels = 'labels' in at ? Array.from((at as HTMLInputElement).labels ?? []) : []
    const referred = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id))
    const text = (all: (Element | null)[]) => all.map((one) => one?.textContent ?? '').join(' ')
    const name =
      at.getAttribute('aria-label') || text(referred).trim() || text(labels).trim() || at.textContent || at.title || ''
    const role = at.getAttribute('role') ?? (at as HTMLInputElement).type ?? at.tagName.toLowerCase()
    const stops = [...document.querySelectorAll('*')]
    const id = String(stops.indexOf(at))
    if (at === document.body || at.id === 'room') return { name: '', role: at.id || 'body', id, seen: true, why: '' }

    // Seen: an outline at the control or what is drawn for it, or a field whose frame is in the accent's colour.
    const accent = document.createElement('i')
    accent.style.color = 'var(--accent)'
    document.body.append(accent)
    const accentColour = getComputedStyle(accent).color
    accent.remove()
    const outlined = (element: Element | null, pseudo?: string) => {
      if (!element) return false
      const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
    }
    const sibling = at.nextElementSibling
    const ring =
      outlined(at) ||
      outlined(at, '::after') ||
      outlined(sibling) ||
      outlined(at.parentElement) ||
      [at, at.parentElement].some((one) => one && getComputedStyle(one).borderTopColor === accentColour) ||
      at.matches('h1, h2, [role="menu"], [role="dialog"]')
    const rect = at.getBoundingClientRect()
    const box = rect.width > 1 ? rect : (sibling ?? at).getBoundingClientRect()
    const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 16)]
    const inside = x >= 0 && y >= 0 && x <= window.innerWidth && y <= window.innerHeight
    const why = ring ? (inside ? '' : `out of sight at ${Math.round(x)}, ${Math.round(y)}`) : 'no ring around it'
    return { name: name.replace(/\s+/g, ' ').trim(), role, id, seen: why === '', why }
  })

/** A person without a mouse. Every stop on the way is looked at; none may keep the focus or be invisible. */
export function keyboardOf(page: Page) {
  const unseen: string[] = []
  const note = (stop: Stop) => {
    if (!stop.seen) unseen.push(`${stop.role} “${stop.name.slice(0, 60)}”: ${stop.why}`)
  }
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  /** Tab (or another key) until a control of this name has the focus. */
  const to = async (name: string | RegExp, by = 'Tab', most = 80): Promise<Stop> => {
    const fits = (stop: Stop) => (typeof name === 'string' ? stop.name === name : name.test(stop.name))
    const passed: string[] = []
    const first = await stopOf(page)
    if (fits(first)) return first
    let before = first
    for (let step = 0; step < most; step++) {
      await press(by)
      const stop = await stopOf(page)
      note(stop)
      if (fits(stop)) return stop
      if (by === 'Tab' && stop.id === before.id && stop.role !== 'body' && stop.role !== 'date') {
        throw new Error(`the focus does not leave ${stop.role} “${stop.name}”`)
      }
      passed.push(`${stop.role} “${stop.name.slice(0, 40)}”`)
      before = stop
    }
    throw new Error(`${name} was not reached by ${by}; passed ${passed.join(', ')}`)
  }
  return {
    press,
    to,
    type: (text: string) => page.keyboard.type(text),
    /** Goes to a control and presses Enter. */
    enter: async (name: string | RegExp) => {
      await to(name)
      await press('Enter')
    },
    /** To a room: with F6 to the list of rooms, then on to its name. */
    room: async (name: string) => {
      for (let step = 0; step < 8; step++) {
        await press('F6')
        if (await page.evaluate(() => document.activeElement?.closest('nav[aria-label="Rooms"]') !== null)) break
      }
      const order = await page.locator('nav[aria-label="Rooms"] button').allInnerTexts()
      const here = order.indexOf((await stopOf(page)).name)
      const by = order.indexOf(name) < here ? 'Shift+Tab' : 'Tab'
      await to(name, by)
      await press('Enter')
    },
    unseen,
    seesAll: () => expect([...new Set(unseen)]).toEqual([]),
  }
}
