import type { IdentityPlan } from '../identity.ts'
import { firstCallOf } from '../providers/plan.ts'
import type { Profile } from '../providers/profile.ts'
import { fileNameOf, serverCaFileOf } from './file-name.ts'
import type { SnippetCall } from './snippet.ts'

type Owner = { plan: IdentityPlan; serverCaPem?: string }

/**
 * The first call that a provider documents, with the files that an export of this identity writes. `null` where no call
 * or no host is known.
 */
export function firstSnippetCall({ plan, serverCaPem }: Owner, profile: Profile, locked: boolean): SnippetCall | null {
  const call = firstCallOf(profile, plan.environment, plan.answers)
  if (call === null) return null
  const { url, method, headers, body } = call
  const stem = fileNameOf(plan.name)
  return {
    url,
    method,
    headers,
    body,
    blanks: call.blanks.map(({ id }) => id),
    files: {
      certificate: `${stem}.crt`,
      key: `${stem}.key`,
      bundle: `${stem}.p12`,
      ...(serverCaPem !== undefined && { serverCa: serverCaFileOf(stem) }),
    },
    locked,
  }
}
