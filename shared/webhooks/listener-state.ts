import { z } from 'zod'
import { ListenerSetup } from './setup.ts'

/** The one listener of this app, or none. */
export const ListenerState = z.strictObject({
  running: z
    .strictObject({
      provider: z.string(),
      providerName: z.string(),
      url: z.string(),
      since: z.iso.datetime(),
      /** Other computers can reach it. */
      onNetwork: z.boolean(),
      /** What to trust when calling it (PEM). */
      serverCaPem: z.string(),
      /** RFC 2253, of the certificate that it shows. */
      serverSubject: z.string(),
      /** There is a secret to check signatures by. */
      checksSignature: z.boolean(),
      /** In words, such as `certificates of “Acme CA”`. */
      demands: z.string(),
      /** Where the authority’s revocation list is served. */
      crlUrl: z.string().optional(),
      setup: ListenerSetup,
      /** Arrivals that could not be written, such as to a full disk. */
      lost: z.number().int().min(0),
    })
    .nullable(),
})
export type ListenerState = z.infer<typeof ListenerState>
