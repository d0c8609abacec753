import { z } from 'zod'
import { Reminder } from '../expiry/reminders.ts'
import { Draft, IdentitySummary } from '../identity.ts'
import { PracticeState } from '../practice-state.ts'
import { ProviderEntry } from '../providers/provider-entry.ts'
import { Settings } from '../settings.ts'
import { VaultState } from '../vault/state.ts'
import { ListenerState } from '../webhooks/listener-state.ts'
import { Nothing } from './inputs.ts'

/**
 * What a page asks when it begins. Apart from the other calls, whose schemas take longer to build than all else that the
 * first screen waits for.
 */
export const firstCalls = {
  listIdentities: {
    input: Nothing,
    output: z.strictObject({ identities: z.array(IdentitySummary), damaged: z.array(z.string()) }),
  },
  listProviders: { input: Nothing, output: z.strictObject({ providers: z.array(ProviderEntry) }) },
  listReminders: { input: Nothing, output: z.strictObject({ reminders: z.array(Reminder) }) },
  listenerState: { input: Nothing, output: ListenerState },
  practiceState: { input: Nothing, output: PracticeState },
  /** What the app takes for the present moment. */
  readClock: { input: Nothing, output: z.strictObject({ now: z.iso.datetime() }) },
  readDraft: { input: Nothing, output: z.strictObject({ draft: Draft.nullable() }) },
  readSettings: { input: Nothing, output: Settings },
  vaultState: { input: Nothing, output: VaultState },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
