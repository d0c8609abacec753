import { measured } from '../measured.ts'
import type { WhoOpens } from '../pki/inspect-calls.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import type { Pkcs12Readers } from '../pki/pkcs12-writer.ts'
import { bundleReaders, judgedBy } from '../pki/who-opens-bundle.ts'
import { keyReaders } from '../pki/who-opens-key.ts'
import { keystoreReaders } from '../pki/who-opens-keystore.ts'
import { bundleAsWritten, keyAsWritten } from './as-written.ts'
import { ownPrograms } from './own-programs.ts'
import type { HandoverFile, Receiver } from './receivers.ts'

/** One kind of file for a receiver, and who opens it. `holds` is said to people. */
export type Loads = { holds: string; rows: WhoOpens[] }

/**
 * Which programs open what a receiver gets, as it would be written now: the receiver itself first, then the others.
 * `key`: the kind of key, which some programs do not take. Files without a key and without protection are open to
 * whoever reads PEM and are not told of.
 */
export function whoLoads(receiver: Receiver, key: KeyAlgorithm, passphrase: boolean): Loads[] {
  const own = ownPrograms[receiver.id] ?? []
  const found = receiver.files.flatMap((file) => loadsOf(file, key, passphrase && receiver.passphrase !== 'none') ?? [])
  if (found.length === 0) return own.length > 0 ? [{ holds: 'What it takes', rows: [...own] }] : []
  return found.map((one, i) => (i === 0 ? { ...one, rows: [...own, ...one.rows] } : one))
}

function loadsOf(file: HandoverFile, key: KeyAlgorithm, locked: boolean): Loads | null {
  switch (file.form) {
    case 'key':
    case 'kubernetes':
    case 'secret-json':
      return { holds: locked ? 'Key as PEM, encrypted' : 'Key as PEM', rows: keyRows(key, locked) }
    case 'bundle':
      return { holds: bundleWords[file.readers], rows: bundleRows(file.readers) }
    case 'keystore':
      return { holds: 'Java keystore (JKS)', rows: keystoreReaders('JKS') }
    case 'trust-keystore':
      return { holds: 'Truststore (JKS)', rows: keystoreReaders('JKS') }
    case 'trust-bundle':
      return { holds: 'Truststore (PKCS#12)', rows: trustRows() }
    default:
      return null
  }
}

const bundleWords: Record<Pkcs12Readers, string> = {
  modern: 'Bundle (PKCS#12) with AES',
  older: 'Bundle (PKCS#12) with triple DES',
  fips: 'Bundle (PKCS#12) with PBMAC1',
}

const keyRows = (key: KeyAlgorithm, locked: boolean): WhoOpens[] => judgedBy(keyReaders, keyAsWritten(key, locked))

function bundleRows(readers: Pkcs12Readers): WhoOpens[] {
  const rows = judgedBy(bundleReaders, bundleAsWritten(readers)).map((row) =>
    readers === 'older' && row.who === 'Go' ? { ...row, measured: measured.go } : row,
  )
  const others = otherReaders.map((who) => ({ ...who, ...otherSays[readers] }))
  return [...rows, ...others]
}

/** Readers whose rules for other people’s bundles are not known, but which were given ours. */
const otherReaders = [
  { who: 'GnuTLS (certtool)', measured: measured.gnutls },
  { who: 'NSS (pk12util): Firefox, Chrome on Linux', measured: measured.nss },
  { who: 'Python cryptography', measured: measured.pyca },
] as const

const otherSays: Record<Pkcs12Readers, Pick<WhoOpens, 'opens' | 'why'>> = {
  modern: { opens: 'yes', why: 'It opens what Countersign writes.' },
  older: { opens: 'yes', why: 'It opens what Countersign writes.' },
  fips: { opens: 'no', why: 'This version does not know PBMAC1.' },
}

/** A store without a key, with Oracle’s mark of trust on each entry: what others see is no business of theirs. */
function trustRows(): WhoOpens[] {
  const rows = judgedBy(bundleReaders, bundleAsWritten('modern')).filter(({ who }) => who.startsWith('Java'))
  return rows.map((row) =>
    row.opens === 'yes' ? { ...row, why: 'Its entries carry the mark that Java asks for.' } : row,
  )
}
