import type { Trait } from './traits.ts'

/** What one runtime does where a trait is present. Without a rule that applies, the answer is yes. */
export type Rule = {
  asks: 'loads' | 'sends' | 'trusts'
  when: Trait
  answer: 'no' | 'partly' | 'unknown'
  why: string
  /** The text that the program prints, as measured. */
  prints?: string
  /** Read in documentation or source rather than measured. */
  documented?: true
}

export type Runtime = {
  id: string
  name: string
  /** Where the rules were measured. */
  measured: string
  /** How it is told whom to trust, where that takes more than the system’s list. */
  givesTrust: string
  rules: readonly Rule[]
}
