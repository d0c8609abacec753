import { z } from 'zod'
import { DoorReport } from '../../shared/door/door-report.ts'
import { ServerKind } from '../../shared/serverconfig/server-wish.ts'
import { Refused } from './output.ts'

/** `countersign door --json`: the report, or why there is none. */
export const DoorOut = DoorReport.or(Refused)

export const ServerConfigOut = z.strictObject({
  server: ServerKind,
  name: z.string(),
  needs: z.string(),
  files: z.array(z.strictObject({ name: z.string(), language: z.string(), text: z.string() })),
  prepare: z.array(z.string()),
  check: z.string().nullable(),
  reload: z.string().nullable(),
  caveats: z.array(z.string()),
  proven: z.string().nullable(),
  refusesRevoked: z.boolean(),
  /** Paths that were written, with --out. */
  saved: z.array(z.string()),
})
