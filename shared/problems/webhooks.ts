import type { WordsOf } from '../words.ts'
import { type DoorProblem, doorWords } from './door.ts'
import { type ListenerProblem, listenerWords } from './listener.ts'

export type WebhookProblem = DoorProblem | ListenerProblem

export const webhookWords: WordsOf<WebhookProblem> = { ...doorWords, ...listenerWords }
