import type { Bytes } from './der.ts'
import { childrenOf, expect, octets, orNull, readDer, Tag } from './der.ts'
import type { LegacyPem } from './legacy-pem.ts'
import { readLegacyPem } from './legacy-pem.ts'
import type { SealedSsh } from './openssh-key.ts'
import { readOpenSshKey } from './openssh-key.ts'
import { readProtection } from './pbe.ts'
import type { PemBlock } from './pem.ts'
import { pemBlocks } from './pem.ts'
import type { PlainKey } from './private-key.ts'
import { readPlainKey } from './private-key.ts'
import type { Protection, Unsupported } from './protection.ts'
import type { PuttyFile } from './putty-key.ts'
import { clearPutty, isPutty, readPutty } from './putty-key.ts'
import type { PvkFile } from './pvk-key.ts'
import { openPvk, readPvk } from './pvk-key.ts'

/** A private key as it lies in its file. `sealed` forms need a passphrase; the rest are refusals or the key itself. */
export type KeyFile =
  | { state: 'plain'; key: PlainKey }
  | { state: 'sealed-pkcs8'; protection: Protection; data: Bytes }
  | { state: 'sealed-pem'; protection: LegacyPem; data: Bytes; curve: Bytes | undefined; container: string }
  | { state: 'sealed-pvk'; file: PvkFile }
  | { state: 'sealed-ssh'; file: SealedSsh }
  | { state: 'sealed-putty'; file: PuttyFile }
  | { state: 'unsupported'; scheme: string; container: string; spki?: Bytes | null }
  | { state: 'no-such-key'; type: string }
  | { state: 'damaged' }
  | { state: 'no-key' }

const keyLabel = /(?<!PUBLIC )KEY$/
const containers: Record<string, string> = {
  'RSA PRIVATE KEY': 'PKCS#1',
  'EC PRIVATE KEY': 'SEC1',
  'DSA PRIVATE KEY': 'OpenSSL DSA',
}

const utf8 = new TextDecoder()

const labels: Partial<Record<PlainKey['container'], string>> = {
  'PKCS#8': 'PRIVATE KEY',
  'PKCS#1': 'RSA PRIVATE KEY',
  SEC1: 'EC PRIVATE KEY',
  'OpenSSL DSA': 'DSA PRIVATE KEY',
}

/** The label that belongs over a key of this form; Node.js takes no other. `null` for forms that have none of their own. */
export function labelOfKey(file: KeyFile): string | null {
  if (file.state === 'plain') return labels[file.key.container] ?? null
  const isPkcs8 = file.state === 'sealed-pkcs8' || (file.state === 'unsupported' && file.container === 'PKCS#8')
  return isPkcs8 ? 'ENCRYPTED PRIVATE KEY' : null
}

/** Finds the first private key in a file, PEM or DER. What it is goes by its content; labels only say where to look. */
export function readKeyFile(bytes: Bytes): KeyFile {
  if (isPutty(bytes)) return puttyFile(bytes)
  const der = readKeyDer(bytes)
  if (der) return der
  const text = utf8.decode(bytes)
  if (!text.toUpperCase().includes('BEGIN')) return { state: 'no-key' }
  const blocks = pemBlocks(text)
  const block = blocks.find(({ label }) => keyLabel.test(label))
  if (!block) return { state: 'no-key' }
  if (block.damaged) return { state: 'damaged' }
  // OpenSSL writes the curve in a block of its own before a SEC1 key, and some programs leave it out of the key.
  const curve = blocks.find(({ label }) => label === 'EC PARAMETERS')?.der
  return readKeyBlock(block, curve)
}

function readKeyBlock({ label, headers, der }: PemBlock, curve: Bytes | undefined): KeyFile {
  const container = containers[label] ?? 'PKCS#8'
  const legacy = readLegacyPem(headers)
  if (legacy === 'damaged') return { state: 'damaged' }
  if (legacy && 'unsupported' in legacy) return { state: 'unsupported', scheme: legacy.unsupported, container }
  if (legacy) return { state: 'sealed-pem', protection: legacy, data: der, curve, container }
  return readKeyDer(der, curve) ?? { state: 'damaged' }
}

function puttyFile(bytes: Bytes): KeyFile {
  const file = readPutty(bytes)
  if (!file) return { state: 'damaged' }
  if (file.encrypted) return { state: 'sealed-putty', file }
  const key = clearPutty(file)
  if (key === 'unsupported') return { state: 'no-such-key', type: file.named.type.slice(0, 60) }
  return key === 'damaged' ? { state: 'damaged' } : { state: 'plain', key }
}

/** `null` when the bytes are no private key in any binary form. */
function readKeyDer(bytes: Bytes, curve?: Bytes): KeyFile | null {
  const pvk = readPvk(bytes)
  if (pvk?.encrypted) return { state: 'sealed-pvk', file: pvk }
  if (pvk) {
    const key = openPvk(pvk, new Uint8Array(0))
    return key ? { state: 'plain', key } : { state: 'damaged' }
  }
  const ssh = readOpenSshKey(bytes)
  if (ssh && 'key' in ssh) return { state: 'plain', key: ssh.key }
  if (ssh && 'sealed' in ssh) return { state: 'sealed-ssh', file: ssh.sealed }
  if (ssh && 'unsupported' in ssh) {
    return { state: 'unsupported', scheme: ssh.unsupported, container: 'OpenSSH', spki: ssh.spki }
  }
  if (ssh) return { state: 'no-such-key', type: ssh.type }
  const node = readDer(bytes)
  if (!node) return null
  const key = readPlainKey(bytes.subarray(0, node.end), curve)
  if (key) return { state: 'plain', key }
  return orNull(() => {
    const [algorithm, data, ...more] = childrenOf(node, Tag.sequence)
    if (more.length > 0 || !data) return null
    const encrypted = octets(data.id === 0x24 ? data : expect(data, Tag.octetString))
    const protection: Protection | Unsupported = readProtection(expect(algorithm, Tag.sequence))
    if ('unsupported' in protection)
      return { state: 'unsupported', scheme: protection.unsupported, container: 'PKCS#8' } as const
    return { state: 'sealed-pkcs8', protection, data: encrypted } as const
  })
}
