import { refusesAny } from '../../shared/findings.ts'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-plan.ts'
import { generateKey, spkiSha256 } from '../../shared/pki/keys.ts'
import { publicHalf } from '../../shared/pki/public-half.ts'
import { buildRequest, prepareX509 } from '../../shared/pki/x509.ts'
import { checkPlan } from '../../shared/providers/conformance.ts'
import { environmentOf, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { newHandle } from '../vault/records.ts'
import { detailOf, findIdentity } from './identity-detail.ts'

const newsEveryMs = 250

/**
 * Makes the key, seals it, builds the request. Checked again here, because the page's checks are a courtesy. Nothing is
 * stored before the end, so cancelling or failing leaves nothing behind.
 */
export const createIdentity =
  (means: Means): Handlers['createIdentity'] =>
  async ({ work, plan }) => {
    const judged = await judge(means, plan)
    if (!judged.ok) return judged
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    const kept = plan.sameKey ? await keptKey(means, plan) : undefined
    if (kept && !kept.ok) return kept
    return means.works.run(work, async (signal, commit) => {
      const stopNews = tellProgress(means, work, `Making the ${keyLabel[plan.key]} key`)
      signal.addEventListener('abort', stopNews)
      try {
        // The library that writes requests is the heaviest thing in the app: loaded on first use, beside the key.
        const [{ pkcs8, spki }] = await Promise.all([kept?.value ?? generateKey(plan.key), prepareX509()])
        try {
          if (signal.aborted) return refuse({ code: 'app.cancelled' })
          const record = await recordOf(means, judged.value, plan, pkcs8, await spkiSha256(spki))
          if (!commit()) return refuse({ code: 'app.cancelled' })
          const added = await means.vault.identities.add(record.handle, record, { privateKey: pkcs8 })
          if (!added.ok) return added
          means.news({ kind: 'identities-changed' })
          return ok(await detailOf(means, record))
        } finally {
          pkcs8.fill(0)
        }
      } finally {
        stopNews()
      }
    })
  }

/** The key of the identity that is renewed, for a provider or a user that wants to keep it. The caller zeroes it. */
async function keptKey(means: Means, plan: IdentityPlan): Promise<Result<{ pkcs8: Uint8Array; spki: Uint8Array }>> {
  const found = await findIdentity(means, plan.renews ?? '')
  if (!found.ok) return found
  if (found.value.plan.key !== plan.key) return refuse({ code: 'renewal.other-key', name: found.value.plan.name })
  const secret = await means.vault.identities.secret(found.value.handle, 'privateKey')
  if (!secret.ok) return secret
  if (!secret.value) return refuse({ code: 'vault.record-damaged', name: found.value.plan.name })
  const pkcs8 = Uint8Array.from(secret.value)
  secret.value.fill(0)
  const spki = await publicHalf(pkcs8)
  return spki ? ok({ pkcs8, spki }) : refuse({ code: 'vault.record-damaged', name: found.value.plan.name })
}

async function judge({ providers }: Means, plan: IdentityPlan): Promise<Result<Profile>> {
  const profile = await providers.find(plan.provider)
  if (!profile) return refuse({ code: 'plan.provider-unknown', provider: plan.provider })
  if (!environmentOf(profile, plan.environment)) {
    return refuse({ code: 'plan.environment-unknown', provider: profile.name, environment: plan.environment })
  }
  const refused = checkPlan(profile, plan).filter((finding) => refusesAny([finding]))
  const [first] = refused
  return first ? refuse({ code: 'plan.breaks-rules', findings: refused.length, first: first.message }) : ok(profile)
}

async function recordOf(
  { vault, now }: Means,
  profile: Profile,
  plan: IdentityPlan,
  pkcs8: Uint8Array,
  spkiDigest: string,
): Promise<IdentityRecord> {
  const subject = subjectOf(profile, plan)
  const request = await buildRequest({ pkcs8, key: plan.key, subject, subjectAltNames: sansOf(plan) })
  const createdAt = now().toISOString()
  const renews = plan.renews && (await vault.identities.find(plan.renews)) ? plan.renews : undefined
  return {
    handle: newHandle(),
    plan: { ...plan, renews, sameKey: renews === undefined ? undefined : plan.sameKey },
    providerName: profile.name,
    environmentName: environmentOf(profile, plan.environment)?.name ?? plan.environment,
    state: 'requested',
    createdAt,
    requestPem: request.pem,
    spkiSha256: spkiDigest,
    commonName: subject.find(({ type }) => type === 'CN')?.value,
    chainPem: [],
    practice: false,
    accepted: [],
    remembered: [],
    history: [{ at: createdAt, what: 'created', detail: plan.sameKey ? 'with the same key' : keyLabel[plan.key] }],
  }
}

/** News at once and four times a second until stopped. */
function tellProgress({ news }: Means, work: string, says: string): () => void {
  const since = performance.now()
  const tell = () => news({ kind: 'work', work, says, elapsedMs: Math.round(performance.now() - since) })
  tell()
  const timer = setInterval(tell, newsEveryMs)
  return () => clearInterval(timer)
}
