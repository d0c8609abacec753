import { z } from 'zod'
import { Finding } from '../findings.ts'
import { Handle } from '../identity.ts'

/** `take`: as the request asks. `drop`: left out. `set`: what the authority says. */
export const Choice = z.enum(['take', 'drop', 'set'])
export type Choice = z.infer<typeof Choice>

/**
 * What is to become of one field. `subject.0` is the first part of the name that is asked for, `subject.+OU` one that is
 * added; `extension.<oid>` an extension; `validity` takes days. `value`: for `set`, one line each.
 */
export const PlanChoice = z.strictObject({
  field: z.string().regex(/^(subject\.(\d{1,3}|\+[A-Za-z]{1,20})|extension\.[0-9.]{3,120}|validity)$/),
  choice: Choice,
  value: z.array(z.string().max(2048)).max(100).optional(),
})
export type PlanChoice = z.infer<typeof PlanChoice>

/** `needsConsent`: it is issued only after somebody has said that it should be. */
export const PlanIssue = Finding.extend({ needsConsent: z.boolean() })
export type PlanIssue = z.infer<typeof PlanIssue>

/** One line between request and certificate: left what is asked, right what will be issued. */
export const PlanRow = z.strictObject({
  field: z.string(),
  label: z.string(),
  /** The term that stands in files: `CN`, `extendedKeyUsage`. */
  term: z.string().optional(),
  group: z.enum(['name', 'use', 'life', 'more']),
  /** Empty when the request does not ask for it. */
  asked: z.array(z.string()),
  askedCritical: z.boolean().optional(),
  choice: Choice,
  /** What may be chosen; with one entry there is no choice. */
  offers: z.array(Choice).min(1),
  /** How `set` is typed. */
  edit: z.enum(['text', 'names', 'uses', 'usages', 'addresses', 'days', 'none']),
  /** What `set` has now. */
  set: z.array(z.string()),
  /** What the certificate will say, read off its octets; empty when it is not in it. */
  value: z.array(z.string()),
  critical: z.boolean().optional(),
  mark: z.enum(['same', 'changed', 'left-out', 'added']),
  issues: z.array(PlanIssue),
})
export type PlanRow = z.infer<typeof PlanRow>

/** Which request, by whom, and with which choices. */
export const SigningWish = z.strictObject({
  authority: Handle,
  /** A profile's way of calling you, whose rules fill the right side. */
  profile: z.strictObject({ provider: z.string().max(40), callsYou: z.string().max(40) }).optional(),
  choices: z.array(PlanChoice).max(200),
})
export type SigningWish = z.infer<typeof SigningWish>
