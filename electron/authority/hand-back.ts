import { X509Certificate } from 'node:crypto'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import { checkTrust } from '../../shared/pki/path/check-trust.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import type { ProviderCall } from '../../shared/providers/profile.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { trustBundleOf } from './trust-bundle.ts'

type YouSign = NonNullable<ProviderCall['youSign']>

/** What is handed back for a signed request: text files, none of which holds a key. */
export type HandBack = { files: { name: string; text: string }[]; says: string }

/** What the files are called: as the provider's page calls them, or by the certificate's name. */
export function handBackNames(name: string, youSign: Pick<YouSign, 'certificate' | 'authority'> | undefined) {
  const certificate = youSign?.certificate ?? `${fileNameOf(name)}.crt`
  const authority = youSign?.authority ?? 'ca.crt'
  return { certificate, authority, text: 'read-me.txt' }
}

type Given = {
  issued: IssuedRecord
  authority: AuthorityRecord
  /** All authorities, for those that follow each other: both are trusted while one takes over. */
  authorities: readonly AuthorityRecord[]
  youSign?: YouSign
  providerName?: string
  now: Date
}

/**
 * The folder's content, judged as a server judges that trusts exactly its authority file. Refused when such a server
 * would refuse.
 */
export async function handBack({
  issued,
  authority,
  authorities,
  youSign,
  providerName,
  now,
}: Given): Promise<Result<HandBack>> {
  if (issued.certificatePem === undefined) return refuse({ code: 'hand-back.no-certificate' })
  const names = handBackNames(issued.name, youSign)
  const caPem = trustBundleOf(authorities, authority.handle, now) || authority.certificatePem
  const [leaf] = dersIn(issued.certificatePem)
  const facts = leaf && readCertificate(leaf)?.facts
  if (!leaf || !facts) return refuse({ code: 'file.damaged', name: issued.name, what: 'certificate' })
  const forClients = facts.extendedKeyUsage === undefined || facts.extendedKeyUsage.includes('clientAuth')
  const purpose = forClients ? 'client' : facts.extendedKeyUsage?.includes('serverAuth') ? 'server' : 'any'
  const authorityDers = dersIn(caPem)
  // OpenSSL trusts nothing that does not end in a root; where the company keeps its root to itself, all of it counts.
  const ownRoots = authorityDers.filter((der) => readCertificate(der)?.facts.selfSigned)
  const rooted = ownRoots.length > 0
  const roots = rooted ? ownRoots : authorityDers
  const verdict = await checkTrust({ leaf, pile: authorityDers, roots, purpose, at: now })
  if (!verdict.trusted) {
    return refuse({ code: 'hand-back.not-good', reason: verdict.says, next: verdict.next ?? 'Sign the request again.' })
  }
  if (!byLibrary(leaf, authorityDers)) {
    const next = 'Report this with the certificate, which holds no secret.'
    return refuse({ code: 'hand-back.not-good', reason: 'the TLS library of this computer disagrees', next })
  }
  const files = [
    { name: names.certificate, text: issued.certificatePem },
    { name: names.authority, text: caPem },
    {
      name: names.text,
      text: readMe(names, facts, {
        providerName,
        check: `${rooted ? '' : '-partial_chain '}${purpose === 'client' ? '-purpose sslclient ' : ''}`,
      }),
    },
  ]
  const holdsKey = files.some(({ text }) => text.includes('PRIVATE KEY'))
  if (holdsKey) throw new Error('a private key among what is handed back')
  const alone = 'The root above your authority is not here: servers with OpenSSL need it in their file too.'
  return ok({ files, says: rooted ? verdict.says : `${verdict.says} ${alone}` })
}

/** The same question to the library that this process has: OpenSSL, or in the app's window its relative BoringSSL. */
function byLibrary(leaf: Uint8Array, authorities: readonly Uint8Array[]): boolean {
  const certificate = new X509Certificate(leaf)
  return authorities.some((der) => {
    const issuer = new X509Certificate(der)
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  })
}

const dersIn = (pem: string) => pemBlocks(pem).map(({ der }) => der)

/** Plain text for whoever opens the folder: what is what, and how to tell that it arrived unchanged. */
function readMe(
  names: ReturnType<typeof handBackNames>,
  facts: Facts,
  { providerName, check }: { providerName: string | undefined; check: string },
): string {
  const { subject = '', issuer = '', serialHex = '', notBefore = '', notAfter = '', sha256 = '' } = facts
  const whom = providerName === undefined ? '' : ` to ${providerName}`
  return [
    `Signed for your request (CSR), to be handed back${whom}.`,
    '',
    `${names.certificate}   the certificate, to present together with the private key of the request`,
    `${names.authority}   the authority that signed it, with the issuers above it`,
    '',
    `Subject       ${subject}`,
    `Issuer        ${issuer}`,
    `Serial        ${serialHex}`,
    `Valid from    ${notBefore}`,
    `Valid until   ${notAfter}`,
    `Uses          ${(facts.extendedKeyUsage ?? ['any']).join(', ')}`,
    `SHA-256       ${sha256}`,
    '',
    'The private key is where the request was made. Nothing in this folder is secret.',
    `To check:  openssl verify ${check}-CAfile ${names.authority} ${names.certificate}`,
    '',
  ].join('\n')
}
