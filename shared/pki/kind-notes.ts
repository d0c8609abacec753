import type { Finding } from '../findings.ts'
import type { Draft } from './drafts.ts'
import { kindWords } from './drafts.ts'
import type { ObjectKind } from './facts.ts'

/**
 * What people mix up: an object is fine and yet not what a program asks for. Said in plain words wherever such a file is
 * looked at, because the programs themselves answer “no start line” to all of them.
 */
export function kindNotes(draft: Draft, encoding: Draft['encoding'], name: string, alone: boolean): Finding[] {
  const { kind, problem } = draft
  if (problem && problem.code !== 'key.passphrase-wrong') return []
  const found: Finding[] = []
  const misled = alone ? misleadingName(kind, encoding, name) : null
  if (misled) found.push(misled)
  if (kind === 'request') {
    found.push({
      code: 'file.is-request',
      severity: 'notes',
      message: 'This is a signing request (CSR): what you send. The certificate is what the provider returns for it.',
      next: 'Where a certificate is asked for, choose the file that came back: it begins with “BEGIN CERTIFICATE”.',
    })
  }
  if (kind === 'public-key') {
    found.push({
      code: 'file.is-public-key',
      severity: 'notes',
      message: 'This is the public half of a key: it cannot prove who you are.',
      next: 'Where a private key is asked for, choose the file that was made together with the request.',
    })
  }
  if (kind === 'pkcs7' && draft.signed) {
    found.push({
      code: 'file.is-signature',
      severity: 'notes',
      message:
        'This is a signature (PKCS#7), of a message that lies within it or elsewhere. Its certificates are the signer’s.',
    })
  } else if (kind === 'pkcs7' && (draft.facts.certificates ?? 0) > 0) {
    found.push({
      code: 'file.is-collection',
      severity: 'notes',
      message:
        'This is a collection of certificates (PKCS#7), as Windows and some providers return it. Most servers and clients want PEM.',
      next: 'Take the certificates out: as repaired, they are PEM with yours first.',
    })
  }
  if (encoding === 'DER' && (kind === 'certificate' || kind === 'request' || kind === 'private-key')) {
    found.push({
      code: 'file.is-der',
      severity: 'notes',
      message: `The ${kindWords[kind]} is in its binary form (DER): programs that want text (PEM) find no start line in it.`,
      next: 'Use it as repaired, which is PEM.',
    })
  }
  return found
}

/** What a file of this extension is expected to hold; extensions that are used for anything are left out. */
const expected: Record<string, ObjectKind[]> = {
  p12: ['pkcs12'],
  pfx: ['pkcs12'],
  csr: ['request'],
  req: ['request'],
  p10: ['request'],
  p7b: ['pkcs7'],
  p7c: ['pkcs7'],
  jks: ['keystore', 'pkcs12'],
  jceks: ['keystore'],
  keystore: ['keystore', 'pkcs12'],
  key: ['private-key'],
  ppk: ['private-key'],
  pub: ['public-key'],
  crl: ['crl'],
  crt: ['certificate', 'pkcs7'],
  cer: ['certificate', 'pkcs7'],
  cert: ['certificate'],
}

function misleadingName(kind: ObjectKind, encoding: Draft['encoding'], name: string): Finding | null {
  const extension = /\.([A-Za-z0-9]{2,8})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const kinds = Object.hasOwn(expected, extension) ? expected[extension] : undefined
  if (!kinds || kinds.includes(kind) || kind === 'unknown') return null
  return {
    code: 'file.name-misleads',
    severity: 'warns',
    message: `The name ends in “.${extension}”, as of a ${kindWords[kinds[0]!]}, but this is a ${kindWords[kind]}${encoding === 'PEM' ? ' as text (PEM)' : ''}.`,
    next: `Choose the ${kindWords[kinds[0]!]}, or give this file a name that says what it is.`,
  }
}
