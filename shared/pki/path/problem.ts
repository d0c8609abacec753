import type { Candidate } from './candidate.ts'
import type { PathReason } from './reasons.ts'
import type { Settings } from './settings.ts'

/** What is wrong with one link of a path: `at` 0 is the leaf. The rest is what the words name: a name, a date, hosts. */
export type PathProblem = { reason: PathReason; at: number; detail?: string; issuer?: string; names?: string }

/** A path from a leaf to what is trusted, which is last and may be the leaf itself. */
export type Passage = { links: readonly Candidate[]; settings: Settings }

/** One rule over a path: every problem it has, none when it is kept. */
export type Rule = (passage: Passage) => PathProblem[]

/** Does only its name and key count (the root of a question that trusts keys)? The leaf is never exempt. */
export const isBareAnchor = ({ links, settings }: Passage, at: number): boolean =>
  settings.anchors === 'key' && at === links.length - 1 && at > 0
