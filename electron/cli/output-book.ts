import { z } from 'zod'
import { RevocationReason } from '../../shared/authority/revocation-reason.ts'

/** What `crl` prints. */
export const CrlOut = z.strictObject({
  authority: z.string(),
  number: z.number().int(),
  thisUpdate: z.string(),
  nextUpdate: z.string(),
  /** How many stand on it. */
  revoked: z.number().int(),
  /** A new list was signed; with `--if-due` the last one may still do. */
  made: z.boolean(),
  /** Authorities whose lists are in the file, and those whose list could not be made here. */
  of: z.array(z.string()),
  missing: z.array(z.string()),
  files: z.strictObject({ list: z.string().nullable(), trust: z.string().nullable(), index: z.string().nullable() }),
})

/** What `revoke` prints. */
export const RevokeOut = z.strictObject({
  authority: z.string(),
  name: z.string(),
  /** RFC 2253. */
  subject: z.string(),
  /** Upper-case hex. */
  serial: z.string(),
  revokedAt: z.string(),
  reason: RevocationReason,
  invalidSince: z.string().nullable(),
  /** Of the list that `--crl` wrote. */
  list: z.strictObject({ number: z.number().int(), nextUpdate: z.string(), file: z.string() }).nullable(),
})
