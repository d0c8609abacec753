import { dueReminders } from '../../shared/expiry/lifeline.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { addProvider } from './add-provider.ts'
import { attachCertificate } from './attach-certificate.ts'
import { changeSettings } from './change-settings.ts'
import { createIdentity } from './create-identity.ts'
import { exportIdentity } from './export-identity.ts'
import { changeIdentity, detailOf, findIdentity, summaryOf } from './identity-detail.ts'
import { inspect } from './inspect.ts'
import { openPage } from './open-page.ts'
import { removeIdentity } from './remove-identity.ts'
import { renameIdentity } from './rename-identity.ts'
import { saveCertificate, saveRequest } from './save-public.ts'
import { selfSign } from './self-sign.ts'
import { startPractice } from './start-practice.ts'
import { submitToPractice } from './submit-to-practice.ts'
import { tellVault } from './tell-vault.ts'
import { testConnection } from './test-connection.ts'

/** Who answers which call. What is one step stands here; what is more has a file of its name. */
export function createHandlers(means: Means): Handlers {
  const { vault, draft, settings, providers, practice, works, clipboard } = means
  return {
    listProviders: async () => ok({ providers: await providers.list() }),
    addProvider: addProvider(means),
    removeProvider: async ({ provider }) => empty(await providers.remove(provider)),

    listIdentities: async () => {
      const [{ records, damaged }, { keptBy }] = [await vault.identities.list(), await vault.state()]
      return ok({ identities: records.map((record) => summaryOf(record, keptBy)), damaged })
    },
    readIdentity: async ({ identity }) => {
      const found = await findIdentity(means, identity)
      return found.ok ? ok(await detailOf(means, found.value)) : found
    },
    createIdentity: createIdentity(means),
    selfSign: selfSign(means),
    attachCertificate: attachCertificate(means),
    renameIdentity: renameIdentity(means),
    removeIdentity: removeIdentity(means),
    saveRequest: saveRequest(means),
    saveCertificate: saveCertificate(means),
    exportIdentity: exportIdentity(means),
    readDraft: async () => ok({ draft: await draft.read() }),
    saveDraft: async (input) => ok(await draft.save(input.draft).then(() => ({}))),

    practiceState: async () => ok(practice.state()),
    startPractice: startPractice(means),
    stopPractice: async () => ok(await practice.stop()),
    submitToPractice: submitToPractice(means),

    testConnection: testConnection(means),
    forgetBlanks: async ({ identity }) =>
      empty(await changeIdentity(means, identity, (record) => ({ ...record, remembered: [] }), { blanks: null })),

    inspect: inspect(means),

    vaultState: async () => ok(await vault.state()),
    setVaultPassphrase: ({ passphrase }) => tellVault(means, vault.setPassphrase(passphrase)),
    unlockVault: ({ passphrase }) => tellVault(means, vault.unlock(passphrase)),
    lockVault: () => tellVault(means, vault.lock()),
    listReminders: async () => {
      const { records } = await vault.identities.list()
      const summaries = records.map((record) => summaryOf(record, null))
      return ok({ reminders: dueReminders(summaries, settings.read().reminders.days, means.now()) })
    },
    readSettings: async () => ok(settings.read()),
    changeSettings: changeSettings(means),

    cancelWork: async ({ work }) => {
      works.cancel(work)
      return ok({})
    },
    copyText: async ({ text }) => {
      await clipboard.write(text)
      return ok({})
    },
    openPage: openPage(means),
    about: async () => ok(await means.about()),
  }
}

const empty = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)
