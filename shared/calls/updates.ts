import type { z } from 'zod'
import { UpdatesState } from '../updates/updates.ts'
import { Nothing } from './inputs.ts'

/** Updates of the app. Nothing is asked of anybody before a person has said so: by a check, or by the daily one. */
export const updateCalls = {
  readUpdates: { input: Nothing, output: UpdatesState },
  checkForUpdate: { input: Nothing, output: UpdatesState },
  /** Answers when it is there and checked, or when it was cancelled; progress comes as news. */
  downloadUpdate: { input: Nothing, output: UpdatesState },
  cancelUpdate: { input: Nothing, output: UpdatesState },
  /** Writes what is being written, then ends the app and starts the new one. */
  installUpdate: { input: Nothing, output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
