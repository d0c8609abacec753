import { readCertificate } from './certificate.ts'
import type { Bytes } from './der.ts'
import { childrenOf, orNull, readDer, Tag } from './der.ts'
import { schemeInWords, schemeOf } from './encryption-scheme.ts'
import type { Facts, ObjectKind } from './facts.ts'
import type { ContainerPart } from './inspect-calls.ts'
import type { Keystore } from './jks.ts'
import { readKeystore } from './jks.ts'
import { pkcs7Parts } from './pkcs7-parts.ts'
import { pkcs12Outline } from './pkcs12-outline.ts'
import { pkcs12Parts } from './pkcs12-parts.ts'

/** More entries than anybody looks through. */
const maxEntries = 500

/**
 * The structure of a container in words, outermost first: PKCS#12, PKCS#7, Java keystores, protected private keys.
 * `bytes` are its DER (a keystore's or PEM key's bytes as they are). Passphrases open what is not a key; private keys
 * stay closed. Empty for what is no container. Never throws.
 */
export async function containerParts(
  object: { kind: ObjectKind; facts: Facts },
  bytes: Bytes,
  passphrases: readonly string[] = [],
): Promise<ContainerPart[]> {
  switch (object.kind) {
    case 'pkcs12': {
      const outline = pkcs12Outline(bytes)
      return outline ? pkcs12Parts(outline, passphrases) : []
    }
    case 'pkcs7':
      return pkcs7Parts(bytes)
    case 'keystore': {
      const keystore = readKeystore(bytes)
      return keystore ? keystoreParts(keystore, bytes.length) : []
    }
    case 'private-key':
      return object.facts.encrypted ? keyParts(object.facts, bytes) : []
    default:
      return []
  }
}

function keystoreParts({ type, entries, guard }: Keystore, size: number): ContainerPart[] {
  const count = entries.length === 1 ? '1 entry' : `${entries.length.toLocaleString('en')} entries`
  const parts: ContainerPart[] = [
    { depth: 0, name: `${type} keystore`, says: `${count}, ${size.toLocaleString('en')} octets` },
    { depth: 1, name: 'Guard', says: guard ? 'SHA-1 over password and content' : 'missing: the file is damaged' },
  ]
  for (const entry of entries.slice(0, maxEntries)) {
    const since = entry.createdAt === null ? '' : `, since ${entry.createdAt.slice(0, 10)}`
    parts.push({ depth: 1, name: `Entry “${entry.alias}”`, says: `${entryWords[entry.kind]}${since}` })
    if (entry.kind === 'key') parts.push({ depth: 2, name: 'Private key, encrypted', says: sealedWith(entry.sealed) })
    for (const one of entry.certificates) {
      const says = readCertificate(one)?.facts.subject ?? 'malformed'
      parts.push({ depth: 2, name: 'Certificate', says: says || 'without a subject' })
    }
  }
  return parts
}

const entryWords = {
  key: 'a private key with its chain',
  certificate: 'a trusted certificate',
  'secret-key': 'a secret key',
}

/** What an EncryptedPrivateKeyInfo says of itself. */
const sealedWith = (sealed: Bytes): string =>
  orNull(() => schemeInWords(schemeOf(childrenOf(readDer(sealed) ?? undefined, Tag.sequence)[0]))) ?? 'malformed'

function keyParts({ container, protection }: Facts, bytes: Bytes): ContainerPart[] {
  const says = container === 'PKCS#8' && bytes[0] === 0x30 ? sealedWith(bytes) : (protection ?? 'unknown')
  return [
    { depth: 0, name: 'Private key, encrypted', says: container ?? '' },
    { depth: 1, name: 'Encryption', says },
  ]
}
