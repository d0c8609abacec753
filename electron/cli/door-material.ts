import { encodeTbs } from '../../shared/authority/certificate-content.ts'
import type { DoorAuthority, DoorIdentity, DoorMaterial } from '../../shared/door/throw-aways.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { signDer } from '../../shared/pki/sign-der.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { Reader } from '../reader-client.ts'
import { type Arguments, usageProblem } from './args.ts'
import type { Io } from './io.ts'
import { algorithmOf, certificatesIn, type Held, keyIn } from './material.ts'
import { passphrasesGiven } from './passphrase.ts'

/** What the options of `door` give to present. */
export async function doorMaterialGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<DoorMaterial>> {
  const passphrases = await passphrasesGiven(args)
  if (!passphrases.ok) return passphrases
  const known = passphrases.value
  const held = (path: string) => certificatesIn(path, reader, io, known)

  const right = await identityGiven('cert', 'key')
  if (!right.ok) return right
  const revoked = await identityGiven('revoked', 'revoked-key')
  if (!revoked.ok) return revoked
  const above = args.one('issuer')
  if (args.has('issuer-key') && above === undefined) return usageProblem('--issuer-key needs --issuer FILE')
  const issuers = above === undefined ? ok([]) : await held(above)
  if (!issuers.ok) return issuers
  const issuer = issuers.value.find(({ facts }) => facts.isCa)
  if (above !== undefined && !issuer) return refuse({ code: 'door.no-issuer', name: above })
  const authority = await authorityGiven(issuers.value, issuer)
  if (!authority.ok) return authority
  const like = args.one('like')
  const likes = like === undefined ? ok([]) : await held(like)
  if (!likes.ok) return likes
  const [model] = likes.value
  return ok({
    pinned: args.has('pinned'),
    ...(right.value && { right: right.value }),
    ...(revoked.value && { revoked: revoked.value }),
    ...(issuer && { issuerDer: issuer.der }),
    ...(authority.value && { authority: authority.value }),
    ...(model && { likeDer: model.der }),
  })

  async function identityGiven(name: string, keyName: string): Promise<Result<DoorIdentity | undefined>> {
    const path = args.one(name)
    if (path === undefined) {
      return args.has(keyName) ? usageProblem(`--${keyName} needs the certificate too: --${name} FILE`) : ok(undefined)
    }
    const certificates = await held(path)
    if (!certificates.ok) return certificates
    const key = await keyIn(args.one(keyName) ?? path, io, known)
    if (!key.ok) return key
    const keyPem = toPem('PRIVATE KEY', key.value.pkcs8)
    key.value.pkcs8.fill(0)
    const digest = key.value.spki && (await spkiSha256(key.value.spki))
    const leaf = certificates.value.find(({ facts }) => facts.spkiSha256 === digest) ?? certificates.value[0]
    if (!leaf) return refuse({ code: 'file.unknown-kind', name: path })
    const chain = certificates.value.filter((one) => one !== leaf && !one.facts.selfSigned)
    return ok({ certificatePem: leaf.pem, chainPem: chain.map(({ pem }) => pem), keyPem })
  }

  async function authorityGiven(chain: Held[], own: Held | undefined): Promise<Result<DoorAuthority | undefined>> {
    const path = args.one('issuer-key')
    if (path === undefined || !own) return ok(undefined)
    const key = await keyIn(path, io, known)
    if (!key.ok) return key
    const { pkcs8, facts, spki } = key.value
    const kind = algorithmOf(facts, path)
    if (!kind.ok) return kind
    if (!spki || (await spkiSha256(spki)) !== own.facts.spkiSha256) {
      return refuse({ code: 'export.key-mismatch', certificate: args.one('issuer') ?? '', key: path })
    }
    return ok({
      certificateDer: own.der,
      chainPem: own.facts.selfSigned ? [] : chain.filter(({ facts: one }) => !one.selfSigned).map(({ pem }) => pem),
      sign: async (content) => ok(await signDer(encodeTbs(content, kind.value), { pkcs8, key: kind.value })),
    })
  }
}
