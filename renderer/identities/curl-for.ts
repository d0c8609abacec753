import { curlLine } from '../../shared/handover/curl.ts'
import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'

/** The provider's first call as a curl line with the files of the export; `null` where no call or host is known. */
export function curlFor(
  identity: Pick<IdentityDetail, 'name' | 'environment' | 'plan' | 'serverCaPem'>,
  profile: Profile,
): string | null {
  const call = firstCallOf(profile, identity.environment, identity.plan.answers)
  if (call === null) return null
  const stem = fileNameOf(identity.name)
  return curlLine({
    url: call.url,
    method: call.method,
    headers: call.headers,
    body: call.body,
    files: {
      certificate: `${stem}.crt`,
      key: `${stem}.key`,
      ca: identity.serverCaPem ? serverCaFileOf(stem) : undefined,
    },
  })
}
