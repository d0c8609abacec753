import type { WordsOf } from '../words.ts'

export type RenewalProblem = never

export const renewalWords: WordsOf<RenewalProblem> = {}
