import type { WordsOf } from '../words.ts'

export type WebhookProblem = never

export const webhookWords: WordsOf<WebhookProblem> = {}
