import { z } from 'zod'

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
