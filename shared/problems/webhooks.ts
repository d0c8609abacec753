import type { WordsOf } from '../words.ts'
import { type DoorProblem, doorWords } from './door.ts'

export type WebhookProblem = DoorProblem

export const webhookWords: WordsOf<WebhookProblem> = { ...doorWords }
