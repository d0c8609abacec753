import type { WordsOf } from '../words.ts'

export type KeepingProblem = never

export const vaultWords: WordsOf<KeepingProblem> = {}
