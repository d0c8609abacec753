import { answersIn } from '../../shared/intake/guess-provider.ts'
import type { FoundKey } from '../../shared/intake/take-in.ts'
import type { NamePart } from '../../shared/pki/facts.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import { environmentOf, sansOf } from '../../shared/providers/plan.ts'
import { type Profile, SubjectFieldName } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { practiceIssuer } from '../handlers/practice-issuer.ts'
import type { Means } from '../means.ts'
import type { IdentityRecord } from '../vault/identity-record.ts'
import { newHandle } from '../vault/records.ts'

/** What the user, or a command line, has decided about a key. */
export type ImportChoice = { name: string; provider: string; environment: string }

/** The identity that a key from a file becomes. Its request is made anew when none was found. */
export async function importedRecord(
  means: Pick<Means, 'providers' | 'practice' | 'now'>,
  key: FoundKey,
  row: ImportChoice,
): Promise<Result<IdentityRecord>> {
  const profile = await means.providers.find(row.provider)
  if (!profile) return refuse({ code: 'plan.provider-unknown', provider: row.provider })
  const environment = environmentOf(profile, row.environment)
  if (!environment) {
    return refuse({ code: 'plan.environment-unknown', provider: profile.name, environment: row.environment })
  }
  const { certificate, request } = key
  const facts = request?.facts ?? certificate?.facts ?? {}
  const parts = facts.subjectParts ?? [{ type: 'CN', value: row.name.slice(0, 64) }]
  const commonName = parts.findLast(({ type }) => type === 'CN')?.value
  const names = { subjectAltNames: (facts.subjectAltNames ?? []).slice(0, 200) }
  const at = means.now().toISOString()
  const practice = certificate && (await practiceIssuer(means, certificate.der))
  const files = [...new Set([key.file, certificate?.file, request?.file].filter((file) => file !== undefined))]
  return ok({
    handle: newHandle(),
    plan: {
      provider: profile.id,
      environment: environment.id,
      name: row.name,
      answers: answersOf(profile, environment.id, commonName),
      subject: subjectIn(parts),
      subjectAltNames: sansOf(names),
      key: key.key,
    },
    providerName: profile.name,
    environmentName: environment.name,
    state: certificate ? 'ready' : 'requested',
    createdAt: at,
    requestPem: request?.pem ?? (await requestFor(key, parts, sansOf(names))),
    spkiSha256: key.spkiSha256,
    commonName,
    certificatePem: certificate?.pem,
    notBefore: certificate?.facts.notBefore,
    notAfter: certificate?.facts.notAfter,
    chainPem: key.chain.slice(0, 20),
    serverCaPem: practice?.serverCaPem ?? key.rootPem,
    practice: practice !== undefined,
    accepted: [],
    remembered: [],
    history: [{ at, what: 'imported', detail: files.join(', ').slice(0, 300) }],
  })
}

/** Answers as the wizard would have them, so that a renewal starts from them. */
function answersOf(profile: Profile, environment: string, commonName = ''): Record<string, string> {
  const answers = answersIn(profile, environment, commonName)
  if (answers) return answers
  const host = profile.questions.find(({ id, kind }) => id === 'host' && kind === 'host')
  return host && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(commonName) ? { host: commonName } : {}
}

function subjectIn(parts: readonly NamePart[]): IdentityRecord['plan']['subject'] {
  const known = new Set<string>(SubjectFieldName.options)
  return Object.fromEntries(parts.filter(({ type }) => known.has(type)).map(({ type, value }) => [type, value]))
}

/** A request like the one that the certificate answers: what was sent then is not among the files. */
async function requestFor({ pkcs8, key }: FoundKey, parts: readonly NamePart[], subjectAltNames: string[]) {
  const write = (subject: readonly NamePart[]) => buildRequest({ pkcs8, key, subject, subjectAltNames })
  const known = new Set<string>(SubjectFieldName.options)
  return (await write(parts.filter(({ type }) => known.has(type)))).pem
}
