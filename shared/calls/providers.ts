import { z } from 'zod'
import { Profile } from '../providers/profile.ts'
import { DroppedContent, Nothing, Path } from './inputs.ts'

/** `managed`: from the folder of an organisation's policy. */
export const ProviderEntry = z.strictObject({
  profile: Profile,
  builtIn: z.boolean(),
  managed: z.literal(true).optional(),
})
export type ProviderEntry = z.infer<typeof ProviderEntry>

/** Providers: those built in, and those added from files. */
export const providerCalls = {
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
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
