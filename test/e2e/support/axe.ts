import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What depends on colours, and has to be looked at again in the other appearance. */
const ofColours = ['color-contrast', 'link-in-text-block']

/** One rule broken at one element; `unsure` where axe could not tell. */
export type Fault = { rule: string; where: string; says: string; unsure: boolean }

/** Puts axe into the page through the debugger: the page's own policy stays as it is, and lets no script in. */
export async function readyAxe(page: Page): Promise<void> {
  const there = await page.evaluate(() => 'axe' in globalThis)
  if (!there) await page.evaluate(source)
}

/** What axe finds on the screen as it stands: by every rule, or by those of colours alone. */
export async function axeFaults(page: Page, by: 'every rule' | 'colours'): Promise<Fault[]> {
  await readyAxe(page)
  const runOnly: RunOptions['runOnly'] =
    by === 'colours' ? { type: 'rule', values: ofColours } : { type: 'tag', values: standards }
  return page.evaluate(
    async (options) => {
      const { axe } = globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }
      const { violations, incomplete } = await axe.run(options)
      const told = (results: AxeResults['violations'], unsure: boolean) =>
        results.flatMap(({ id, nodes }) =>
          nodes.map(({ target, html, any, all, none }) => ({
            rule: id,
            where: `${target.join(' ')} ${html.slice(0, 160)}`,
            says: [...any, ...all, ...none].map(({ message }) => message).join('; '),
            unsure,
          })),
        )
      return [...told(violations, false), ...told(incomplete, true)]
    },
    { runOnly, resultTypes: ['violations', 'incomplete'], preload: false, iframes: false } satisfies RunOptions,
  )
}

/** What axe is sure of, for states that the walk through all screens does not come to. */
export const axeFinds = async (page: Page): Promise<Fault[]> =>
  (await axeFaults(page, 'every rule')).filter(({ unsure }) => !unsure)
