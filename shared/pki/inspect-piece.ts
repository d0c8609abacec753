import type { Problem } from '../problems.ts'
import type { Bytes } from './der.ts'
import { der, orNull, readDer } from './der.ts'
import { shapeOf } from './detect.ts'
import type { Draft, InspectHow } from './drafts.ts'
import { certificateDraft, crlDraft, damaged } from './drafts.ts'
import type { Facts, ObjectKind } from './facts.ts'
import type { FileOddity } from './file-findings.ts'
import { fileFinding } from './file-findings.ts'
import { requestFindings } from './findings.ts'
import { readBundle } from './inspect-bundle.ts'
import { readPrivateKey } from './inspect-key.ts'
import { readJavaKeystore } from './inspect-keystore.ts'
import { publicKeyFindings } from './key-findings.ts'
import { kindNotes } from './kind-notes.ts'
import { trustFinding } from './openssl-trust.ts'
import { toPem } from './pem.ts'
import { isOldLabel, kindOfLabel } from './pem-labels.ts'
import { readPkcs7 } from './pkcs7.ts'
import { labelOfKey, readKeyFile } from './private-key-file.ts'
import { readRequest } from './request.ts'
import { curveOf, readPublicKey } from './spki.ts'
import type { Piece } from './triage.ts'
import { signatureFits } from './verify.ts'

/** Reads one piece of a file. Never throws; what cannot be read is a draft with a problem. */
export async function readPiece(piece: Piece, name: string, how: InspectHow): Promise<Draft> {
  const oddities = [...piece.oddities]
  const draft = await draftOf(piece, name, how, oddities)
  nameByBag(piece, draft)
  const findings = [
    ...[...new Set(oddities)].map((oddity) =>
      oddity === 'openssl-trust' && piece.form === 'der' ? trustFinding(afterValue(piece.der)) : fileFinding(oddity),
    ),
    ...kindNotes(draft, piece.encoding, name, piece.alone === true),
  ]
  return { ...(piece.encoding && { encoding: piece.encoding }), ...draft, findings: [...findings, ...draft.findings] }
}

/** OpenSSL writes the names of a bundle's contents above the blocks it takes out of one. */
function nameByBag({ bag }: Piece, { facts }: Draft): void {
  if (bag?.friendlyName !== undefined) facts.friendlyName ??= bag.friendlyName
  if (bag?.localKeyId !== undefined) facts.localKeyId ??= bag.localKeyId
}

const afterValue = (bytes: Bytes): Bytes => bytes.subarray(readDer(bytes)?.end ?? bytes.length)

async function draftOf(piece: Piece, name: string, how: InspectHow, oddities: FileOddity[]): Promise<Draft> {
  switch (piece.form) {
    case 'der':
      return readValue(piece.der, piece.label, name, how, oddities)
    case 'key-pem': {
      const node = readDer(piece.der)
      const shape = node ? shapeOf(node) : null
      // Whatever the label says: a certificate under it is read as one.
      if (node && shape && shape.kind !== 'unknown' && shape.kind !== 'private-key') {
        return readValue(piece.der, piece.label, name, how, oddities)
      }
      const label = labelOfKey(readKeyFile(piece.pem))
      if (label !== null && label !== piece.label) oddities.push('label-wrong')
      return readPrivateKey(piece.pem, name, how)
    }
    case 'damaged':
      return damaged(kindOfLabel(piece.label), name)
    case 'keystore':
      return readJavaKeystore(piece.bytes, piece.type, name, how)
    case 'pvk':
    case 'putty':
      return readPrivateKey(piece.bytes, name, how)
    case 'ssh-public':
      return piece.spki
        ? publicKey(piece.spki, 'OpenSSH', name)
        : { kind: 'public-key', facts: { container: 'OpenSSH' }, findings: [] }
    case 'something-else':
      return {
        kind: 'unknown',
        facts: {},
        findings: [],
        problem: { code: 'file.something-else', name, what: piece.what },
      }
  }
}

async function readValue(
  bytes: Bytes,
  label: string | undefined,
  name: string,
  how: InspectHow,
  oddities: FileOddity[],
): Promise<Draft> {
  const node = readDer(bytes)
  const labelled = kindOfLabel(label)
  if (!node) return damaged(labelled, name)
  const value = bytes.subarray(0, node.end)
  if (node.end < bytes.length) oddities.push(label === 'TRUSTED CERTIFICATE' ? 'openssl-trust' : 'bytes-after')
  const shape = shapeOf(node)
  if (shape.kind === 'unknown') {
    if (shape.what) {
      const problem: Problem = { code: 'file.something-else', name, what: shape.what }
      const curve = shape.what === 'parameters' ? orNull(() => curveOf(node)) : null
      return { kind: 'unknown', facts: { ...curve }, findings: [], problem }
    }
    if (labelled !== 'unknown') return damaged(labelled, name)
    return { kind: 'unknown', facts: {}, findings: [], problem: { code: 'file.unknown-kind', name } }
  }
  if (label !== undefined && labelled !== shape.kind) oddities.push('label-wrong')
  else if (isOldLabel(label)) oddities.push('label-old')
  const draft = await readKind(shape, value, name, how)
  return draft ?? damaged(shape.kind, name)
}

async function readKind(
  shape: { kind: ObjectKind; form?: 'rsa-public-key' },
  bytes: Bytes,
  name: string,
  how: InspectHow,
): Promise<Draft | null> {
  switch (shape.kind) {
    case 'certificate':
      return certificateDraft(bytes)
    case 'request':
      return requestDraft(bytes)
    case 'crl':
      return crlDraft(bytes, how.today)
    case 'pkcs7':
      return pkcs7Draft(bytes, name, how)
    case 'pkcs12':
      return readBundle(bytes, name, how)
    case 'private-key':
      return readPrivateKey(bytes, name, how)
    case 'public-key': {
      const container = shape.form === 'rsa-public-key' ? 'PKCS#1' : undefined
      return publicKey(container ? spkiOfRsa(bytes) : bytes, container, name)
    }
    default:
      return null
  }
}

const spkiOfRsa = (key: Bytes): Bytes =>
  der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1'), der.null()), der.bitString(key))

function publicKey(spki: Bytes, container: string | undefined, name: string): Draft {
  const key = readPublicKey(spki)
  if (!key?.readable) return damaged('public-key', name)
  const facts: Facts = {
    ...key.facts,
    sha256: key.facts.spkiSha256,
    bytes: spki.length,
    ...(container && { container }),
  }
  return { kind: 'public-key', facts, findings: publicKeyFindings(facts, key), pem: toPem('PUBLIC KEY', spki) }
}

async function requestDraft(bytes: Bytes): Promise<Draft | null> {
  const request = readRequest(bytes)
  if (!request) return null
  const valid = await signatureFits(request, request.publicKey)
  if (valid !== null) request.facts.signatureValid = valid
  const pem = toPem('CERTIFICATE REQUEST', bytes)
  return { kind: 'request', facts: request.facts, findings: requestFindings(request), pem }
}

function pkcs7Draft(bytes: Bytes, name: string, how: InspectHow): Draft | null {
  const found = readPkcs7(bytes)
  if (!found) return null
  const contents = [
    ...found.certificates.map((one) => certificateDraft(one) ?? damaged('certificate', name)),
    ...found.crls.map((one) => crlDraft(one, how.today) ?? damaged('crl', name)),
  ]
  return { kind: 'pkcs7', facts: found.facts, findings: [], contents, ...(found.signed && { signed: true }) }
}
