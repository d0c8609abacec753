import type { ConnectionTest } from '../../shared/contract.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { blanksOf, fillCall } from '../../shared/providers/filled-call.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import type { ProbeOptions } from '../tls/probe.ts'
import { type IdentityRecord, withEvent } from '../vault/identity-record.ts'
import { cleanAttempt } from './clean-attempt.ts'
import { certificateFactsOf, changeIdentity, findIdentity } from './identity-detail.ts'
import { keepBlanks, rememberedBlanks } from './remembered-blanks.ts'

/** One call to a server, with an identity's certificate or with none; facts and verdict come back, secrets do not. */
export const testConnection =
  (means: Means): Handlers['testConnection'] =>
  async (test) => {
    const found = test.identity === null ? ok(undefined) : await findIdentity(means, test.identity)
    if (!found.ok) return found
    const record = found.value
    const profile = record && (await means.providers.find(record.plan.provider))

    const remembered = record ? await rememberedBlanks(means, record) : ok({})
    if (!remembered.ok) return remembered
    const typed = Object.fromEntries(Object.entries(test.blanks).filter(([, value]) => value !== ''))
    const values = { ...remembered.value, ...typed }
    const missing = missingBlank(test, profile, values)
    if (missing) return refuse({ code: 'test.blank-missing', label: missing })
    const call = fillCall(test, values)
    if (!isHttps(call.url)) return refuse({ code: 'test.url-invalid', url: test.url.slice(0, 300) })
    const trust = trustFor(means, test.trust, record)
    if (!trust.ok) return trust
    const identity = record ? await openIdentity(means, record) : ok(null)
    if (!identity.ok) return identity
    if (record && test.remember) await keepBlanks(means, record, profile, typed)

    return means.works.run(test.work, async (signal, commit) => {
      const raw = await means.probe({
        ...call,
        method: test.method,
        identity: identity.value,
        trust: trust.value,
        timeoutMs: test.timeoutMs ?? means.settings.read().test.timeoutMs,
        signal,
        onStep: (step) => means.news({ kind: 'step', work: test.work, step }),
      })
      if (!commit()) return refuse({ code: 'app.cancelled' })
      const attempt = cleanAttempt(raw, test.url, remembered.value)
      const { diagnose } = await import('../../shared/tls/diagnose.ts')
      const chain = record?.chainPem.flatMap((pem) => certificateFactsOf(pem) ?? [])
      const certificate = record?.certificatePem === undefined ? undefined : certificateFactsOf(record.certificatePem)
      const verdict = diagnose(attempt, { certificate, chain, profile, now: means.now() })
      if (record) {
        const at = means.now().toISOString()
        const mark = { at, outcome: verdict.outcome, title: verdict.title }
        // A locked vault keeps no mark; the answer is as good without.
        await changeIdentity(means, record.handle, (stored) => ({
          ...withEvent(stored, { at, what: 'tested', detail: verdict.title }),
          lastTest: mark,
        }))
      }
      return ok({ attempt, verdict })
    })
  }

/** Only blanks that the provider's first call knows are demanded: braces in a body of the user's own may mean braces. */
function missingBlank(test: ConnectionTest, profile: Profile | undefined, values: Record<string, string>) {
  const known = profile?.firstCall?.blanks ?? []
  const open = blanksOf(test).filter((id) => !Object.hasOwn(values, id))
  return known.find(({ id }) => open.includes(id))?.label
}

const isHttps = (url: string) =>
  URL.canParse(url) && new URL(url).protocol === 'https:' && new URL(url).username === '' && !/\s/.test(url)

function trustFor(
  { practice }: Means,
  trust: ConnectionTest['trust'],
  record: IdentityRecord | undefined,
): Result<ProbeOptions['trust']> {
  switch (trust.by) {
    case 'system':
      return ok({ system: true })
    case 'once':
      return ok({ onceSha256: trust.sha256 })
    case 'practice': {
      const { running } = practice.state()
      return running ? ok({ caPem: running.serverCaPem }) : refuse({ code: 'practice.not-running' })
    }
    case 'provider':
      return record?.serverCaPem === undefined
        ? refuse({ code: 'test.no-provider-ca', name: record?.plan.name ?? 'this test' })
        : ok({ caPem: record.serverCaPem })
    case 'pem': {
      // TLS libraries take any text as `ca` without a word, and then trust nothing.
      const certificates = pemBlocks(trust.pem).filter(({ der }) => readCertificate(der) !== null)
      return certificates.length === 0
        ? refuse({ code: 'test.trust-file-wrong', name: 'pasted text' })
        : ok({ caPem: certificates.map(({ der }) => toPem('CERTIFICATE', der)).join('') })
    }
  }
}

/** Key and certificate for one connection. The PEM text of the key lives until it is collected: TLS takes no bytes. */
async function openIdentity({ vault }: Means, record: IdentityRecord): Promise<Result<ProbeOptions['identity']>> {
  const { certificatePem, chainPem, handle, plan } = record
  if (certificatePem === undefined) return refuse({ code: 'test.no-certificate', name: plan.name })
  const pkcs8 = await vault.identities.secret(handle, 'privateKey')
  if (!pkcs8.ok) return pkcs8
  if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
  const keyPem = toPem('PRIVATE KEY', pkcs8.value)
  pkcs8.value.fill(0)
  return ok({ certificatePem, chainPem, keyPem })
}
