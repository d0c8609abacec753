import { z } from 'zod'
import { Handle } from '../identity.ts'
import { Facts } from '../pki/facts.ts'
import { AuthorityDetail } from './authority.ts'
import { Work } from './inputs.ts'

const Address = z.string().min(1).max(2048)
const Short = z.string().trim().min(1).max(120)
const Pem = z.string().max(65_536)

/** How a company's signing service is reached. Secrets travel inwards only; no answer holds them. */
export const SigningService = z.discriminatedUnion('at', [
  z.strictObject({
    at: z.literal('cfssl'),
    url: Address,
    label: Short.optional(),
    profile: Short.optional(),
    /** In hex, as in cfssl's own configuration. Asking what is behind a service needs none. */
    authKey: z.string().max(1024).optional(),
    serverCaPem: Pem.optional(),
    plainHttp: z.boolean(),
  }),
  z.strictObject({
    at: z.literal('est'),
    url: Address,
    label: Short.optional(),
    user: z.string().max(255).optional(),
    password: z.string().max(1024).optional(),
    /** Shown in the handshake. */
    identity: Handle.optional(),
    serverCaPem: Pem.optional(),
  }),
])
export type SigningService = z.infer<typeof SigningService>

const Certificate = z.strictObject({ pem: z.string(), facts: Facts })

/** The authority that signs, and the issuers above it that the service tells, nearest first. */
export const AuthorityBehind = z.strictObject({ authority: Certificate, chain: z.array(Certificate).max(20) })
export type AuthorityBehind = z.infer<typeof AuthorityBehind>

/** Signing through a service that a company runs: cfssl, or EST (RFC 7030). */
export const signingServiceCalls = {
  /** Asks which authority is behind it. Nothing is kept. */
  askSigningService: { input: z.strictObject({ work: Work, service: SigningService }), output: AuthorityBehind },
  /** `sha256` of the authority that was shown: another one behind the address by then is refused. */
  addSigningService: {
    input: z.strictObject({
      work: Work,
      name: z.string().trim().min(1).max(120),
      service: SigningService,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      askEachTime: z.boolean(),
    }),
    output: AuthorityDetail,
  },
  /** Another address, profile or secret for the same authority. A secret that is left out stays. */
  changeSigningService: {
    input: z.strictObject({ work: Work, authority: Handle, service: SigningService }),
    output: AuthorityDetail,
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
