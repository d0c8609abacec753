import { z } from 'zod'
import { Handle } from '../identity.ts'

const Text = z.string().max(2048)

/** How a signing service is reached, without what proves us to it. */
export const ServicePlace = z.strictObject({
  at: z.enum(['cfssl', 'est']),
  url: Text,
  label: Text.optional(),
  profile: Text.optional(),
  user: Text.optional(),
  identity: Handle.optional(),
  serverCaPem: z.string().max(65_536).optional(),
  plainHttp: z.boolean().optional(),
})
export type ServicePlace = z.infer<typeof ServicePlace>
