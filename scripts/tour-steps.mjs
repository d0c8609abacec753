// @ts-check
// What the tour does in the window, step by step, as a person would.

/**
 * @typedef {object} Tour
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} page
 * @property {string} provider
 * @property {(name: string) => Promise<string>} shot takes a numbered picture and answers its file name
 * @property {(text: string) => void} say prints a step that is done, with the time it took
 */

/** @param {Tour} tour */
export async function tour({ page, shot, say }) {
  await page.waitForLoadState('load')
  await page.getByRole('heading').first().waitFor()
  say(`The window is open: ${await shot('window')}`)
}
