import { z } from 'zod'

/** `refuses`: the provider or a server will say no. `warns`: works now, hurts later. `notes`: worth knowing. */
export const Severity = z.enum(['refuses', 'warns', 'notes'])
export type Severity = z.infer<typeof Severity>

/** Where a rule comes from: the provider's page or the RFC section. */
export const Source = z.strictObject({ title: z.string(), url: z.url().optional() })
export type Source = z.infer<typeof Source>

/**
 * Something worth telling about an object. `code` is `area.what-is-so` and never renamed; `message` says it in one
 * sentence; `next` is what to do about it.
 */
export const Finding = z.strictObject({
  code: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  severity: Severity,
  message: z.string(),
  next: z.string().optional(),
  source: Source.optional(),
})
export type Finding = z.infer<typeof Finding>

export const refusesAny = (findings: readonly Finding[]): boolean => findings.some((f) => f.severity === 'refuses')
