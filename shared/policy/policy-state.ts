import { z } from 'zod'
import { Policy, policySections } from './policy.ts'

/** What is wrong with a policy file, and where. `governs`: what it would have decided, which now fails closed. */
export const PolicyFault = z.strictObject({
  /** The file it is in: the policy itself, or one that it names. */
  file: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  /** Reads as `${field} ${why}`. */
  field: z.string(),
  why: z.string(),
  governs: z.array(z.enum(policySections)),
})
export type PolicyFault = z.infer<typeof PolicyFault>

/** The policy of this computer as it is in force. Where `faults` govern a section, `policy` does not have it. */
export const PolicyState = z.strictObject({
  /** Where the file lies, or would lie. */
  file: z.string(),
  /** `none`: there is no such file. */
  state: z.enum(['none', 'good', 'broken']),
  policy: Policy,
  faults: z.array(PolicyFault).max(200),
})
export type PolicyState = z.infer<typeof PolicyState>

/** The fault that keeps a section from being known; undefined where it is known, or not governed. */
export const faultOf = ({ faults }: PolicyState, section: PolicyFault['governs'][number]): PolicyFault | undefined =>
  faults.find(({ governs }) => governs.includes(section))

/** Whether an organisation decides here: by what its file says, or because that cannot be read. */
export const isGoverned = (state: PolicyState, section: PolicyFault['governs'][number]): boolean =>
  state.policy[section] !== undefined || faultOf(state, section) !== undefined

export const noPolicy = (file: string): PolicyState => ({ file, state: 'none', policy: {}, faults: [] })
