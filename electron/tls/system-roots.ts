import * as tls from 'node:tls'
import { type GovernedRoots, governedRoots } from './governed-roots.ts'
import { extraRoots } from './trust.ts'

/** What this computer trusts, as DER, and where it comes from in words: `144 of Node.js, 3 of this computer`. */
export type SystemRoots = { ders: readonly Uint8Array[]; says: string }

let cached: (SystemRoots & { governed: GovernedRoots | null }) | undefined

/**
 * The roots that connections of the app trust too: the runtime's own list (Mozilla's) and what this computer has beside
 * it. The operating system's store is read where Node can (22.15, Electron 36 and later); on Linux and BSD it is the
 * file of the distribution. Read once, so that the array is the same each time.
 */
export function systemRoots(): SystemRoots {
  const governed = governedRoots()
  if (cached?.governed !== governed) cached = undefined
  if (!cached && governed?.only) {
    cached = { ders: governed.pems.map(derOf), says: `${governed.pems.length} of your organisation’s policy`, governed }
  }
  if (!cached) {
    const extra = extraRoots()
    const added = governed?.pems ?? []
    const runtime = process.versions.electron ? 'Electron' : 'Node.js'
    const says = `${tls.rootCertificates.length} of ${runtime}${extra.length > 0 ? `, ${extra.length} of this computer` : ''}${added.length > 0 ? `, ${added.length} of your organisation’s policy` : ''}`
    cached = { ders: [...tls.rootCertificates, ...extra, ...added].map(derOf), says, governed }
  }
  return cached
}

const derOf = (pem: string): Uint8Array => new Uint8Array(Buffer.from(pem.replace(/-----[^-]*-----|\s/g, ''), 'base64'))
