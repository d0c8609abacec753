import { z } from 'zod'

/** Why a certificate was revoked (CRLReason, RFC 5280 section 5.3.1), in OpenSSL's words. `unspecified` is not written into a list. */
export const RevocationReason = z.enum([
  'unspecified',
  'keyCompromise',
  'CACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
])
export type RevocationReason = z.infer<typeof RevocationReason>
