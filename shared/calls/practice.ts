import { z } from 'zod'
import { Handle } from '../identity.ts'
import { Nothing } from './inputs.ts'

/** Practice provider: `urls` are loopback; `serverCaPem` is what to trust when calling it. */
export const PracticeState = z.strictObject({
  running: z
    .strictObject({
      provider: z.string(),
      providerName: z.string(),
      environment: z.string(),
      apiUrl: z.string(),
      portalUrl: z.string(),
      serverCaPem: z.string(),
      clientCaPem: z.string(),
    })
    .nullable(),
})
export type PracticeState = z.infer<typeof PracticeState>

/** The practice provider. */
export const practiceCalls = {
  practiceState: { input: Nothing, output: PracticeState },
  startPractice: {
    input: z.strictObject({ provider: z.string().max(40), environment: z.string().max(40) }),
    output: PracticeState,
  },
  stopPractice: { input: Nothing, output: PracticeState },
  /** Hands the request (or the self-signed certificate) to the practice provider; answers what it returns. */
  submitToPractice: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ certificatePem: z.string(), serverCaPem: z.string(), says: z.string() }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
