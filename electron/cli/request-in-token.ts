import { spkiSha256 } from '../../shared/pki/keys.ts'
import { buildRequest, prepareX509 } from '../../shared/pki/x509.ts'
import type { CheckedPlan } from '../../shared/providers/conformance.ts'
import { sansOf, subjectOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { ok, type Result } from '../../shared/result.ts'
import { pkcs11Uri } from '../../shared/tokens/pkcs11-uri.ts'
import { KeyId, type TokenPlace } from '../../shared/tokens/token.ts'
import { tokenKeyAt, withToken } from '../tokens/token-signing.ts'
import { type Arguments, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { tokenGiven, withTokens } from './token-args.ts'

export type InToken = { requestPem: string; spkiSha256: string; place: TokenPlace; uri: string }

/** The request of a key that is made in a token, or is there already (`--key-id`), and signs there. */
export async function requestInToken(
  args: Arguments,
  io: Io,
  profile: Profile,
  plan: CheckedPlan,
  label: string,
): Promise<Result<InToken>> {
  const keyId = args.one('key-id')?.replaceAll(':', '').toLowerCase()
  if (keyId !== undefined && !KeyId.safeParse(keyId).success) return usageProblem('--key-id is hexadecimal: aa01…')
  return withTokens(async (tokens) => {
    const open = await tokenGiven(args, io, tokens)
    if (!open.ok) return open
    const { library, token } = open.value
    const name = { label: token.label, serial: token.serial }
    const [made] = await Promise.all([
      tokenKeyAt(tokens, { library, token: name, keyId }, plan.key, label),
      prepareX509(),
    ])
    if (!made.ok) return made
    const { place, signer, spki } = made.value
    const subject = subjectOf(profile, plan)
    const written = await withToken(() => buildRequest({ ...signer, subject, subjectAltNames: sansOf(plan) }))
    if (!written.ok) {
      if (keyId === undefined) await tokens.unmake(place)
      return written
    }
    return ok({ requestPem: written.value.pem, spkiSha256: await spkiSha256(spki), place, uri: pkcs11Uri(place) })
  })
}
