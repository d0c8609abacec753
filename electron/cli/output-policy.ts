import { z } from 'zod'
import { PolicyState } from '../../shared/policy/policy-state.ts'

export const PolicyOut = PolicyState.extend({
  /** How many certificates the files of `trust` hold, and which providers the folder of `providers` adds. */
  roots: z.number().int(),
  providers: z.array(z.string()),
})
