import type { WordsOf } from '../words.ts'

export type AuthorityProblem = never

export const authorityWords: WordsOf<AuthorityProblem> = {}
