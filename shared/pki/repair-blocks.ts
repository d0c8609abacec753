import { readCertificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import type { Bytes } from './der.ts'
import { readDer } from './der.ts'
import { shapeOf } from './detect.ts'
import type { ObjectKind } from './facts.ts'
import { toPem } from './pem.ts'
import { isOldLabel, kindOfLabel, labelOf } from './pem-labels.ts'
import { readPkcs7 } from './pkcs7.ts'
import { readPlainKey } from './private-key.ts'
import { labelOfKey, readKeyFile } from './private-key-file.ts'
import type { Change } from './repair-words.ts'
import { readRequest } from './request.ts'
import { readPublicKey } from './spki.ts'
import type { Piece } from './triage.ts'

/** One block of a repaired file: text, or the bytes of a bundle, which has no text form that programs read. */
export type Block = { kind: ObjectKind; pem: string; der: Bytes; bundle?: true }

/** What a piece becomes; no block when it cannot be read or has no place in such a file. */
export type Rewritten = { blocks: Block[]; changes: Change[] }

const lost = (change: Change): Rewritten => ({ blocks: [], changes: [change] })

/** Writes one piece as programs read it. */
export function rewrite(piece: Piece): Rewritten {
  switch (piece.form) {
    case 'der':
      return rewriteValue(piece.der, piece.label, piece.encoding)
    case 'key-pem': {
      const node = readDer(piece.der)
      const kind = node ? shapeOf(node).kind : 'unknown'
      if (kind !== 'unknown' && kind !== 'private-key') return rewriteValue(piece.der, piece.label, 'PEM')
      return rewriteKey(piece.pem, piece.der, piece.label)
    }
    case 'pvk':
    case 'putty':
      return rewriteKey(piece.bytes, piece.bytes, undefined)
    case 'ssh-public':
      return piece.spki ? block('public-key', 'PUBLIC KEY', piece.spki, ['other-program']) : lost('left-out')
    case 'damaged':
      return lost('blocks-damaged')
    case 'keystore':
    case 'something-else':
      return lost('left-out')
  }
}

const block = (kind: ObjectKind, label: string, der: Bytes, changes: Change[]): Rewritten => ({
  blocks: [{ kind, pem: toPem(label, der), der }],
  changes,
})

function rewriteValue(bytes: Bytes, label: string | undefined, encoding: 'PEM' | 'DER' | 'base64'): Rewritten {
  const node = readDer(bytes)
  if (!node) return lost('blocks-damaged')
  const value = bytes.subarray(0, node.end)
  const changes: Change[] = encoding === 'DER' ? ['der'] : []
  if (node.end < bytes.length) changes.push(label === 'TRUSTED CERTIFICATE' ? 'openssl-trust' : 'bytes-after')
  const shape = shapeOf(node)
  const labelled = kindOfLabel(label)
  if (shape.kind === 'unknown') {
    if (labelled !== 'unknown') return lost('blocks-damaged')
    return / PARAMETERS$/.test(label ?? '') ? block('unknown', label!, value, changes) : lost('left-out')
  }
  if (shape.kind === 'private-key') return withChanges(rewriteKey(value, value, label), changes)
  if (label !== undefined && labelled !== shape.kind) changes.push('label-wrong')
  else if (isOldLabel(label)) changes.push('label-old')
  switch (shape.kind) {
    case 'certificate':
      return readCertificate(value) ? block(shape.kind, labelOf.certificate, value, changes) : lost('blocks-damaged')
    case 'request':
      return readRequest(value) ? block(shape.kind, labelOf.request, value, changes) : lost('blocks-damaged')
    case 'crl':
      return readCrl(value) ? block(shape.kind, labelOf.crl, value, changes) : lost('blocks-damaged')
    case 'pkcs7':
      return rewriteCollection(value, changes)
    case 'pkcs12':
      // Alone in a file of its own it is as it should be.
      return {
        blocks: [{ kind: shape.kind, pem: '', der: value, bundle: true }],
        changes: encoding === 'DER' ? changes.filter((change) => change !== 'der') : [...changes, 'bundle-as-text'],
      }
    case 'public-key': {
      const rsa = shape.form === 'rsa-public-key'
      const readable = rsa || readPublicKey(value)?.readable
      const name = rsa ? 'RSA PUBLIC KEY' : 'PUBLIC KEY'
      return readable ? block(shape.kind, name, value, changes) : lost('blocks-damaged')
    }
  }
}

const withChanges = (one: Rewritten, more: Change[]): Rewritten =>
  one.blocks.length > 0 ? { ...one, changes: [...more, ...one.changes] } : one

/** Certificates and revocation lists of a collection; a message or a signature is not for repair. */
function rewriteCollection(bytes: Bytes, changes: Change[]): Rewritten {
  const found = readPkcs7(bytes)
  if (!found) return lost('blocks-damaged')
  if (found.signed) return lost('left-out')
  const certificates = found.certificates.filter((one) => readCertificate(one))
  const lists = found.crls.filter((one) => readCrl(one))
  const damaged = found.certificates.length + found.crls.length - certificates.length - lists.length
  if (certificates.length + lists.length === 0) {
    return lost(damaged > 0 ? 'blocks-damaged' : 'left-out')
  }
  return {
    blocks: [
      ...certificates.map((one) => block('certificate', labelOf.certificate, one, []).blocks[0]!),
      ...lists.map((one) => block('crl', labelOf.crl, one, []).blocks[0]!),
    ],
    changes: [...changes, 'pkcs7', ...(damaged > 0 ? (['blocks-damaged'] as const) : [])],
  }
}

/** A private key keeps its form and its protection, and gets the label of what it is. */
function rewriteKey(source: Bytes, own: Bytes, label: string | undefined): Rewritten {
  const file = readKeyFile(source)
  const right = labelOfKey(file)
  const changes: Change[] = label !== undefined && right !== null && label !== right ? ['label-wrong'] : []
  switch (file.state) {
    case 'plain':
      if (right === null) return block('private-key', 'PRIVATE KEY', file.key.pkcs8, ['other-program'])
      // A key whose curve stands in the block before it is complete only as PKCS#8.
      return readPlainKey(own)
        ? block('private-key', right, own, changes)
        : block('private-key', 'PRIVATE KEY', file.key.pkcs8, [])
    case 'sealed-pkcs8':
    case 'unsupported':
    case 'sealed-pem':
    case 'sealed-ssh':
    case 'no-such-key': {
      if (right !== null && readDer(own)) return block('private-key', right, own, changes)
      const pem = new TextDecoder().decode(source)
      const from = pem.lastIndexOf('-----BEGIN ')
      const blocks: Block[] = from < 0 ? [] : [{ kind: 'private-key', pem: pem.slice(from), der: own }]
      return { blocks, changes: from < 0 ? ['left-out'] : [] }
    }
    case 'damaged':
      return lost('blocks-damaged')
    default:
      return lost('left-out')
  }
}
