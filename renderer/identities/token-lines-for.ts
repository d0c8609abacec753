import { fileNameOf, serverCaFileOf } from '../../shared/handover/file-name.ts'
import { tokenCurlLine, tokenNginxLines, tokenSClientLine } from '../../shared/handover/token-lines.ts'
import type { IdentityDetail } from '../../shared/identity.ts'
import { firstCallOf } from '../../shared/providers/plan.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { TokenPlace } from '../../shared/tokens/token.ts'

type ForProgram = { program: string; note: string; lines: string }

const engine = 'It needs OpenSSL’s engine for tokens (Debian: libengine-pkcs11-openssl)'

/** How curl, OpenSSL and nginx use the key where it is, with the files that an export writes. */
export function tokenLinesFor(
  identity: Pick<IdentityDetail, 'name' | 'environment' | 'plan' | 'serverCaPem'>,
  place: TokenPlace,
  profile: Profile,
): ForProgram[] {
  const stem = fileNameOf(identity.name)
  const files = { certificate: `${stem}.crt`, ca: identity.serverCaPem ? serverCaFileOf(stem) : undefined }
  const call = firstCallOf(profile, identity.environment, identity.plan.answers)
  const url = call && URL.canParse(call.url) ? new URL(call.url) : null
  return [
    ...(call
      ? [
          {
            program: 'curl',
            note: `${engine}, and asks for the PIN on the terminal.`,
            lines: tokenCurlLine(call, place, files),
          },
        ]
      : []),
    ...(url
      ? [
          {
            program: 'OpenSSL',
            note: 'The handshake alone: what is said about it tells whether the certificate was taken.',
            lines: tokenSClientLine(url.hostname, Number(url.port) || 443, place, files),
          },
        ]
      : []),
    {
      program: 'nginx',
      note: `${engine}. nginx has no terminal to ask on: put the PIN in that file, readable by its user alone.`,
      lines: tokenNginxLines(place, files),
    },
  ]
}
