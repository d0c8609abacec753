import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { CallName } from '../shared/contract.ts'
import type { Calls, Desk } from '../shared/desk.ts'
import type { Result } from '../shared/result.ts'

// Runs sandboxed, as one plain script: the contract comes in as types only, so nothing but this file is loaded here.
// Channel names are those of ipc.ts, which may not be imported for the same reason.

const invoke = (name: CallName, input: unknown): Promise<Result<never>> => ipcRenderer.invoke('call', name, input)

const call = <N extends CallName>(name: N) => ((input: unknown) => invoke(name, input)) as Calls[N]

const refused = { ok: false, problem: { code: 'app.input-invalid', field: 'from' } } as const

/** Paths and contents come from dropped files only, through the three functions at the end. */
const isMadeUp = (source: unknown) =>
  ['paths', 'contents'].includes(String((source as { from?: unknown } | null | undefined)?.from))

const mebibyte = 1024 * 1024

/** A file on disk goes in by path; one that was dragged out of another program has none and goes in by content. */
async function sourceOf(files: File[], most: { each: number; all: number } = { each: 16, all: 64 }) {
  const paths = files.map((file) => webUtils.getPathForFile(file))
  if (paths.every((path) => path !== '')) return { from: 'paths', paths }
  let total = 0
  const read = async (file: File) => {
    const { name, size } = file
    total += size
    // Too large to be carried over: only its size goes, so that it can be named among what was left out.
    if (size > most.each * mebibyte || total > most.all * mebibyte) return { name, size, bytes: new Uint8Array(0) }
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) }
  }
  return { from: 'contents', files: await Promise.all(files.map(read)) }
}

