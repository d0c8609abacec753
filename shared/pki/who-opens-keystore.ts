import { measured } from '../measured.ts'
import type { WhoOpens } from './inspect-calls.ts'

/** Who reads Java’s own keystores. */
export function keystoreReaders(type: 'JKS' | 'JCEKS'): WhoOpens[] {
  const ask = type === 'JCEKS' ? 'when it is told the type (-storetype JCEKS)' : 'in every version'
  return [
    { who: 'Java', opens: 'yes', why: `Java reads ${type} ${ask}.`, measured: measured.java17 },
    {
      who: 'OpenSSL, curl, Node.js, Electron, nginx, Go, Windows, macOS',
      opens: 'no',
      why: `${type} is Java’s own format. Convert it to PKCS#12 for other programs.`,
      measured: type === 'JKS' ? `${measured.openssl}; ${measured.node20}` : null,
    },
  ]
}
