import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desktop, forget, launch, root } from './support/app.ts'
import { axeFaults, type Fault } from './support/axe.ts'
import { type Glass, lookThrough, misfits } from './support/fits.ts'
import { placesInTheApp, screens, stageFor } from './support/screens/table.ts'
import { walk } from './support/screens/walk.ts'

// Every screen in one walk: by the rules of WCAG 2.2 AA and axe’s best practice, light and dark; in the smallest window
// that is promised, and enlarged to 200 %.

const out = process.env.COUNTERSIGN_OUT ?? join(root, 'out/e2e')
const usual: Glass = { width: 1180, height: 780, zoom: 1 }
const glasses: Record<string, Glass> = {
  small: { width: 800, height: 600, zoom: 1 },
  enlarged: { width: 1280, height: 800, zoom: 2 },
}
/** Axe cannot tell a colour where something lies over it, nor of a sign that is no word; each such place is elsewhere seen free. */
const cannotTell = /overlap|obscured|too short|no value|non-text|Axe encountered an error/

/**
 * Where axe asks for a person’s eye, it was looked at: choices that are named by their first line and described by the
 * second, controls under an open menu, rows that head a group of rows, the palette’s list, which its arrow keys scroll.
 */
const lookedAt = new Set([
  'color-contrast',
  'label-content-name-mismatch',
  'target-size',
  'th-has-data-cells',
  'scrollable-region-focusable',
])

test.describe.configure({ mode: 'serial' })

const faults: (Fault & { screen: string; appearance: string })[] = []
const unfit: string[] = []
const took: [screen: string, ms: number][] = []
let walked: Awaited<ReturnType<typeof walk>> | undefined
let desktop: Desktop

test.beforeAll(async () => {
  test.setTimeout(540_000)
  desktop = await launch({ size: usual })
  const { app, page } = desktop
  const stage = stageFor(desktop)
  const shots = join(out, 'screens')
  const pictures = process.env.COUNTERSIGN_PICTURES !== undefined
  if (pictures) mkdirSync(shots, { recursive: true })
  const shoot = async (screen: string, as: string) => {
    const file = `${screen.replace(/[^\p{L}\d]+/gu, '-')}-${as}.png`
    if (!pictures) return
    // The debugger's picture of an enlarged page shows a part of it; the window's own shows what a user sees.
    const png = await app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
      return image?.toPNG().toString('base64') ?? ''
    })
    writeFileSync(join(shots, file), Buffer.from(png, 'base64'))
  }
  const appear = async (colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' })
  }
  try {
    await appear('light')
    walked = await walk(screens, stage, async ({ name }) => {
      const begun = performance.now()
      await page.mouse.move(0, 0)
      for (const appearance of ['light', 'dark'] as const) {
        await appear(appearance)
        const found = await axeFaults(page, appearance === 'light' ? 'every rule' : 'colours')
        faults.push(...found.map((fault) => ({ screen: name, appearance, ...fault })))
        await shoot(name, appearance)
      }
      await appear('light')
      for (const [as, glass] of Object.entries(glasses)) {
        await lookThrough(app, page, glass)
        unfit.push(...(await misfits(page)).map((what) => `${name}, ${as}: ${what}`))
        await shoot(name, as)
      }
      await lookThrough(app, page, usual)
      took.push([name, Math.round(performance.now() - begun)])
    })
  } finally {
    rmSync(stage.folder, { recursive: true, force: true })
    mkdirSync(out, { recursive: true })
    writeFileSync(join(out, 'screens.json'), JSON.stringify({ ...walked, took, faults, unfit }, null, 1))
  }
})
test.afterAll(async () => {
  await desktop.close()
  forget(desktop)
})

test('every room, view and tab is looked at', () => {
  const places = placesInTheApp()
  expect(places.length).toBeGreaterThan(14)
  expect(places.filter((place) => !screens.some(({ at }) => at === place))).toEqual([])
  expect(walked?.unreached).toEqual([])
  expect([...walked!.met.offered].filter((name) => !walked!.met.shown.has(name))).toEqual([])
})

test('axe finds nothing on any screen, light and dark', () => {
  expect(faults.filter(({ unsure }) => !unsure)).toEqual([])
  const colours = faults.filter(({ rule, unsure }) => unsure && rule === 'color-contrast')
  expect(colours.filter(({ says }) => !cannotTell.test(says))).toEqual([])
  const unsure = new Set(faults.filter((fault) => fault.unsure).map(({ rule }) => rule))
  expect([...unsure].filter((rule) => !lookedAt.has(rule))).toEqual([])
})

test('nothing is cut off, covered or out of reach at 800 by 600, and at 200 % in a window of 1280 by 800', () => {
  expect(unfit).toEqual([])
})
