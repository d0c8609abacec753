import { refusesAny } from '../../shared/findings.ts'
import { carriedMarks } from '../../shared/handover/checklist.ts'
import type { IdentityPlan } from '../../shared/identity.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import { checkPlan } from '../../shared/providers/conformance.ts'
import { environmentOf, sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { MakingMeans } from '../means.ts'
import { withToken } from '../tokens/token-signing.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { newHandle } from '../vault/records.ts'
import { detailOf } from './identity-detail.ts'
import { makeKey, type NewKey } from './make-key.ts'
import { tellProgress } from './tell-progress.ts'

/**
 * Makes the key, seals it, builds the request. Checked again here, because the page's checks are a courtesy. Nothing is
 * stored before the end, so cancelling or failing leaves nothing behind; a key that was made in a token is deleted there.
 */
export const createIdentity =
  (means: MakingMeans): Handlers['createIdentity'] =>
  async ({ work, plan, token }) => {
    const judged = await judge(means, plan)
    if (!judged.ok) return judged
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    return means.works.run(work, async (signal, commit) => {
      const where = token ? ` in the token “${token.token.label}”` : ''
      const does = token?.keyId === undefined && !plan.sameKey ? 'Making' : 'Using'
      const stopNews = tellProgress(means, work, `${does} the ${keyLabel[plan.key]} key${where}`)
      signal.addEventListener('abort', stopNews)
      try {
        const made = await makeKey(means, plan, token)
        if (!made.ok) return made
        const added = await addWith(means, judged.value, plan, made.value, () => !signal.aborted && commit())
        if (!added.ok) return added
        const { handle, plan: planned, history } = added.value
        const { name } = planned
        await means.vault.journal.note({
          what: 'created',
          kind: 'identity',
          id: handle,
          name,
          detail: history[0]?.detail,
        })
        means.news({ kind: 'identities-changed' })
        return ok(await detailOf(means, added.value))
      } finally {
        stopNews()
      }
    })
  }

async function addWith(
  means: MakingMeans,
  profile: Profile,
  plan: IdentityPlan,
  key: NewKey,
  commit: () => boolean,
): Promise<Result<IdentityRecord>> {
  let added = false
  try {
    const written = await withToken(async () => recordOf(means, profile, plan, key, await spkiSha256(key.spki)))
    if (!written.ok) return written
    if (!commit()) return refuse({ code: 'app.cancelled' })
    const { value: record } = written
    const result = await means.vault.identities.add(record.handle, record, key.secrets)
    added = result.ok
    return result
  } finally {
    key.forget()
    if (!added) await key.unmake()
  }
}

async function judge({ providers }: MakingMeans, plan: IdentityPlan): Promise<Result<Profile>> {
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
  { vault, now }: MakingMeans,
  profile: Profile,
  plan: IdentityPlan,
  { signer, keyPlace }: NewKey,
  spkiDigest: string,
): Promise<IdentityRecord> {
  const subject = subjectOf(profile, plan)
  const request = await buildRequest({ ...signer, subject, subjectAltNames: sansOf(plan) })
  const createdAt = now().toISOString()
  const before = plan.renews ? await vault.identities.find(plan.renews) : undefined
  const renews = before && plan.renews
  const beside = before?.plan.provider === plan.provider && before.plan.environment === plan.environment
  const handed = beside ? carriedMarks(profile, plan.environment, before.handed ?? {}) : {}
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
    ...(keyPlace && { keyPlace }),
    practice: false,
    ...(Object.keys(handed).length > 0 && { handed }),
    accepted: [],
    remembered: [],
    history: [{ at: createdAt, what: 'created', detail: keyWords(plan, keyPlace) }],
  }
}

function keyWords({ key, sameKey }: IdentityPlan, place: NewKey['keyPlace']): string {
  const which = sameKey ? 'with the same key' : keyLabel[key]
  return place ? `${which}, in the token “${place.token}”` : which
}
