import type { Facts } from '../pki/facts.ts'
import type { Profile } from '../providers/profile.ts'
import type { ProbeResult } from './attempt.ts'

/** What is known besides the attempt itself. Each may be absent; verdicts then claim less. */
export type Context = {
  certificate?: Facts
  /** What is sent above the certificate, nearest first. */
  chain?: Facts[]
  profile?: Profile
  /** Id of the provider’s environment that the identity was made for. */
  environment?: string
  /** Further connections, made after a refusal to tell causes apart. */
  probes?: ProbeResult[]
  now: Date
}
