import { z } from 'zod'
import { Profile } from './profile.ts'

/** `managed`: from the folder of an organisation's policy. */
export const ProviderEntry = z.strictObject({
  profile: Profile,
  builtIn: z.boolean(),
  managed: z.literal(true).optional(),
})
export type ProviderEntry = z.infer<typeof ProviderEntry>
