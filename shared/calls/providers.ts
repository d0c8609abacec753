import { z } from 'zod'
import { ProviderEntry } from '../providers/provider-entry.ts'
import { DroppedContent, Nothing, Path } from './inputs.ts'

/** Providers: those built in, and those added from files. */
export const providerCalls = {
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
