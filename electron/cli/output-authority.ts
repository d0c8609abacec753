import { z } from 'zod'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'

const Authority = z.strictObject({
  authority: z.string(),
  name: z.string(),
  kind: z.enum(['root', 'issuing']),
  /** Where its key is. */
  keyAt: z.enum(['vault', 'cfssl', 'est', 'token']),
  key: KeyAlgorithm.nullable(),
  /** RFC 2253. */
  subject: z.string(),
  notAfter: z.string(),
  issued: z.number().int(),
})

/** What `authority create` and `authority bring` print: the one that signs. */
export const AuthorityOut = Authority.extend({
  /** Its certificate, where `--out` wrote it. */
  file: z.string().nullable(),
  /** Certificates taken over from an index. */
  book: z.number().int(),
})

export const AuthoritiesOut = z.strictObject({ authorities: z.array(Authority), damaged: z.array(z.string()) })

/** What `sign` prints. `rows` is what the window shows, field by field. */
export const SignOut = z.strictObject({
  authority: z.string(),
  subject: z.string(),
  /** Upper-case hex. */
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  rows: z.array(
    z.strictObject({
      field: z.string(),
      label: z.string(),
      asked: z.array(z.string()),
      issued: z.array(z.string()),
      mark: z.enum(['same', 'changed', 'left-out', 'added']),
    }),
  ),
  /** Points that were accepted with `--despite`, or told. */
  issues: z.array(z.strictObject({ code: z.string(), message: z.string(), needsConsent: z.boolean() })),
  /** Where a signing service decided otherwise. */
  differences: z.array(z.strictObject({ field: z.string(), shown: z.string(), issued: z.string() })),
  /** `null` with `--plan`: nothing was signed. */
  files: z.strictObject({ certificate: z.string(), authority: z.string(), text: z.string() }).nullable(),
})
