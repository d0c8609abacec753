import type { ElectronApplication, Page } from 'playwright'

/** A window and how much its page is enlarged. */
export type Glass = { width: number; height: number; zoom: number }

/** Gives the window this size and zoom, as a user would, and waits until the page has it. */
export async function lookThrough(app: ElectronApplication, page: Page, glass: Glass): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height, zoom }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setContentSize(width, height)
    window?.webContents.setZoomFactor(zoom)
  }, glass)
  const wanted = Math.round(glass.width / glass.zoom)
  await page.waitForFunction((width) => Math.abs(window.innerWidth - width) < 2, wanted)
  await page.evaluate(
    () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))),
  )
}

/**
 * What does not fit the window as it is: the page scrolls sideways, words are cut off with nothing that tells them
 * whole, a control cannot be reached by scrolling or lies under another, words are printed over each other.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const called = (element: Element) =>
      `${element.tagName.toLowerCase()}${[...element.classList].map((name) => /^_(\w+?)_/.exec(name)?.[1]).find(Boolean) ?? ''} “${(
        element.getAttribute('aria-label') ??
        element.textContent ??
        ''
      )
        .trim()
        .slice(0, 50)}”`
    const layers = [
      ...document.querySelectorAll<HTMLElement>('[role="dialog"], [role="menu"], [role="listbox"]'),
    ].filter((one) => one.closest('[data-portal], [data-mantine-shared-portal-node]') && one.checkVisibility())
    const scope = layers.at(-1) ?? document.body

    const room = document.getElementById('room')
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways')
    if (room && room.scrollWidth > room.clientWidth + 1) found.push(`the room scrolls sideways: ${room.scrollWidth}`)

    for (const layer of layers) {
      const { left, right } = layer.getBoundingClientRect()
      const beside = window.innerWidth - right
      if (left < -1 || beside < -1) found.push(`reaches out of the window: ${called(layer)}`)
      if (layer.ariaModal === 'true' && Math.abs(left - beside) > 2) found.push(`not in the middle: ${called(layer)}`)
    }

    const seen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.spoken')
    type Box = { left: number; top: number; right: number; bottom: number }
    const clips = (element: Element, axis: 'X' | 'Y') =>
      /hidden|clip/.test(getComputedStyle(element)[`overflow${axis}`])
    const scrolls = (element: Element) =>
      /auto|scroll/.test(getComputedStyle(element).overflowY + getComputedStyle(element).overflowX)

    // Words: whole, or told whole elsewhere; and not over other words.
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
    const printed: { box: Box; holder: Element; text: string }[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (!holder || text === '' || !seen(holder)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        if (rect.width < 2 || rect.height < 2) continue
        const box = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom }
        let cut = false
        let hidden = false
        for (let at: Element | null = holder; at && at !== document.body; at = at.parentElement) {
          const clipsX = clips(at, 'X')
          const clipsY = clips(at, 'Y')
          const around = at.getBoundingClientRect()
          // Meant for the ear alone.
          if ((clipsX || clipsY) && (around.width <= 2 || around.height <= 2)) {
            hidden = true
            cut = false
            break
          }
          if (scrolls(at) || clipsX || clipsY) {
            if (clipsX && !scrolls(at) && (box.right > around.right + 1.5 || box.left < around.left - 1.5)) cut = true
            if (clipsY && !scrolls(at) && (box.bottom > around.bottom + 4 || box.top < around.top - 4)) cut = true
            box.left = Math.max(box.left, around.left)
            box.right = Math.min(box.right, around.right)
            box.top = Math.max(box.top, around.top)
            box.bottom = Math.min(box.bottom, around.bottom)
            // Scrolled out of sight: nothing further out can cut it.
            if (box.right - box.left < 2 || box.bottom - box.top < 2) {
              hidden = true
              break
            }
          }
          if (getComputedStyle(at).position === 'fixed') break
        }
        const told = holder.closest('[title], [aria-label]')
        const whole = `${told?.getAttribute('title') ?? ''} ${told?.getAttribute('aria-label') ?? ''}`
        const plain = (words: string) => words.replace(/\s+/g, ' ').toLowerCase()
        if (cut && !plain(whole).includes(plain(text).replace(/…$/, '').slice(0, 40)))
          found.push(`cut off: ${called(holder)}`)
        if (!hidden && !cut) printed.push({ box, holder, text })
      }
    }
    const floats = (element: Element, other: Element) => {
      for (let at: Element | null = element; at && !at.contains(other); at = at.parentElement) {
        const { position, backgroundColor } = getComputedStyle(at)
        if (
          position === 'sticky' ||
          position === 'fixed' ||
          (position === 'absolute' && !/, 0\)$/.test(backgroundColor))
        )
          return true
      }
      return false
    }
    printed.sort((a, b) => a.box.top - b.box.top)
    for (const [index, one] of printed.entries()) {
      for (const other of printed.slice(index + 1)) {
        if (other.box.top >= one.box.bottom - 3) break
        if (one.holder === other.holder || one.holder.contains(other.holder) || other.holder.contains(one.holder))
          continue
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        if (wide > 3 && high > 4 && !floats(one.holder, other.holder) && !floats(other.holder, one.holder))
          found.push(`printed over each other: “${one.text.slice(0, 40)}” and “${other.text.slice(0, 40)}”`)
      }
    }

    // Controls: each can be scrolled to, and then nothing lies on it.
    const places = [...document.querySelectorAll('*')].filter((one) => one.scrollTop !== 0 || one.scrollLeft !== 0)
    const kept = places.map((one) => [one, one.scrollTop, one.scrollLeft] as const)
    const controls = scope.querySelectorAll<HTMLElement>(
      'button:not(:disabled), a[href], input:not(:disabled):not([type="hidden"]), textarea, select, [role="tab"], summary',
    )
    for (const control of controls) {
      if (!seen(control) || control.closest('[inert], [aria-hidden="true"]')) continue
      control.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      const rect = control.getBoundingClientRect()
      if (rect.width < 2 || rect.height < 2) continue
      const x = rect.left + rect.width / 2
      const y = rect.top + Math.min(rect.height / 2, 20)
      if (x < 0 || y < 0 || x > window.innerWidth || y > window.innerHeight) {
        found.push(`cannot be scrolled to: ${called(control)}`)
        continue
      }
      const top = document.elementFromPoint(x, y)
      const near =
        top &&
        (control.contains(top) ||
          top.contains(control) ||
          top
            .closest(
              'label, .mantine-Switch-root, .mantine-Checkbox-root, .mantine-Radio-root, .mantine-SegmentedControl-control',
            )
            ?.contains(control))
      if (!near) found.push(`covered: ${called(control)} by ${top ? called(top) : 'nothing'}`)
    }
    for (const one of document.querySelectorAll('*'))
      if (one.scrollTop !== 0 || one.scrollLeft !== 0) one.scrollTo(0, 0)
    for (const [one, top, left] of kept) one.scrollTo(left, top)
    return [...new Set(found)]
  })
}
