import { z } from 'zod'
import { authorityCalls } from './calls/authority.ts'
import { bookCalls } from './calls/book.ts'
import { calendarCalls } from './calls/calendar.ts'
import { handoverCalls } from './calls/handover.ts'
import { ListenerState } from './calls/listener.ts'
import { renewalCalls } from './calls/renewal.ts'
import { signingCalls } from './calls/signing.ts'
import { signingServiceCalls } from './calls/signing-services.ts'
import { tokenCalls } from './calls/tokens.ts'
import { vaultCalls } from './calls/vault.ts'
import { webhookCalls } from './calls/webhooks.ts'
import { DoorRow } from './door/door-report.ts'
import { ItemId } from './expiry/items.ts'
import { Reminder } from './expiry/reminders.ts'
import { Finding } from './findings.ts'
import { Draft, Handle, IdentityDetail, IdentityPlan, IdentitySummary } from './identity.ts'
import {
  Comparison,
  InspectionPart,
  InspectionToken,
  ObjectId,
  ObjectRef,
  OpenedObject,
  PathRoots,
  PathVerdict,
  Purpose,
  Structure,
} from './pki/inspect-calls.ts'
import { Profile } from './providers/profile.ts'
import { Settings, SettingsChange } from './settings.ts'
import { Attempt, ConnectionOptions, ProbeRun, Step, Verdict } from './tls/attempt.ts'
import {
  AttemptId,
  AttemptLine,
  Endpoint,
  EndpointId,
  EndpointResult,
  Explanation,
  ForecastRow,
  SupportBundle,
  TranscriptFormat,
} from './tls/kept-attempts.ts'
import { TokenChoice } from './tokens/token.ts'
import { VaultState } from './vault/state.ts'

const Nothing = z.strictObject({})
const Path = z.string().min(1).max(4096)
const Passphrase = z.string().min(1).max(1024)
/** Names long work so that it can be followed and cancelled; chosen by the page. */
const Work = z.string().regex(/^[a-z0-9-]{1,40}$/)
const PastedText = z
  .string()
  .min(1)
  .max(4 * 1024 * 1024)
/** A dropped file without a place on disk, such as a mail attachment: its content comes instead of a path. */
const contentUpTo = (mebibytes: number) =>
  z.strictObject({
    name: z.string().min(1).max(255),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= mebibytes * 1024 * 1024),
    /** Of a file that is too large to be brought: then `bytes` is empty. */
    size: z.number().int().min(0).optional(),
  })
const DroppedContent = contentUpTo(16)

export { VaultState }

/** Practice provider: `urls` are loopback; `serverCaPem` is what to trust when calling it. */
export const PracticeState = z.strictObject({
  running: z
    .strictObject({
      provider: z.string(),
      providerName: z.string(),
      environment: z.string(),
      apiUrl: z.string(),
      portalUrl: z.string(),
      serverCaPem: z.string(),
      clientCaPem: z.string(),
    })
    .nullable(),
})
export type PracticeState = z.infer<typeof PracticeState>

/** Where a certificate to attach comes from. `choose` opens the system's file dialog. */
export const CertificateSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('choose') }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(Path).min(1).max(50) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(DroppedContent).min(1).max(50) }),
  z.strictObject({ from: z.literal('text'), text: PastedText }),
  /** The files chosen last in the dialog, once more: now with their passphrase. */
  z.strictObject({ from: z.literal('again') }),
])

/** What to look at. `address`: `host:port` or an https address, for the certificates that a server sends. */
export const InspectionSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('choose') }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(Path).min(1).max(2000) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(contentUpTo(64)).min(1).max(200) }),
  z.strictObject({ from: z.literal('text'), text: PastedText }),
  z.strictObject({ from: z.literal('clipboard') }),
  z.strictObject({ from: z.literal('address'), address: z.string().min(1).max(2048) }),
  /** Opens what is locked in an inspection. */
  z.strictObject({ from: z.literal('unlock'), unlock: InspectionToken, passphrase: z.string().max(1024) }),
])
export type InspectionSource = z.infer<typeof InspectionSource>

