import type { Problem } from '../../problems.ts'
import { certificatesIn } from '../certificates-in.ts'
import type { Bytes } from '../der.ts'
import type { Found } from '../found.ts'
import type { NamedFile } from '../inspect.ts'
import { nameOfFile } from '../inspect.ts'
import type { PathVerdict } from '../inspect-calls.ts'
import { checkTrust, type TrustQuestion } from './check-trust.ts'
import { type Material, materialIn } from './material.ts'

/** A question of trust about files, each of which may hold several certificates and lists in any form. */
export type FilesQuestion = {
  leaf: NamedFile
  chain: NamedFile[]
  roots: NamedFile[]
  crls: NamedFile[]
  /** Roots that come from elsewhere than files, such as the system's, as DER. */
  otherRoots: readonly Bytes[]
  passphrases: string[]
  /** The day that files are read on; the one that is asked about is `at`. */
  today: Date
} & Omit<TrustQuestion, 'leaf' | 'pile' | 'roots' | 'crls'>

/** `problems`: files that brought nothing, the leaf's first when there is no leaf. */
export type FilesVerdict = { verdict: PathVerdict; rootsFound: number; problems: { file: string; problem: Problem }[] }

/**
 * Would the certificate in a file be trusted? What else lies beside it counts as chain, and revocation lists count
 * wherever they are. A file that cannot be read is told and passed over; without a leaf the verdict is
 * `path.not-a-certificate`. Never throws.
 */
export async function verifyFiles(question: FilesQuestion): Promise<FilesVerdict> {
  const { leaf, chain, roots, crls, otherRoots, passphrases, today, ...wishes } = question
  const problems: FilesVerdict['problems'] = []
  const read = async (file: NamedFile, wants: (material: Material) => boolean): Promise<Material> => {
    const material = await materialIn(file.file, file.bytes, { passphrases, today })
    if (!wants(material)) {
      const problem = file.refused ?? (await whyNone(file, passphrases[0], today))
      problems.push({ file: file.file, problem })
    }
    return material
  }
  const hasCertificates = ({ certificates }: Material) => certificates.length > 0
  const hasLists = ({ crls: lists }: Material) => lists.length > 0
  const asked = await read(leaf, hasCertificates)
  const beside = await inTurn(chain, (file) => read(file, (one) => hasCertificates(one) || hasLists(one)))
  const trusted = await inTurn(roots, (file) => read(file, hasCertificates))
  const lists = await inTurn(crls, (file) => read(file, hasLists))
  const all = [asked, ...beside, ...trusted, ...lists]
  const rootDers = [...trusted.flatMap((material) => material.certificates), ...otherRoots]
  const verdict = await checkTrust({
    ...wishes,
    leaf: leafOf(asked) ?? new Uint8Array(),
    pile: [asked, ...beside].flatMap((material) => material.certificates),
    roots: rootDers,
    crls: all.flatMap((material) => material.crls),
  })
  return { verdict, rootsFound: rootDers.length, problems }
}

/** One file after the other: opening a container can take all the memory there is. */
async function inTurn<T>(files: readonly NamedFile[], read: (file: NamedFile) => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (const file of files) found.push(await read(file))
  return found
}

async function whyNone({ file, bytes }: NamedFile, passphrase: string | undefined, today: Date): Promise<Problem> {
  const name = nameOfFile(file)
  const found = await certificatesIn(name, bytes, passphrase, today)
  return found.ok ? { code: 'crl.none-in-file', name } : found.problem
}

/**
 * Of several certificates in one file the one that the question is about: that of the private key beside it, else the
 * first that issued none of the others.
 */
function leafOf({ found, certificates }: Material): Bytes | undefined {
  const keys = new Set(
    found.flatMap(({ object: { kind, facts } }) => (kind === 'private-key' ? (facts.spkiSha256 ?? []) : [])),
  )
  const read = found.filter((one) => one.draft.certificate)
  const issuers = new Set(read.flatMap((one) => (isSelfSigned(one) ? [] : [issuerOf(one)])))
  const ofKey = read.findIndex(({ object }) => keys.has(object.facts.spkiSha256 ?? ''))
  const lowest = read.findIndex(({ object }) => !issuers.has(object.facts.subject ?? ''))
  return certificates[ofKey >= 0 ? ofKey : Math.max(0, lowest)]
}

const isSelfSigned = ({ object }: Found): boolean => object.facts.selfSigned === true
const issuerOf = ({ object }: Found): string => object.facts.issuer ?? ''
