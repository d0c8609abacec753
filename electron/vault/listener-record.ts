import { z } from 'zod'
import { ListenerSetup } from '../../shared/webhooks/setup.ts'

/**
 * How webhooks of one provider are listened to; its id is the provider's. Sealed beside it: `signatureSecret` (UTF-8),
 * and `serverKey` (PKCS#8 DER), the key of the server certificate that an authority of this vault has issued for it.
 */
export const ListenerRecord = z.strictObject({
  setup: ListenerSetup,
  /** Issued for the address and names of the set-up, and used until they change or it is about to end. */
  serverCertificatePem: z.string().optional(),
})
export type ListenerRecord = z.infer<typeof ListenerRecord>
