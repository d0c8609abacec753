import type { Finding } from '../findings.ts'
import type { Facts } from './facts.ts'

/** What programs that load a bundle will say of how it is protected; known without its passphrase. */
export function protectionFindings({ encrypted, protection = '', macAlgorithm }: Facts): Finding[] {
  const found: Finding[] = []
  if (/RC2|RC4/.test(protection)) {
    found.push({
      code: 'bundle.protection-old',
      severity: 'warns',
      message:
        'The bundle is encrypted with RC2 or RC4, as old Windows and Java wrote it: Electron and Java open it; Node.js, curl and OpenSSL 3 do not.',
      next: 'Convert it: `countersign convert FILE --to p12` writes AES-256.',
    })
  } else if (/DES/.test(protection)) {
    found.push({
      code: 'bundle.protection-weak',
      severity: 'notes',
      message: 'The bundle is encrypted with triple DES and SHA-1: every program opens it, and it is weak by now.',
    })
  }
  if (macAlgorithm === undefined && encrypted) {
    found.push({
      code: 'bundle.no-mac',
      severity: 'warns',
      message:
        'Nothing guards the bundle against changes (it has no MAC): Node.js 20, Electron and curl say that the passphrase is wrong; Java and newer Node.js open it.',
      next: 'Convert it: `countersign convert FILE --to p12` writes one with a MAC.',
    })
  }
  if (macAlgorithm?.startsWith('PBMAC1')) {
    found.push({
      code: 'bundle.mac-new',
      severity: 'notes',
      message: 'The bundle is guarded by PBMAC1: OpenSSL 3.4, Java 26 and newer open it, most others not yet.',
      source: { title: 'RFC 9579', url: 'https://www.rfc-editor.org/rfc/rfc9579' },
    })
  }
  return found
}

/** What is worth telling about what is inside, once a bundle is open; `null` for one that needs no passphrase. */
export function contentFindings(facts: Facts, passphrase: string | null, secrets: readonly string[]): Finding[] {
  const found: Finding[] = []
  if (passphrase === '' && (facts.keys ?? 0) > 0) {
    found.push({
      code: 'bundle.passphrase-empty',
      severity: 'warns',
      message: 'The bundle opens with an empty passphrase: whoever copies the file has the key.',
      next: 'Export it again with a passphrase.',
    })
  }
  if (facts.encrypted === false && (facts.keys ?? 0) > 0) {
    found.push({
      code: 'bundle.in-the-clear',
      severity: 'warns',
      message: 'Nothing in the bundle is encrypted, whatever its passphrase: whoever copies the file has the key.',
      next: 'Export it again with encryption.',
    })
  }
  if (facts.keys === 0) {
    const message =
      'The bundle holds no private key: it can be trusted, but not used to call. Java shows such a bundle as empty, unless Java wrote it.'
    found.push({ code: 'bundle.no-key', severity: 'notes', message })
  }
  if ((facts.keys ?? 0) > 1) {
    const message = `The bundle holds ${facts.keys} private keys: most programs take the first, and do not say so.`
    found.push({ code: 'bundle.several-keys', severity: 'notes', message, next: 'Export each identity on its own.' })
  }
  if (secrets.length > 0) {
    const names = secrets.filter((name) => name !== '').slice(0, 5)
    const message = `It also holds ${secrets.length === 1 ? 'a secret' : `${secrets.length} secrets`} of another kind${names.length > 0 ? ` (${names.join(', ')})` : ''}, which TLS has no use for.`
    found.push({ code: 'bundle.secrets', severity: 'notes', message })
  }
  return found
}
