import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { guarded } from '../policy/guard.ts'
import { addProvider } from './add-provider.ts'
import { attachCertificate } from './attach-certificate.ts'
import { bookHandlers } from './authority/book-table.ts'
import { signingServiceHandlers } from './authority/signing-services.ts'
import { signingHandlers } from './authority/signing-table.ts'
import { authorityHandlers } from './authority/table.ts'
import { calendarHandlers } from './calendar/table.ts'
import { changeSettings } from './change-settings.ts'
import { checkTrust } from './check-trust.ts'
import { compareObjects } from './compare-objects.ts'
import { conversionHandlers } from './conversion/table.ts'
import { createIdentity } from './create-identity.ts'
import { dragOut } from './drag/drag-out.ts'
import { explainText } from './explain-text.ts'
import { exportIdentity } from './export-identity.ts'
import { firstHandlers } from './first-table.ts'
import { forecast } from './forecast.ts'
import { handoverHandlers } from './handover/table.ts'
import { changeIdentity, detailOf, findIdentity } from './identity-detail.ts'
import { moreRows } from './more-rows.ts'
import { openObject } from './open-object.ts'
import { openPage } from './open-page.ts'
import { removeIdentity } from './remove-identity.ts'
import { renameIdentity } from './rename-identity.ts'
import { renewalHandlers } from './renewal/table.ts'
import { saveObject } from './save-object.ts'
import { saveCertificate, saveRequest } from './save-public.ts'
import { saveRepaired } from './save-repaired.ts'
import { saveTranscript } from './save-transcript.ts'
import { selfSign } from './self-sign.ts'
import { startInspection } from './start-inspection.ts'
import { startPractice } from './start-practice.ts'
import { submitToPractice } from './submit-to-practice.ts'
import { previewSupportBundle, saveSupportBundle } from './support-bundle.ts'
import { testConnection } from './test-connection.ts'
import { testEndpoints } from './test-endpoints.ts'
import { tokenHandlers } from './tokens/table.ts'
import { vaultHandlers } from './vault/table.ts'
import { webhookHandlers } from './webhooks/table.ts'

/** Who answers which call. What is one step stands here; what is more has a file of its name. */
export function createHandlers(means: Means): Handlers {
  const { vault, draft, providers, practice, works, clipboard, history, captures, inspections } = means
  const handlers: Handlers = {
    ...firstHandlers(means),
    addProvider: addProvider(means),
    removeProvider: async ({ provider }) => empty(await providers.remove(provider)),

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
    saveDraft: async (input) => ok(await draft.save(input.draft).then(() => ({}))),

    startPractice: startPractice(means),
    stopPractice: async () => ok(await practice.stop()),
    submitToPractice: submitToPractice(means),

    testConnection: testConnection(means),
    listEndpoints: async () => {
      // Those of an identity in the bin come back with it.
      const binned = new Set((await vault.bin.list()).map(({ handle }) => handle))
      return ok({ endpoints: (await history.endpoints()).filter(({ identity }) => !binned.has(identity ?? '')) })
    },
    listAttempts: async ({ endpoint }) => ok({ lines: await history.lines(endpoint) }),
    readAttempt: async ({ attempt }) => {
      const read = await history.read(attempt)
      return read.ok ? ok({ ...read.value, captured: captures.find(attempt) !== undefined }) : read
    },
    watchEndpoint: ({ endpoint, watched }) => history.watch(endpoint, watched),
    forgetEndpoint: async ({ endpoint }) =>
      (await history.forget(endpoint)) ? ok({}) : refuse({ code: 'history.endpoint-lost' }),
    testEndpoints: testEndpoints(means),
    forecast: forecast(means),
    explainText: explainText(means),
    saveTranscript: saveTranscript(means),
    previewSupportBundle: previewSupportBundle(means),
    saveSupportBundle: saveSupportBundle(means),
    forgetBlanks: async ({ identity }) =>
      empty(await changeIdentity(means, identity, (record) => ({ ...record, remembered: [] }), { blanks: null })),

    startInspection: startInspection(means),
    moreRows: moreRows(means),
    openObject: openObject(means),
    objectStructure: ({ inspection, object }) => inspections.ask(inspection, (reading) => reading.structure(object)),
    compareObjects: compareObjects(means),
    checkTrust: checkTrust(means),
    saveObject: saveObject(means),
    saveRepaired: saveRepaired(means),
    closeInspection: async ({ inspection }) => {
      inspections.forget(inspection)
      return ok({})
    },
    warmReader: async () => {
      const reader = await means.reader()
      reader.warm()
      return ok({})
    },

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

    ...authorityHandlers(means),
    ...bookHandlers(means),
    ...signingHandlers(means),
    ...signingServiceHandlers(means),
    ...webhookHandlers(means),
    ...vaultHandlers(means),
    ...calendarHandlers(means),
    ...renewalHandlers(means),
    ...tokenHandlers(means),
    ...handoverHandlers(means),
    ...conversionHandlers(means),
    dragOut: dragOut(means),
    readUpdates: async () => ok(await means.updates.state()),
    checkForUpdate: () => means.updates.check(),
    downloadUpdate: () => means.updates.download(),
    cancelUpdate: async () => ok(await means.updates.cancel()),
    installUpdate: async () => empty(await means.updates.install()),
    readPolicy: async () => {
      const { roots: _, profiles: __, ...state } = means.policy
      return ok(state)
    },
  }
  return guarded(handlers, means.policy)
}

const empty = (result: Result<unknown>): Result<Record<string, never>> => (result.ok ? ok({}) : result)