export const ConnectionTest = z.strictObject({
  work: Work,
  /** `null` tests without a client certificate. */
  identity: Handle.nullable(),
  url: z.string().min(1).max(2048),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  headers: z.array(z.strictObject({ name: z.string().min(1).max(200), value: z.string().max(8192) })).max(60),
  body: z
    .string()
    .max(256 * 1024)
    .optional(),
  /** Values for `{blanks}` in url, headers and body; kept sealed with the identity when `remember` is set. */
  blanks: z.record(z.string().max(40), z.string().max(4096)),
  /** Blanks without a value here are filled from what the identity remembers. */
  remember: z.boolean(),
  /**
   * `provider`: the CA kept with the identity. `practice`: the practice provider's CA. `once`: exactly this certificate
   * of the server, for this test only, after the user has seen it.
   */
  trust: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('system') }),
    z.strictObject({ by: z.literal('provider') }),
    z.strictObject({ by: z.literal('practice') }),
    z.strictObject({ by: z.literal('pem'), pem: PastedText }),
    z.strictObject({ by: z.literal('once'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ]),
  /** Without a proxy in it, the one of the settings applies. */
  options: ConnectionOptions.optional(),
  /** `auto`, which is meant when absent, tells the causes of a refusal apart by further connections. */
  probe: z.enum(['none', 'auto']).optional(),
  /** What the proxy asked for: kept in memory for its address until the app ends, and stored nowhere. */
  proxyLogin: z.strictObject({ user: z.string().min(1).max(255), password: z.string().max(1024) }).optional(),
  timeoutMs: z.number().int().min(500).max(120_000).optional(),
})
export type ConnectionTest = z.infer<typeof ConnectionTest>

export const ProviderEntry = z.strictObject({ profile: Profile, builtIn: z.boolean() })
export type ProviderEntry = z.infer<typeof ProviderEntry>

/**
 * Everything the page may ask of the main process. A call that is not listed here does not exist: preload, handlers
 * and tests are all typed from this table. File paths in inputs are put there by the preload from dropped files; the
 * page itself never names a path.
 */
