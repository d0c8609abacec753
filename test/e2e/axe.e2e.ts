import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { forget, launch, root } from './support/app.ts'
import { axeFaults, type Fault } from './support/axe.ts'
import { placesInTheApp, screens, stageFor } from './support/screens/table.ts'
import { walk } from './support/screens/walk.ts'

// Every screen by the rules of WCAG 2.2 AA and axe's best practice, light and dark.

const out = process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e')

test('every room and view is in the table of screens', () => {
  const places = placesInTheApp()
  expect(places.length).toBeGreaterThan(14)
  expect(places.filter((place) => !screens.some(({ at }) => at === place))).toEqual([])
})

test('axe finds nothing on any screen, light and dark', async () => {
  test.setTimeout(300_000)
  const desktop = await launch({ size: { width: 1180, height: 780 } })
  const { page } = desktop
  const stage = stageFor(desktop)
  const took: [string, number][] = []
  const found: (Fault & { screen: string; in: string })[] = []
  try {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const { unreached, met } = await walk(screens, stage, async (screen) => {
      await page.mouse.move(0, 0)
      for (const appearance of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: appearance, reducedMotion: 'reduce' })
        await page.locator(`[data-mantine-color-scheme="${appearance}"]`).waitFor({ state: 'attached' })
        const begun = performance.now()
        const faults = await axeFaults(page, appearance === 'light' ? 'every rule' : 'colours')
        took.push([screen.name, Math.round(performance.now() - begun)])
        found.push(...faults.map((fault) => ({ screen: screen.name, in: appearance, ...fault })))
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    })
    mkdirSync(out, { recursive: true })
    const unsure = found.filter((fault) => fault.unsure)
    writeFileSync(join(out, 'axe.json'), JSON.stringify({ unreached, took, found, met: [...met.offered] }, null, 1))
    expect(unreached).toEqual([])
    expect([...met.offered].filter((name) => !met.shown.has(name))).toEqual([])
    expect(found.filter((fault) => !fault.unsure)).toEqual([])
    expect(unsure.filter(({ rule }) => rule === 'color-contrast')).toEqual([])
  } finally {
    await desktop.close()
    forget(desktop)
    rmSync(stage.folder, { recursive: true, force: true })
  }
})
