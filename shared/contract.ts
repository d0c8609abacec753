import { z } from 'zod'
import { appCalls } from './calls/app.ts'
import { authorityCalls } from './calls/authority.ts'
import { bookCalls } from './calls/book.ts'
import { calendarCalls } from './calls/calendar.ts'
import { conversionCalls } from './calls/conversion.ts'
import { dragCalls } from './calls/drag.ts'
import { firstCalls } from './calls/first.ts'
import { handoverCalls } from './calls/handover.ts'
import { identityCalls } from './calls/identities.ts'
import { Work } from './calls/inputs.ts'
import { inspectCalls } from './calls/inspect.ts'
import { policyCalls } from './calls/policy.ts'
import { practiceCalls } from './calls/practice.ts'
import { providerCalls } from './calls/providers.ts'
import { renewalCalls } from './calls/renewal.ts'
import { signingCalls } from './calls/signing.ts'
import { signingServiceCalls } from './calls/signing-services.ts'
import { testCalls } from './calls/tests.ts'
import { tokenCalls } from './calls/tokens.ts'
import { updateCalls } from './calls/updates.ts'
import { vaultCalls } from './calls/vault.ts'
import { webhookCalls } from './calls/webhooks.ts'
import { DoorRow } from './door/door-report.ts'
import { ItemId } from './expiry/items.ts'
import { Handle } from './identity.ts'
import { InspectionToken } from './pki/inspect-calls.ts'
import { PracticeState } from './practice-state.ts'
import { Settings } from './settings.ts'
import { ProbeRun, Step } from './tls/attempt.ts'
import { EndpointResult } from './tls/kept-attempts.ts'
import { UpdatesState } from './updates/updates.ts'
import { VaultState } from './vault/state.ts'
import { ListenerState } from './webhooks/listener-state.ts'

/**
 * Everything the page may ask of the main process. A call that is not listed here does not exist: preload, handlers
 * and tests are all typed from this table. File paths in inputs are put there by the preload from dropped files; the
 * page itself never names a path.
 */
export const contract = {
  ...firstCalls,
  ...providerCalls,
  ...identityCalls,
  ...practiceCalls,
  ...testCalls,
  ...inspectCalls,
  ...appCalls,
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
  ...conversionCalls,
  ...dragCalls,
  ...policyCalls,
  ...updateCalls,
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
  z.strictObject({ kind: z.literal('updates-changed'), updates: UpdatesState }),
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
      'help',
      'keys',
      'open-files',
      'inspect-clipboard',
      'opened-files',
    ]),
    identity: Handle.optional(),
    /** Of `opened-files`: what to ask the inspection for. */
    opened: InspectionToken.optional(),
    /** Of the calendar. */
    item: ItemId.optional(),
  }),
])
export type News = z.infer<typeof News>