export const contract = {
  // Providers
  listProviders: { input: Nothing, output: z.strictObject({ providers: z.array(ProviderEntry) }) },
  addProvider: {
    input: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('choose') }),
      z.strictObject({ from: z.literal('paths'), paths: z.array(Path).length(1) }),
      z.strictObject({ from: z.literal('contents'), files: z.array(DroppedContent).length(1) }),
    ]),
    output: z.strictObject({ entry: ProviderEntry.nullable() }),
  },
  removeProvider: { input: z.strictObject({ provider: z.string().max(40) }), output: Nothing },

  // Identities
  listIdentities: {
    input: Nothing,
    output: z.strictObject({ identities: z.array(IdentitySummary), damaged: z.array(z.string()) }),
  },
  readIdentity: { input: z.strictObject({ identity: Handle }), output: IdentityDetail },
  /** With `token` the key is made there, or is there already; otherwise it is made here and sealed in the vault. */
  createIdentity: {
    input: z.strictObject({ work: Work, plan: IdentityPlan, token: TokenChoice.optional() }),
    output: IdentityDetail,
  },
  selfSign: {
    input: z.strictObject({ identity: Handle, days: z.number().int().min(1).max(3650) }),
    output: IdentityDetail,
  },
  /** Nothing stored changes when this refuses. `despite` lists finding codes the user accepted. */
  attachCertificate: {
    input: z.strictObject({
      identity: Handle.optional(),
      source: CertificateSource,
      passphrase: z.string().max(1024).optional(),
      despite: z.array(z.string().max(80)).max(40),
    }),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('attached'), identity: IdentityDetail }),
      /** It fits, but findings refuse it: show them, then ask again with `despite`. `pem` goes back as text. */
      z.strictObject({ outcome: z.literal('flagged'), name: z.string(), pem: z.string(), findings: z.array(Finding) }),
      z.strictObject({ outcome: z.literal('cancelled') }),
    ]),
  },
  renameIdentity: {
    input: z.strictObject({ identity: Handle, name: z.string().trim().min(1).max(120) }),
    output: IdentityDetail,
  },
  removeIdentity: { input: z.strictObject({ identity: Handle }), output: Nothing },
  saveRequest: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  /** The certificate alone, without its key: what is uploaded where one signs it oneself. */
  saveCertificate: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  exportIdentity: {
    input: z.strictObject({
      identity: Handle,
      as: z.discriminatedUnion('format', [
        z.strictObject({
          format: z.literal('pkcs12'),
          readers: z.enum(['modern', 'older']),
          passphrase: Passphrase,
        }),
        /** `passphrase: null` writes the key in the clear, after the page has warned. */
        z.strictObject({ format: z.literal('pem'), passphrase: Passphrase.nullable() }),
        /** The certificate with its chain, without a key: for programs that use one in a token. */
        z.strictObject({ format: z.literal('certificate') }),
      ]),
    }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
  readDraft: { input: Nothing, output: z.strictObject({ draft: Draft.nullable() }) },
  saveDraft: { input: z.strictObject({ draft: Draft.nullable() }), output: Nothing },

  // Practice provider
  practiceState: { input: Nothing, output: PracticeState },
  startPractice: {
    input: z.strictObject({ provider: z.string().max(40), environment: z.string().max(40) }),
    output: PracticeState,
  },
  stopPractice: { input: Nothing, output: PracticeState },
  /** Hands the request (or the self-signed certificate) to the practice provider; answers what it returns. */
  submitToPractice: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ certificatePem: z.string(), serverCaPem: z.string(), says: z.string() }),
  },

  // Test
  /** `kept` finds the attempt again in the history. */
  testConnection: {
    input: ConnectionTest,
    output: z.strictObject({ attempt: Attempt, verdict: Verdict, kept: AttemptId.optional() }),
  },
  listEndpoints: { input: Nothing, output: z.strictObject({ endpoints: z.array(Endpoint) }) },
  listAttempts: {
    input: z.strictObject({ endpoint: EndpointId }),
    output: z.strictObject({ lines: z.array(AttemptLine) }),
  },
  /** `captured`: what went over the wire is still in memory and can be saved. */
  readAttempt: {
    input: z.strictObject({ attempt: AttemptId }),
    output: z.strictObject({
      line: AttemptLine,
      endpoint: Endpoint,
      attempt: Attempt,
      verdict: Verdict,
      captured: z.boolean(),
    }),
  },
  watchEndpoint: { input: z.strictObject({ endpoint: EndpointId, watched: z.boolean() }), output: Endpoint },
  forgetEndpoint: { input: z.strictObject({ endpoint: EndpointId }), output: Nothing },
  /** Makes the last test of each endpoint once more, a few at a time; without a list, of all. */
  testEndpoints: {
    input: z.strictObject({ work: Work, endpoints: z.array(EndpointId).max(1000).optional() }),
    output: z.strictObject({ results: z.array(EndpointResult) }),
  },
  /** With an attempt also what they would do with that server. */
  forecast: {
    input: z.strictObject({ identity: Handle, attempt: AttemptId.optional() }),
    output: z.strictObject({ rows: z.array(ForecastRow) }),
  },
  /** An error text or log of any program in words; without an identity, by the text alone. */
  explainText: {
    input: z.strictObject({
      text: z.string().max(1024 * 1024),
      identity: Handle.nullable(),
      attempt: AttemptId.optional(),
    }),
    output: z.strictObject({ rows: z.array(Explanation) }),
  },
  saveTranscript: {
    input: z.strictObject({ attempt: AttemptId, as: TranscriptFormat }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  previewSupportBundle: { input: z.strictObject({ attempt: AttemptId }), output: SupportBundle },
  saveSupportBundle: {
    input: z.strictObject({ attempt: AttemptId }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  forgetBlanks: { input: z.strictObject({ identity: Handle }), output: Nothing },

  // Inspect
  /**
   * The first part of what is found, once there are up to 500 rows. `null` when the dialog was closed. Cancelling the
   * work ends the list where it is. Unlocking answers the first part anew, or `key.passphrase-wrong`.
   */
  startInspection: {
    input: z.strictObject({ work: Work, source: InspectionSource }),
    output: z.strictObject({ inspection: InspectionPart.nullable() }),
  },
  /** The next part, from the number of rows that the page has. */
  moreRows: {
    input: z.strictObject({ inspection: InspectionToken, from: z.number().int().min(0).max(1_000_000) }),
    output: InspectionPart,
  },
  /** With a profile, `judgement` says what its provider would make of it. */
  openObject: {
    input: z.strictObject({
      inspection: InspectionToken,
      object: ObjectId,
      profile: z.strictObject({ provider: z.string().max(40), environment: z.string().max(40) }).optional(),
    }),
    output: OpenedObject,
  },
  /** Refused for whatever holds a private key that is not encrypted. */
  objectStructure: { input: z.strictObject({ inspection: InspectionToken, object: ObjectId }), output: Structure },
  compareObjects: { input: z.strictObject({ a: ObjectRef, b: ObjectRef }), output: Comparison },
  /** `inspection`: whose certificates may stand between, for an object that is not of it. `at`: now when absent. */
  checkTrust: {
    input: z.strictObject({
      object: ObjectRef,
      purpose: Purpose,
      host: z.string().max(253).optional(),
      at: z.iso.datetime().optional(),
      roots: PathRoots,
      inspection: InspectionToken.optional(),
    }),
    output: PathVerdict,
  },
  /** As it was found, byte for byte; what holds a private key for its owner alone to read. */
  saveObject: {
    input: z.strictObject({ inspection: InspectionToken, object: ObjectId, format: z.enum(['pem', 'der']) }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  saveRepaired: {
    input: z.strictObject({ inspection: InspectionToken, object: ObjectId }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  /** Forgets what was dropped. */
  closeInspection: { input: z.strictObject({ inspection: InspectionToken }), output: Nothing },
  /** Something may be dropped soon: what reads it takes some 200 ms to start. */
  warmReader: { input: Nothing, output: Nothing },

  // Vault, reminders, settings
  vaultState: { input: Nothing, output: VaultState },
  setVaultPassphrase: { input: z.strictObject({ passphrase: Passphrase }), output: VaultState },
  unlockVault: { input: z.strictObject({ passphrase: Passphrase }), output: VaultState },
  lockVault: { input: Nothing, output: VaultState },
  listReminders: { input: Nothing, output: z.strictObject({ reminders: z.array(Reminder) }) },
  readSettings: { input: Nothing, output: Settings },
  changeSettings: { input: SettingsChange, output: Settings },

  // The app itself
  cancelWork: { input: z.strictObject({ work: Work }), output: Nothing },
  copyText: { input: z.strictObject({ text: z.string().max(4 * 1024 * 1024) }), output: Nothing },
  /** Opens a page in the browser: a source of a provider, or a topic of the app. The page never names an address. */
  openPage: {
    input: z.discriminatedUnion('topic', [
      z.strictObject({ topic: z.literal('provider-source'), provider: z.string().max(40), source: z.string().max(80) }),
      z.strictObject({ topic: z.literal('provider-submit'), provider: z.string().max(40) }),
    ]),
    output: Nothing,
  },
  about: {
    input: Nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      platform: z.string(),
      licences: z.array(z.strictObject({ name: z.string(), version: z.string(), licence: z.string() })),
    }),
  },

  ...authorityCalls,
  ...bookCalls,
  ...signingCalls,
  ...signingServiceCalls,
  ...webhookCalls,
  ...vaultCalls,
  ...calendarCalls,
  ...renewalCalls,
  ...tokenCalls,
  ...handoverCalls,
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export type CallName = keyof typeof contract
export type Input<N extends CallName> = z.infer<(typeof contract)[N]['input']>
export type Output<N extends CallName> = z.infer<(typeof contract)[N]['output']>

/** News from the main process: progress and changes, never answers. One channel, `news`. */
export const News = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('work'), work: Work, says: z.string(), elapsedMs: z.number() }),
  z.strictObject({ kind: z.literal('step'), work: Work, step: Step }),
  /** The whole list of further connections after a refusal, whenever one of them begins or ends. */
  z.strictObject({ kind: z.literal('probe'), work: Work, probes: z.array(ProbeRun).max(6) }),
  z.strictObject({ kind: z.literal('endpoints'), work: Work, results: z.array(EndpointResult) }),
  z.strictObject({ kind: z.literal('identities-changed') }),
  /** A token was locked without the page asking: with the vault, or because its library came to an end. */
  z.strictObject({ kind: z.literal('tokens-changed') }),
  /** Authorities, or what they have issued or revoked. */
  z.strictObject({ kind: z.literal('authorities-changed') }),
  z.strictObject({ kind: z.literal('vault-changed'), vault: VaultState }),
  z.strictObject({ kind: z.literal('practice-changed'), practice: PracticeState }),
  z.strictObject({ kind: z.literal('listener-changed'), listener: ListenerState }),
  /** All rows of the check of a door, whenever one begins or ends. */
  z.strictObject({ kind: z.literal('door'), work: Work, rows: z.array(DoorRow).max(30) }),
  /** More has arrived, or it was cleared: the numbers of the oldest and newest that are kept, and how many are. */
  z.strictObject({ kind: z.literal('arrivals'), first: z.number(), last: z.number(), count: z.number() }),
  z.strictObject({ kind: z.literal('settings-changed'), settings: Settings }),
  /** What is due, snoozed or done is not what it was. */
  z.strictObject({ kind: z.literal('reminders-changed') }),
  /** The clock was set, or the computer has slept. */
  z.strictObject({ kind: z.literal('clock-changed'), now: z.iso.datetime() }),
  /** A menu command or a clicked notification: go there. */
  z.strictObject({
    kind: z.literal('go'),
    to: z.enum([
      'identities',
      'identity',
      'create',
      'renew',
      'inspect',
      'test',
      'authority',
      'webhooks',
      'calendar',
      'settings',
      'palette',
      'open-files',
      'inspect-clipboard',
    ]),
    identity: Handle.optional(),
    /** Of the calendar. */
    item: ItemId.optional(),
  }),
])
export type News = z.infer<typeof News>
