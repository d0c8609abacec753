import type { AppProblem } from './problems/app.ts'
import type { AuthorityProblem } from './problems/authority.ts'
import type { BookProblem } from './problems/book.ts'
import type { CalendarProblem } from './problems/calendar.ts'
import type { FileProblem } from './problems/files.ts'
import type { HandoverProblem } from './problems/handover.ts'
import type { KeyProblem } from './problems/keys.ts'
import type { PolicyProblem } from './problems/policy.ts'
import type { ProviderProblem } from './problems/providers.ts'
import type { RenewalProblem } from './problems/renewal.ts'
import type { ServiceProblem } from './problems/signing-services.ts'
import type { TestProblem } from './problems/tests.ts'
import type { TokenProblem } from './problems/tokens.ts'
import type { UpdateProblem } from './problems/updates.ts'
import type { VaultProblem } from './problems/vault.ts'
import type { WebhookProblem } from './problems/webhooks.ts'

/**
 * Every way the app can say no. The code is a promise: tests, logs and scripts quote it, so codes are added but never
 * renamed. A problem carries names, sizes and counts, never file contents, passphrases or library messages, because
 * any of those may hold a key.
 */
export type Problem =
  | AppProblem
  | FileProblem
  | KeyProblem
  | VaultProblem
  | ProviderProblem
  | TestProblem
  | AuthorityProblem
  | BookProblem
  | ServiceProblem
  | WebhookProblem
  | CalendarProblem
  | RenewalProblem
  | TokenProblem
  | HandoverProblem
  | PolicyProblem
  | UpdateProblem

export type ProblemCode = Problem['code']
