import { z } from 'zod'
import { KeyAlgorithm } from '../pki/key-plan.ts'
import { isCountryCode } from '../providers/country.ts'

/** Keys that an authority made here may have: what every server verifies, and large enough for its years. */
export const AuthorityKey = KeyAlgorithm.extract(['ec-p256', 'ec-p384', 'rsa-3072', 'rsa-4096'])
export type AuthorityKey = z.infer<typeof AuthorityKey>

/** X.520's upper bounds for a name's parts, which OpenSSL enforces. */
const longestPart = 64
export const mostYears = 30

const Part = z.string().trim().min(1).max(longestPart)

/** A new authority: `root` signs by itself; with `issuing` a root that signs only the authority that signs the rest. */
export const AuthorityPlan = z.strictObject({
  /** What it is called here. */
  name: z.string().trim().min(1).max(120),
  commonName: Part,
  organization: Part.optional(),
  country: z.string().refine(isCountryCode).optional(),
  key: AuthorityKey,
  years: z.number().int().min(1).max(mostYears),
  issuing: z.strictObject({ commonName: Part, years: z.number().int().min(1).max(mostYears) }).optional(),
  askEachTime: z.boolean(),
})
export type AuthorityPlan = z.infer<typeof AuthorityPlan>
