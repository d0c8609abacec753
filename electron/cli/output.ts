import { z } from 'zod'
import { Finding } from '../../shared/findings.ts'
import { Facts, InspectedObject, NamePart } from '../../shared/pki/facts.ts'
import { PathVerdict } from '../../shared/pki/inspect-calls.ts'
import { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { Environment, Profile, Question } from '../../shared/providers/profile.ts'
import { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import { Explanation } from '../../shared/tls/kept-attempts.ts'

/**
 * What `--json` prints, command by command. The names are a promise to scripts: more may come, none goes. Everything is
 * UTF-8; a refusal prints `Refused` in place of the command's own shape, with exit code 1 (2 for a usage error).
 */
export const ProblemOut = z.strictObject({
  code: z.string(),
  title: z.string(),
  causes: z.array(z.string()),
  next: z.string(),
  /** The paragraph about it: a file and anchor of the repository, such as `docs/guide/vault.md#lock-it`. */
  guide: z.string(),
})
export const Refused = z.strictObject({ problem: ProblemOut, findings: z.array(Finding).optional() })

export const InspectOut = z.array(
  InspectedObject.extend({
    problem: InspectedObject.shape.problem.unwrap().extend({ guide: z.string().optional() }).nullable(),
    relations: z.array(
      z.strictObject({
        kind: z.enum(['same-key', 'issued-by', 'issuer-of']),
        with: z.string(),
        verified: z.boolean().optional(),
      }),
    ),
  }),
)

/** `reason` is `ok` or `path.what-is-wrong`; `path` is leaf first. */
export const VerifyOut = PathVerdict.extend({
  /** What was trusted: the system’s roots, or the files of `--roots`, with how many. */
  roots: z.strictObject({ from: z.enum(['system', 'files']), says: z.string() }),
  purpose: z.string(),
  name: z.string().nullable(),
  /** The moment that was asked about. */
  at: z.string(),
  /** Files that brought nothing. */
  problems: z.array(ProblemOut.extend({ file: z.string() })),
})

const Made = {
  provider: z.string().nullable(),
  environment: z.string().nullable(),
  /** RFC 2253. */
  subject: z.string(),
  subjectParts: z.array(NamePart),
  subjectAltNames: z.array(z.string()),
  spkiSha256: z.string(),
  findings: z.array(Finding),
}

export const RequestOut = z.strictObject({
  ...Made,
  key: KeyAlgorithm,
  /** Absent for a key in a token, which is in no file. */
  keyEncrypted: z.boolean().optional(),
  files: z.strictObject({ key: z.string().optional(), request: z.string() }),
  /** `uri` names the key for OpenSSL, curl, and `test --key`. */
  token: z.strictObject({ library: z.string(), token: z.string(), keyId: z.string(), uri: z.string() }).optional(),
  requestPem: z.string(),
  submit: z.array(z.string()),
})

export const SelfSignOut = z.strictObject({
  ...Made,
  /** Absent when the key was there already. */
  keyEncrypted: z.boolean().optional(),
  files: z.strictObject({ key: z.string().optional(), certificate: z.string() }),
  certificatePem: z.string(),
  notAfter: z.string(),
})

export const AttachOut = z.strictObject({
  /** The key or request file that the certificate belongs to. */
  belongsTo: z.string(),
  /** The file it was found in. */
  from: z.string(),
  facts: Facts,
  chain: z.array(z.string()),
  missingIssuer: z.string().nullable(),
  files: z.strictObject({ certificate: z.string(), chain: z.string().optional() }),
  findings: z.array(Finding),
})

export const ConvertOut = z.strictObject({
  /** What was written, by path. */
  files: z.array(z.string()),
  /** What was repaired, put in order or left out, one sentence each. */
  changes: z.array(z.string()),
  objects: z.array(
    z.strictObject({
      kind: z.enum(['certificate', 'request', 'crl', 'public-key', 'private-key']),
      /** Over the DER of the object; absent for private keys. */
      sha256: z.string().optional(),
      spkiSha256: z.string().optional(),
      /** Its alias or friendly name in the container it came from. */
      name: z.string().optional(),
    }),
  ),
})

export const BundleOut = z.strictObject({
  file: z.string(),
  readers: z.enum(['modern', 'older']),
  friendlyName: z.string(),
  subject: z.string(),
  notAfter: z.string(),
  chain: z.array(z.string()),
  missingIssuer: z.string().nullable(),
})

const guide = z.string().optional()

/** `guide` is the paragraph about a code, as with problems; answers of before it was there are read as well. */
export const VerdictOut = Verdict.extend({ guide, causes: z.array(Verdict.shape.causes.element.extend({ guide })) })

export const TestOut = Attempt.partial().extend({
  verdict: VerdictOut,
  steps: Attempt.shape.steps,
  http: Attempt.shape.http,
  /** A file that could not be used: nothing was sent. */
  problem: ProblemOut.optional(),
})

export const ExplainOut = z.strictObject({
  /** What a text may mean, likeliest first; empty when nothing of it is known, or where a capture was judged. */
  rows: z.array(Explanation.extend({ guide })),
  /** What to paste instead, where nothing was recognised. */
  says: z.string().optional(),
  /** With `--pcap`: each TLS connection of the capture, as `test` prints one. */
  connections: z.array(TestOut).optional(),
})

export const PracticeOut = z.strictObject({
  ready: z.literal(true),
  provider: z.string(),
  environment: z.string(),
  apiUrl: z.string(),
  portalUrl: z.string(),
  /** What to trust when calling either address. */
  caFile: z.string(),
  certificateFile: z.string().optional(),
  says: z.string().optional(),
})

export const ProvidersOut = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    environments: z.array(Environment),
    questions: z.array(Question),
    keys: Profile.shape.keys,
    signing: Profile.shape.signing,
  }),
)
export const ProviderOut = Profile
export const ProviderCheckOut = z.strictObject({
  file: z.string(),
  id: z.string(),
  name: z.string(),
  ok: z.literal(true),
})

export const DoctorOut = z.strictObject({
  /** Identities with a certificate that is in use, in the order of the vault. */
  identities: z.array(
    z.strictObject({
      identity: z.string(),
      name: z.string(),
      provider: z.string(),
      environment: z.string(),
      state: z.string(),
      notAfter: z.string().optional(),
      daysLeft: z.number().int().optional(),
      /** It is not expired, and every test of it was accepted. */
      well: z.boolean(),
      tests: z.array(
        z.strictObject({
          /** Without its query; `null` when no address is known. */
          url: z.string().nullable(),
          outcome: z.enum(['accepted', 'refused', 'unproven', 'unreachable', 'not-tested']),
          /** A verdict’s code, or the problem’s when it was not tested. */
          cause: z.string(),
          says: z.string(),
          next: z.string().optional(),
          guide,
        }),
      ),
    }),
  ),
  damaged: z.array(z.string()),
})

/** `files`: the first is the call; their text stands here also when they were written. */
export const SnippetOut = z.strictObject({
  for: z.string(),
  name: z.string(),
  needs: z.string(),
  run: z.string(),
  trust: z.string(),
  notes: z.array(z.string()),
  /** Environment variables that have to be set. */
  variables: z.array(z.string()),
  files: z.array(z.strictObject({ file: z.string(), text: z.string() })),
})
