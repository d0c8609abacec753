import { z } from 'zod'

/** A version that the feed has, signed. */
export const UpdateOffer = z.strictObject({
  version: z.string().max(60),
  /** What its makers say of it, as plain text. */
  notes: z.string().max(20_000).nullable(),
  releasedAt: z.iso.datetime().nullable(),
  bytes: z.number().int().nullable(),
})
export type UpdateOffer = z.infer<typeof UpdateOffer>

export const UpdateStage = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('idle') }),
  z.strictObject({ at: z.literal('checking') }),
  /** Nothing newer is in the feed. */
  z.strictObject({ at: z.literal('current') }),
  z.strictObject({ at: z.literal('offered'), offer: UpdateOffer }),
  z.strictObject({ at: z.literal('downloading'), offer: UpdateOffer, received: z.number(), total: z.number() }),
  /** Downloaded and checked; it is installed when a person says so. */
  z.strictObject({ at: z.literal('ready'), offer: UpdateOffer }),
])
export type UpdateStage = z.infer<typeof UpdateStage>

/**
 * Where updates come from here. `package-manager`: a package of the system, or an archive, was unpacked. `portable`: one
 * file without an installation. `not-built-in`: this build has no feed. `off`: by policy. `feed`: by the app itself.
 */
export const UpdatesState = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('package-manager'), kind: z.enum(['deb', 'rpm', 'pacman']).nullable() }),
  z.strictObject({ from: z.literal('portable') }),
  z.strictObject({ from: z.literal('not-built-in') }),
  z.strictObject({ from: z.literal('off') }),
  z.strictObject({
    from: z.literal('feed'),
    host: z.string(),
    /** The last time the feed answered, soundly. */
    lastChecked: z.iso.datetime().nullable(),
    stage: UpdateStage,
  }),
])
export type UpdatesState = z.infer<typeof UpdatesState>
