import { traitsOf } from './bundle-traits.ts'
import type { Bytes } from './der.ts'
import { childrenOf, orNull, readDer, Tag } from './der.ts'
import { schemeOf } from './encryption-scheme.ts'
import type { Facts, ObjectKind } from './facts.ts'
import type { WhoOpens } from './inspect-calls.ts'
import { pkcs12Outline } from './pkcs12-outline.ts'
import { bundleReaders, judgedBy } from './who-opens-bundle.ts'
import type { KeyTraits } from './who-opens-key.ts'
import { keyReaders } from './who-opens-key.ts'
import { keystoreReaders } from './who-opens-keystore.ts'

/**
 * Which programs open a container or load a key, judged by its algorithms: what opens in one says nothing about
 * another. The rules are what programs did with a hundred files (OpenSSL 1.0.2 to 3.5, Node.js 8 to 24, Electron 33,
 * Java 17 and 25, Go), and for Windows, macOS, Android, older Java and FIPS what their makers and users report.
 * `bytes` and `passphrases` as for `containerParts`. Empty for what is neither container nor private key. Never throws.
 */
export function whoOpens(
  object: { kind: ObjectKind; facts: Facts },
  bytes: Bytes,
  passphrases: readonly string[] = [],
): WhoOpens[] {
  switch (object.kind) {
    case 'pkcs12': {
      const outline = pkcs12Outline(bytes)
      const traits = outline && traitsOf(outline, object.facts, passphrases)
      return traits ? judgedBy(bundleReaders, traits) : []
    }
    case 'keystore':
      return keystoreReaders(object.facts.container === 'JCEKS' ? 'JCEKS' : 'JKS')
    case 'private-key':
      return judgedBy(keyReaders, keyTraits(object.facts, bytes))
    default:
      return []
  }
}

function keyTraits(facts: Facts, bytes: Bytes): KeyTraits {
  const { container, encrypted, protection = '' } = facts
  const sealed = encrypted === true && bytes[0] === 0x30 && !protection.startsWith('OpenSSL PEM')
  const scheme = sealed ? orNull(() => schemeOf(childrenOf(readDer(bytes) ?? undefined, Tag.sequence)[0])) : null
  const pemCipher = /^OpenSSL PEM, \S+ ([\w-]+)$/.exec(protection)?.[1]
  return {
    container: container ?? 'PKCS#8',
    encrypted: encrypted === true,
    ...(scheme && { scheme }),
    ...(pemCipher !== undefined && { pemCipher }),
    ...(facts.keyAlgorithm !== undefined && { algorithm: facts.keyAlgorithm }),
    ...(facts.curve !== undefined && { curve: facts.curve }),
    ...(facts.keyBits !== undefined && { bits: facts.keyBits }),
  }
}
