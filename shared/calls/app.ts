import { z } from 'zod'
import { Settings, SettingsChange } from '../settings.ts'
import { Nothing, Work } from './inputs.ts'

/** Settings, and the app itself. */
export const appCalls = {
  changeSettings: { input: SettingsChange, output: Settings },
  cancelWork: { input: z.strictObject({ work: Work }), output: Nothing },
  copyText: { input: z.strictObject({ text: z.string().max(4 * 1024 * 1024) }), output: Nothing },
  /** Opens a page in the browser: a source of a provider, or a topic of the app. The page never names an address. */
  openPage: {
    input: z.discriminatedUnion('topic', [
      z.strictObject({ topic: z.literal('provider-source'), provider: z.string().max(40), source: z.string().max(80) }),
      z.strictObject({ topic: z.literal('provider-submit'), provider: z.string().max(40) }),
    ]),
    output: Nothing,
  },
  about: {
    input: Nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      chromium: z.string(),
      node: z.string(),
      platform: z.string(),
      licences: z.array(z.strictObject({ name: z.string(), version: z.string(), licence: z.string() })),
    }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
