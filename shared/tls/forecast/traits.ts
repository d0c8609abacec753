import type { Facts, InspectedObject } from '../../pki/facts.ts'
import { pairFindings } from '../../pki/pair-findings.ts'
import type { Attempt } from '../attempt.ts'
import { hasWeakSignature } from '../certificate-flaws.ts'
import { canSign } from '../not-sent.ts'
import { type ServerTrait, serverTraits } from './server-traits.ts'

/** What a runtime may stumble over in the files it is given. */
export type FileTrait =
  | 'pem'
  | 'pkcs12'
  | 'not-pem'
  | 'byte-order-mark'
  | 'blank-lines'
  | 'old-label'
  | 'not-readable'
  | 'key-encrypted'
  | 'passphrase-wrong'
  | 'key-of-other-program'
  | 'p12-rc2'
  | 'p12-no-mac'
  | 'p12-pbmac1'
  | 'p12-no-key'

/** What a runtime may stumble over in key and certificate, whatever file they are in. */
export type IdentityTrait =
  | 'key-differs'
  | 'key-kind-differs'
  | 'rsa-under-2048'
  | 'weak-signature'
  | 'ed25519'
  | 'ed448'
  | 'rsa-pss'
  | 'p-521'
  | 'rare-curve'

export type SendTrait =
  | 'never-asks'
  | 'asks-later'
  | 'asks-anew'
  | 'issuer-not-listed'
  | 'no-common-signature'
  | 'p-521-in-tls-1.2'

export type Trait = FileTrait | IdentityTrait | SendTrait | ServerTrait

type FoundObject = Pick<InspectedObject, 'id' | 'kind' | 'encoding' | 'facts' | 'findings' | 'problem' | 'inside'>

/** A file and the place it is given in: certificate and key as a pair, or both in one bundle. */
export type GivenFile = { as: 'certificate' | 'key' | 'bundle'; objects: readonly FoundObject[] }

/** The identity as another program would have it. Without `files` it is a clean pair of PEM files. */
export type Situation = {
  certificate: Facts
  /** What is sent above the certificate, nearest first. */
  chain?: readonly Facts[]
  /** The private key’s public half and kind, where it is not known to be the certificate’s. */
  key?: Pick<Facts, 'spkiSha256' | 'keyAlgorithm'>
  /** The files that the program is to be given, each with what the inspector found in it. */
  files?: readonly GivenFile[]
  /** The last test with the server, for what it asks and what it shows. */
  attempt?: Attempt
  /** What that test was judged to be, such as `server.asks-later`. */
  cause?: string
  now: Date
}

export function traitsOf(situation: Situation): Set<Trait> {
  return new Set<Trait>([
    ...fileTraits(situation.files),
    ...identityTraits(situation),
    ...sendTraits(situation),
    ...(situation.attempt ? serverTraits(situation.attempt, situation.now) : []),
  ])
}

/** Oddities of a PEM file that all programs refuse alike; the byte order mark is one that some of them skip. */
const spoilt =
  /^file\.(?:utf-16|newlines-lost|escaped-newlines|dashes-wrong|label-wrong|label-case|end-line-missing|end-line-other|header-lines-missing|base64-odd|base64-twice|quoted|characters-odd|embedded|carriage-returns|indented|mail-encoded|percent-encoded)$/

function fileTraits(files: Situation['files']): (FileTrait | IdentityTrait)[] {
  if (!files || files.length === 0) return ['pem']
  return [...files.flatMap(traitsOfFile), ...pairTraits(files)]
}

const wanted = { certificate: 'certificate', key: 'private-key', bundle: 'pkcs12' } as const

function traitsOfFile({ as, objects }: GivenFile): FileTrait[] {
  const found = new Set<FileTrait>()
  const outer = objects.filter(({ inside }) => inside === undefined)
  const [object] = outer.filter(({ kind }) => kind === wanted[as])
  for (const { code } of outer.flatMap(({ findings }) => findings)) {
    if (code === 'file.byte-order-mark') found.add('byte-order-mark')
    if (code === 'file.blank-lines') found.add('blank-lines')
    if (code === 'file.label-old' || code === 'file.openssl-trust') found.add('old-label')
    if (spoilt.test(code)) found.add('not-readable')
  }
  if (object?.problem?.code === 'key.passphrase-wrong') found.add('passphrase-wrong')
  // A lock is no fault: it only means that nobody gave the passphrase to us.
  const broken = object?.problem && !object.problem.code.startsWith('key.passphrase-')
  if (!object || broken) found.add(holdsCertificates(as, outer) ? 'not-pem' : 'not-readable')
  else if (as === 'bundle') for (const trait of bundleTraits(object.facts)) found.add(trait)
  else if (as === 'key') for (const trait of keyTraits(object.facts, object.encoding)) found.add(trait)
  else found.add(object.encoding === 'DER' ? 'not-pem' : 'pem')
  return [...found]
}

