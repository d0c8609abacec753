import { z } from 'zod'
import { Arrival } from '../../shared/webhooks/arrival.ts'

/** The first line of `listen --json`. */
export const ListenReadyOut = z.strictObject({
  ready: z.literal(true),
  url: z.string(),
  /** Whom it lets in, in words. */
  demands: z.string(),
  /** What callers need to trust, where the certificate was made for this run. */
  caFile: z.string().optional(),
})

/** Each line after it: one arrival, numbered from 1. */
export const ArrivalOut = Arrival
