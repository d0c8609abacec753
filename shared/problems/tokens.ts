import type { WordsOf } from '../words.ts'

export type TokenProblem = never

export const tokenWords: WordsOf<TokenProblem> = {}