/** The right thing in another wrapping, which some programs can be told about. */
const holdsCertificates = (as: GivenFile['as'], objects: readonly FoundObject[]) =>
  as === 'certificate' && objects.some(({ kind }) => kind === 'pkcs7' || kind === 'pkcs12' || kind === 'keystore')

/** Programs take the first certificate of a file for the key’s, whatever else is in it. */
function pairTraits(files: readonly GivenFile[]): IdentityTrait[] {
  const slot = (as: GivenFile['as']) => ({
    name: as,
    objects: files.filter((file) => file.as === as).flatMap(({ objects }) => objects),
  })
  return pairFindings(slot('certificate'), slot('key')).flatMap(({ code }): IdentityTrait[] => {
    if (code === 'pair.key-type') return ['key-kind-differs']
    return code === 'pair.key-mismatch' || code === 'pair.leaf-not-first' ? ['key-differs'] : []
  })
}

function mismatch(certificate: Facts, key: Pick<Facts, 'spkiSha256' | 'keyAlgorithm'>): IdentityTrait[] {
  const known = key.spkiSha256 !== undefined && certificate.spkiSha256 !== undefined
  if (!known || key.spkiSha256 === certificate.spkiSha256) return []
  const alike = key.keyAlgorithm === undefined || key.keyAlgorithm === certificate.keyAlgorithm
  return [alike ? 'key-differs' : 'key-kind-differs']
}

function bundleTraits({ keys, macAlgorithm, protection = '' }: Facts): FileTrait[] {
  const found: FileTrait[] = ['pkcs12']
  if (/RC2|RC4/i.test(protection)) found.push('p12-rc2')
  if (macAlgorithm === undefined) found.push('p12-no-mac')
  else if (macAlgorithm.startsWith('PBMAC1')) found.push('p12-pbmac1')
  if (keys === 0) found.push('p12-no-key')
  return found
}

function keyTraits({ container, encrypted }: Facts, encoding: InspectedObject['encoding']): FileTrait[] {
  if (container !== undefined && /OpenSSH|PuTTY|PVK/i.test(container)) return ['key-of-other-program']
  return [encoding === 'DER' ? 'not-pem' : 'pem', ...(encrypted ? (['key-encrypted'] as const) : [])]
}

const ownNames: Record<string, IdentityTrait> = { Ed25519: 'ed25519', Ed448: 'ed448', 'RSA-PSS': 'rsa-pss' }
const nistCurves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

function identityTraits({ certificate, key }: Situation): IdentityTrait[] {
  const { curve, keyAlgorithm = '', keyBits } = certificate
  const found: IdentityTrait[] = []
  const own = ownNames[keyAlgorithm]
  if (own) found.push(own)
  if (keyAlgorithm.startsWith('RSA') && (keyBits ?? 2048) < 2048) found.push('rsa-under-2048')
  if (!certificate.selfSigned && hasWeakSignature(certificate)) found.push('weak-signature')
  if (keyAlgorithm === 'EC' && curve === 'secp521r1') found.push('p-521')
  if (keyAlgorithm === 'EC' && curve !== undefined && !nistCurves.has(curve)) found.push('rare-curve')
  return key ? [...found, ...mismatch(certificate, key)] : found
}

function sendTraits({ attempt, cause, certificate, chain = [] }: Situation): SendTrait[] {
  if (!attempt) return []
  // TLS 1.2 has a second handshake for it, which more clients take part in than in the late request of TLS 1.3.
  if (attempt.certificateAskedLater) return [attempt.protocol === 'TLSv1.2' ? 'asks-anew' : 'asks-later']
  if (cause === 'server.asks-later') return ['asks-later']
  if (attempt.certificateAsked === false) return ['never-asks']
  const found: SendTrait[] = []
  const issuers = [certificate.issuer, ...chain.map(({ issuer }) => issuer)]
  const accepted = attempt.acceptableAuthorities
  if (accepted.length > 0 && !issuers.some((name) => name !== undefined && accepted.includes(name))) {
    found.push('issuer-not-listed')
  }
  if (attempt.signatureSchemes.length > 0 && !canSign(certificate, attempt)) found.push('no-common-signature')
  if (certificate.curve === 'secp521r1' && attempt.protocol === 'TLSv1.2') found.push('p-521-in-tls-1.2')
  return found
}
