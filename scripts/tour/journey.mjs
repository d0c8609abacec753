// @ts-check
// The main journey as a person clicks it. The tour shows it, the end-to-end tests judge it: one description for both.

/** @typedef {import('playwright').Page} Page */

/**
 * What a person answers for each provider. `fields` by label; `country` is chosen from its list; `blanks` are what the
 * first call asks for.
 * @typedef {object} Answers
 * @property {string} name the provider as it is called on screen
 * @property {string} environment
 * @property {Record<string, string>} fields
 * @property {string} [country]
 * @property {string} key
 * @property {Record<string, string>} blanks
 * @property {boolean} selfSigned
 */

/** @type {Record<'nuapay' | 'truv' | 'payrails' | 'apata', Answers>} */
export const answersFor = {
  nuapay: {
    name: 'Nuapay',
    environment: 'Sandbox',
    fields: { 'Organisation (O)': 'Acme Payments Ltd', 'Common name (CN)': 'payments.acme.example' },
    key: 'RSA 2048',
    blanks: {},
    selfSigned: true,
  },
  truv: {
    name: 'Truv',
    environment: 'Sandbox',
    fields: { 'Your name at Truv': 'acme' },
    key: 'EC P-256',
    blanks: { 'Client ID': 'acme-client', 'Access key': 'practice-access-key' },
    selfSigned: false,
  },
  payrails: {
    name: 'Payrails',
    environment: 'Staging',
    fields: {
      'Your company in Payrails addresses': 'acme',
      'State or province (ST)': 'Berlin',
      'Organisation (O)': 'Acme Zürich GmbH',
    },
    country: 'Germany',
    key: 'RSA 4096',
    blanks: { 'Client ID': 'acme-client', 'Client secret': 'practice-client-secret' },
    selfSigned: false,
  },
  apata: {
    name: 'Apata',
    environment: 'Live',
    fields: { 'Organisation (O)': 'Acme Bank plc' },
    country: 'Ireland',
    key: 'RSA 2048',
    blanks: {},
    selfSigned: false,
  },
}

/** @param {string} provider @returns {provider is keyof typeof answersFor} */
export const isKnown = (provider) => Object.hasOwn(answersFor, provider)

/** Chooses the vault's first passphrase where the computer has no keychain. @param {Page} page @param {string} passphrase */
export async function openVault(page, passphrase) {
  await page.getByLabel('New passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('The same again', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Create the vault' }).click()
}

/** From the welcome screen to the wizard. @param {Page} page @param {Answers} answers */
export async function chooseProvider(page, answers) {
  await page.getByRole('radio', { name: answers.name, exact: true }).click()
  await page.getByRole('button', { name: `Start with ${answers.name}` }).click()
  await page.getByRole('heading', { name: /Where will it be used|Which provider/ }).waitFor()
  if (await page.getByRole('heading', { name: 'Which provider is it for?' }).isVisible()) await onward(page)
}

/** Environment, names and country. @param {Page} page @param {Answers} answers */
export async function answerNames(page, answers) {
  await page.getByRole('radio', { name: answers.environment, exact: true }).click()
  for (const [label, value] of Object.entries(answers.fields)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value)
  }
  if (answers.country) {
    const country = page.getByRole('combobox', { name: 'Country (C)', exact: true })
    await country.fill(answers.country)
    await page
      .getByRole('option', { name: new RegExp(`^${answers.country}`) })
      .first()
      .click()
  }
}

/** @param {Page} page */
export const onward = (page) => page.getByRole('button', { name: 'Continue', exact: true }).click()

/** @param {Page} page @param {Answers} answers */
export const chooseKey = (page, answers) => page.getByRole('radio', { name: answers.key, exact: true }).click()

/** Makes key and request; RSA 4096 may take a while. @param {Page} page */
export async function createIt(page) {
  await page.getByRole('button', { name: 'Create key and request' }).click()
  await page.getByRole('heading', { name: /^Request ready:/ }).waitFor({ timeout: 90_000 })
}

/** For providers that take it: the certificate one signs oneself. @param {Page} page */
export async function signItYourself(page) {
  await page.getByRole('button', { name: 'Make self-signed certificate' }).click()
  await page.getByRole('heading', { name: /^Certificate ready:/ }).waitFor()
}

/** @param {Page} page */
export async function startPractice(page) {
  await page.getByRole('button', { name: 'Start practice provider' }).first().click()
  await page.getByRole('button', { name: /^Hand in the/ }).waitFor()
}

/** Hands in the request (or the self-signed certificate). @param {Page} page @param {Answers} answers */
export async function handIn(page, answers) {
  await page.getByRole('button', { name: /^Hand in the/ }).click()
  await page
    .getByRole('button', { name: answers.selfSigned ? 'Test the connection' : 'Use this certificate' })
    .first()
    .waitFor()
}

/** Takes the certificate home and goes to the test room. @param {Page} page @param {Answers} answers */
export async function bringHome(page, answers) {
  if (!answers.selfSigned) {
    await page.getByRole('button', { name: 'Use this certificate' }).click()
    await page.getByRole('tab', { name: 'Certificate', selected: true }).waitFor()
  }
}

/** Sends the provider's first call to the practice provider and waits for the verdict. @param {Page} page @param {Answers} answers */
export async function testCall(page, answers) {
  await page.getByRole('button', { name: 'Test the connection' }).first().click()
  await page.getByRole('form', { name: 'Call to test' }).waitFor()
  for (const [label, value] of Object.entries(answers.blanks)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.locator('[data-outcome]').waitFor({ timeout: 30_000 })
}

/** From the identity's page: a PKCS#12 bundle, once the save dialog is answered. @param {Page} page @param {string} passphrase @param {'Current systems' | 'Older systems'} [readers] */
export async function exportBundle(page, passphrase, readers = 'Current systems') {
  await page.getByRole('tab', { name: 'Export' }).click()
  await page.getByText('Choose the form yourself').click()
  await page.getByRole('radio', { name: readers }).click()
  await page.getByLabel('Passphrase of the bundle', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Save bundle' }).click()
}
