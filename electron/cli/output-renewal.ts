import { z } from 'zod'
import { Finding } from '../../shared/findings.ts'
import { Facts } from '../../shared/pki/facts.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { Refused } from './output.ts'

const stages = ['to-send', 'waiting', 'to-test', 'to-switch', 'to-retire', 'done'] as const

/** What `renew --json` prints, of the new identity. */
export const RenewOut = z
  .strictObject({
    /** Its handle, and its name. */
    identity: z.string(),
    name: z.string(),
    /** Null once it was removed, or where it never had a certificate. */
    renews: z.strictObject({ identity: z.string(), name: z.string(), notAfter: z.string().nullable() }).nullable(),
    /** False where the renewal was under way already: no second key was made. */
    made: z.boolean(),
    key: KeyAlgorithm,
    sameKey: z.boolean(),
    /** RFC 2253, of the request. */
    subject: z.string(),
    spkiSha256: z.string(),
    /** What is to be done next, or waited for. */
    stage: z.enum(stages),
    files: z.strictObject({ request: z.string().optional() }),
    findings: z.array(Finding),
  })
  .or(Refused)

/** What `attach --identity --json` prints: the certificate rests in the app’s vault. */
export const AttachedOut = z
  .strictObject({
    identity: z.string(),
    name: z.string(),
    facts: Facts,
    chain: z.array(z.string()),
    /** Where it is a renewal: what is to be done next. */
    stage: z.enum(stages).nullable(),
    findings: z.array(Finding),
  })
  .or(Refused)
