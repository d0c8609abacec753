import { appWords } from './problems/app.ts'
import { authorityWords } from './problems/authority.ts'
import { bookWords } from './problems/book.ts'
import { calendarWords } from './problems/calendar.ts'
import { fileWords } from './problems/files.ts'
import { handoverWords } from './problems/handover.ts'
import { keyWords } from './problems/keys.ts'
import { policyWords } from './problems/policy.ts'
import { providerWords } from './problems/providers.ts'
import { renewalWords } from './problems/renewal.ts'
import { serviceWords } from './problems/signing-services.ts'
import { testWords } from './problems/tests.ts'
import { tokenWords } from './problems/tokens.ts'
import { updateWords } from './problems/updates.ts'
import { vaultWords } from './problems/vault.ts'
import { webhookWords } from './problems/webhooks.ts'
import type { Problem } from './problems.ts'
import type { Words, WordsOf } from './words.ts'

const phrasebook: WordsOf<Problem> = {
  ...appWords,
  ...fileWords,
  ...keyWords,
  ...providerWords,
  ...testWords,
  ...authorityWords,
  ...bookWords,
  ...serviceWords,
  ...webhookWords,
  ...vaultWords,
  ...calendarWords,
  ...renewalWords,
  ...tokenWords,
  ...handoverWords,
  ...policyWords,
  ...updateWords,
}

/** The words for a problem. */
export function words(problem: Problem): Words {
  return (phrasebook[problem.code] as (p: Problem) => Words)(problem)
}
