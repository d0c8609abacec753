// @ts-check
// What the tour does in the window, step by step, as a person would.

import { join } from 'node:path'
import { Refusal } from './say.mjs'
import {
  answerNames,
  answersFor,
  bringHome,
  chooseKey,
  chooseProvider,
  createIt,
  exportBundle,
  handIn,
  isKnown,
  onward,
  openVault,
  signItYourself,
  startPractice,
  testCall,
} from './tour/journey.mjs'

/**
 * @typedef {object} Tour
 * @property {import('playwright').ElectronApplication} app
 * @property {import('playwright').Page} page
 * @property {string} provider
 * @property {(name: string) => Promise<string>} shot takes a numbered picture and answers its file name
 * @property {(text: string) => void} say prints a step that is done, with the time it took
 */

/** @param {Tour} tour */
export async function tour({ app, page, provider, shot, say }) {
  if (!isKnown(provider)) {
    throw new Refusal(`There is no tour for “${provider}”`, [`Choose one of ${Object.keys(answersFor).join(', ')}.`])
  }
  const answers = answersFor[provider]
  await page.locator('[data-ready]').waitFor()
  if (await page.getByRole('heading', { name: 'Choose a vault passphrase' }).isVisible()) {
    say(`No keychain here: a passphrase seals the vault: ${await shot('vault')}`)
    await openVault(page, 'four plain words together')
  }
  await page.getByRole('heading', { name: 'Start with your provider' }).waitFor()
  await page.getByRole('radio', { name: answers.name, exact: true }).click()
  say(`Welcome: ${answers.name} in five lines: ${await shot('welcome')}`)

  await chooseProvider(page, answers)
  await answerNames(page, answers)
  say(`Environment and names: ${await shot('names')}`)
  await onward(page)
  await chooseKey(page, answers)
  say(`Key: ${answers.key}: ${await shot('key')}`)
  await onward(page)
  say(`Review in words: ${await shot('review')}`)
  await createIt(page)
  say(`Key made and sealed, request ready: ${await shot('request-ready')}`)

  if (answers.selfSigned) {
    await signItYourself(page)
    say(`Certificate signed by yourself: ${await shot('self-signed')}`)
  }
  await startPractice(page)
  await handIn(page, answers)
  say(`The practice provider checked it and answered: ${await shot('practice')}`)
  await bringHome(page, answers)
  if (!answers.selfSigned) say(`The certificate is home: ${await shot('attached')}`)

  await testCall(page, answers)
  const outcome = await page.locator('[data-outcome]').getAttribute('data-outcome')
  const title = await page.locator('[data-outcome] h2').innerText()
  const picture = await shot('tested')
  if (outcome !== 'accepted') throw new Refusal(`The test call was not accepted: ${title}`, [`See ${picture}.`])
  say(`${title}: ${picture}`)

  await page.getByRole('button', { name: 'Identities', exact: true }).click()
  const bundle = join(await app.evaluate(({ app: main }) => main.getPath('userData')), `${provider}.p12`)
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath, bookmark: '' })
  }, bundle)
  const list = page.getByRole('row').filter({ hasText: answers.name })
  if (!(await page.getByRole('tab', { name: 'Export' }).isVisible())) await list.first().click()
  await exportBundle(page, 'a passphrase for the bundle')
  await page
    .getByText(/^Saved /)
    .first()
    .waitFor()
  say(`PKCS#12 saved for your service: ${await shot('exported')}`)

  await page.getByRole('button', { name: 'Calendar', exact: true }).click()
  await page.getByRole('heading', { name: 'Calendar' }).waitFor()
  say(`When it expires, and when you are reminded: ${await shot('calendar')}`)
}