const desk: Desk = {
  listProviders: call('listProviders'),
  addProvider: async (input) => (isMadeUp(input) ? refused : invoke('addProvider', input)),
  removeProvider: call('removeProvider'),
  listIdentities: call('listIdentities'),
  readIdentity: call('readIdentity'),
  createIdentity: call('createIdentity'),
  selfSign: call('selfSign'),
  attachCertificate: async (input) => (isMadeUp(input?.source) ? refused : invoke('attachCertificate', input)),
  renameIdentity: call('renameIdentity'),
  removeIdentity: call('removeIdentity'),
  saveRequest: call('saveRequest'),
  saveCertificate: call('saveCertificate'),
  exportIdentity: call('exportIdentity'),
  readDraft: call('readDraft'),
  saveDraft: call('saveDraft'),
  practiceState: call('practiceState'),
  startPractice: call('startPractice'),
  stopPractice: call('stopPractice'),
  submitToPractice: call('submitToPractice'),
  listenerState: call('listenerState'),
  checkDoor: call('checkDoor'),
  confirmDoorHost: call('confirmDoorHost'),
  chooseDoorFile: call('chooseDoorFile'),
  prepareRevoked: call('prepareRevoked'),
  preparedRevoked: call('preparedRevoked'),
  saveDoorReport: call('saveDoorReport'),
  saveServerConfiguration: call('saveServerConfiguration'),
  readListenerSetup: call('readListenerSetup'),
  startListener: call('startListener'),
  stopListener: call('stopListener'),
  changeWebhookAnswer: call('changeWebhookAnswer'),
  chooseClientCa: call('chooseClientCa'),
  listArrivals: call('listArrivals'),
  readArrival: call('readArrival'),
  clearArrivals: call('clearArrivals'),
  saveArrivals: call('saveArrivals'),
  replayArrival: call('replayArrival'),
  playProvider: call('playProvider'),
  testConnection: call('testConnection'),
  listEndpoints: call('listEndpoints'),
  listAttempts: call('listAttempts'),
  readAttempt: call('readAttempt'),
  watchEndpoint: call('watchEndpoint'),
  forgetEndpoint: call('forgetEndpoint'),
  testEndpoints: call('testEndpoints'),
  forecast: call('forecast'),
  explainText: call('explainText'),
  saveTranscript: call('saveTranscript'),
  previewSupportBundle: call('previewSupportBundle'),
  saveSupportBundle: call('saveSupportBundle'),
  forgetBlanks: call('forgetBlanks'),
  startInspection: async (input) => (isMadeUp(input?.source) ? refused : invoke('startInspection', input)),
  moreRows: call('moreRows'),
  openObject: call('openObject'),
  objectStructure: call('objectStructure'),
  compareObjects: call('compareObjects'),
  checkTrust: call('checkTrust'),
  saveObject: call('saveObject'),
  saveRepaired: call('saveRepaired'),
  closeInspection: call('closeInspection'),
  warmReader: call('warmReader'),
  vaultState: call('vaultState'),
  setVaultPassphrase: call('setVaultPassphrase'),
  unlockVault: call('unlockVault'),
  lockVault: call('lockVault'),
  addVaultKeychain: call('addVaultKeychain'),
  removeVaultWay: call('removeVaultWay'),
  vaultDamage: call('vaultDamage'),
  restoreRecord: call('restoreRecord'),
  settleDamage: call('settleDamage'),
  listBackups: call('listBackups'),
  backupNow: call('backupNow'),
  saveBackup: call('saveBackup'),
  openBackup: call('openBackup'),
  restoreBackup: call('restoreBackup'),
  closeBackup: call('closeBackup'),
  readJournal: call('readJournal'),
  verifyJournal: call('verifyJournal'),
  saveJournal: call('saveJournal'),
  listReminders: call('listReminders'),
  readSettings: call('readSettings'),
  changeSettings: call('changeSettings'),
  readPolicy: call('readPolicy'),
  readUpdates: call('readUpdates'),
  checkForUpdate: call('checkForUpdate'),
  downloadUpdate: call('downloadUpdate'),
  cancelUpdate: call('cancelUpdate'),
  installUpdate: call('installUpdate'),
  saveSnippet: call('saveSnippet'),
  exportFor: call('exportFor'),
  previewConversion: call('previewConversion'),
  convertFiles: call('convertFiles'),
  dragOut: call('dragOut'),
  readHandover: call('readHandover'),
  tickHandover: call('tickHandover'),
  saveSheet: call('saveSheet'),
  cancelWork: call('cancelWork'),
  copyText: call('copyText'),
  openPage: call('openPage'),
  tickRenewal: call('tickRenewal'),
  noteIdentity: call('noteIdentity'),
  tagIdentities: call('tagIdentities'),
  removeIdentities: call('removeIdentities'),
  listBin: call('listBin'),
  restoreIdentities: call('restoreIdentities'),
  eraseIdentities: call('eraseIdentities'),
  exportIdentities: call('exportIdentities'),
  startImport: async (input) => (isMadeUp(input?.source) ? refused : invoke('startImport', input)),
  finishImport: call('finishImport'),
  closeImport: call('closeImport'),
  about: call('about'),
  listTokenLibraries: call('listTokenLibraries'),
  chooseTokenLibrary: call('chooseTokenLibrary'),
  forgetTokenLibrary: call('forgetTokenLibrary'),
  listTokens: call('listTokens'),
  unlockToken: call('unlockToken'),
  lockToken: call('lockToken'),
  listTokenKeys: call('listTokenKeys'),
  listExpiring: call('listExpiring'),
  readClock: call('readClock'),
  changeReminder: call('changeReminder'),
  saveDates: call('saveDates'),
  listFeeds: call('listFeeds'),
  startFeed: call('startFeed'),
  stopFeed: call('stopFeed'),
  backgroundState: call('backgroundState'),
  changeBackground: call('changeBackground'),
  listAuthorities: call('listAuthorities'),
  readAuthority: call('readAuthority'),
  openRequest: async (input) => (isMadeUp(input?.source) ? refused : invoke('openRequest', input)),
  planSigning: call('planSigning'),
  signRequest: call('signRequest'),
  saveHandBack: call('saveHandBack'),
  bringAuthority: async (input) => (isMadeUp(input?.source) ? refused : invoke('bringAuthority', input)),
  readBook: call('readBook'),
  readIssued: call('readIssued'),
  revokeIssued: call('revokeIssued'),
  noteIssued: call('noteIssued'),
  makeList: call('makeList'),
  saveList: call('saveList'),
  saveIndex: call('saveIndex'),
  saveTrustBundle: call('saveTrustBundle'),
  saveIssued: call('saveIssued'),
  succeedAuthority: call('succeedAuthority'),
  askSigningService: call('askSigningService'),
  addSigningService: call('addSigningService'),
  changeSigningService: call('changeSigningService'),
  createAuthority: call('createAuthority'),
  changeAuthority: call('changeAuthority'),
  removeAuthority: call('removeAuthority'),
  saveAuthority: call('saveAuthority'),
  startDroppedInspection: async (files, options) =>
    invoke('startInspection', { ...options, source: await sourceOf(files, { each: 64, all: 128 }) }),
  attachDropped: async (files, options) => invoke('attachCertificate', { ...options, source: await sourceOf(files) }),
  importDropped: async (files) => invoke('startImport', { source: await sourceOf(files) }),
  openRequestDropped: async (files) => invoke('openRequest', { source: await sourceOf(files) }),
  bringAuthorityDropped: async (files, options) =>
    invoke('bringAuthority', { ...options, source: await sourceOf(files) }),
  addProviderDropped: async (files) => invoke('addProvider', await sourceOf(files)),
  onNews: (listen) => {
    const hear = (_: unknown, news: Parameters<typeof listen>[0]) => listen(news)
    ipcRenderer.on('news', hear)
    return () => void ipcRenderer.off('news', hear)
  },
}

contextBridge.exposeInMainWorld('desk', desk)
