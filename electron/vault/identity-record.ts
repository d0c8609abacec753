import { z } from 'zod'
import {
  Handle,
  HandoverMarks,
  HistoryEvent,
  IdentityPlan,
  Note,
  RenewalTicks,
  Tags,
  TestMark,
} from '../../shared/identity.ts'
import { TokenPlace } from '../../shared/tokens/token.ts'

/**
 * The public part of an identity as it is stored. What can be read from the request and the certificates is not kept
 * twice, except what the list shows for every identity at once. Its secrets are sealed beside it: `privateKey`
 * (PKCS#8 DER) and `blanks` (JSON, values by blank).
 */
export const IdentityRecord = z.strictObject({
  handle: Handle,
  plan: IdentityPlan,
  /** Kept, because a provider that was added from a file can be removed again. */
  providerName: z.string(),
  environmentName: z.string(),
  state: z.enum(['requested', 'ready', 'replaced', 'revoked']),
  createdAt: z.iso.datetime(),
  requestPem: z.string(),
  spkiSha256: z.string(),
  commonName: z.string().optional(),
  certificatePem: z.string().optional(),
  notBefore: z.iso.datetime().optional(),
  notAfter: z.iso.datetime().optional(),
  /** Issuers, nearest first. */
  chainPem: z.array(z.string()).max(20),
  /** The provider's own roots, to trust when calling it. */
  serverCaPem: z.string().optional(),
  /** Where its key is, when that is not the vault: no secret is sealed then. */
  keyPlace: TokenPlace.optional(),
  practice: z.boolean(),
  /** Self-signed, and handed to the practice provider, which is to know it again after a restart. */
  onPracticeFile: z.boolean().optional(),
  lastTest: TestMark.optional(),
  replacedBy: Handle.optional(),
  /** The day its successor took over for good; kept with the old one, whose state it explains. */
  retiredOn: z.iso.date().optional(),
  /** Of the renewal that this identity is the new one of; `sent` counts for its hand-over, too. */
  ticks: RenewalTicks.optional(),
  /** Steps of the hand-over that were ticked off by hand. */
  handed: HandoverMarks.optional(),
  /** In the bin since then: see `bin.ts`. */
  removedAt: z.iso.datetime().optional(),
  tags: Tags.optional(),
  note: Note.optional(),
  /** Finding codes that the user accepted when attaching. */
  accepted: z.array(z.string()),
  /** Names of the blanks whose values are sealed beside this. */
  remembered: z.array(z.string()),
  history: z.array(HistoryEvent),
})
export type IdentityRecord = z.infer<typeof IdentityRecord>

const longestHistory = 200

/** Adds to the history; the oldest tests go first when it grows too long. */
export function withEvent(record: IdentityRecord, event: z.infer<typeof HistoryEvent>): IdentityRecord {
  const history = [...record.history, event]
  if (history.length > longestHistory) {
    const oldestTest = history.findIndex(({ what }) => what === 'tested')
    history.splice(Math.max(0, oldestTest), 1)
  }
  return { ...record, history }
}
