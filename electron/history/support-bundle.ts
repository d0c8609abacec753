import type { Finding } from '../../shared/findings.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'
import type { SupportBundle } from '../../shared/tls/kept-attempts.ts'
import { transcriptText } from '../../shared/tls/transcript-text.ts'
import { withoutSecrets } from '../../shared/tls/without-secrets.ts'

export type BundleFrom = {
  attempt: Attempt
  verdict: Verdict
  /** What was presented: the identity’s name, its certificate and what stands above it. */
  identity?: {
    name: string
    certificate?: { pem: string; facts: Facts }
    chain: { pem: string; facts: Facts }[]
    findings: Finding[]
  }
  versions: [string, string][]
}

const leftOut = [
  'the private key and every passphrase',
  'what was sent: headers, body, tokens, client secrets, the query of the address',
  'the body of the answer, and its headers that may carry a session',
  'what went over the wire and the secrets to read it',
]

const isPrivate = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----/

/**
 * The files of a support bundle: what a provider’s support needs to find the call in its logs and to see what was
 * presented, and nothing that lets anybody act in the caller’s name. Throws when a private key is about to get in,
 * which can only be a fault of the app.
 */
export function supportFiles({ attempt, verdict, identity, versions }: BundleFrom): SupportBundle {
  const clean = withoutSecrets(attempt)
  const files: { name: string; text: string }[] = [
    { name: 'README.txt', text: readme(clean, verdict) },
    { name: 'transcript.txt', text: transcriptText(clean, verdict) },
    { name: 'transcript.json', text: `${JSON.stringify({ attempt: clean, verdict }, null, 2)}\n` },
    { name: 'versions.txt', text: pairs(versions) },
  ]
  if (identity?.certificate) {
    const { certificate, chain } = identity
    files.push({ name: 'certificates/client.pem', text: certificate.pem })
    if (chain.length > 0) {
      files.push({ name: 'certificates/client-chain.pem', text: chain.map(({ pem }) => pem).join('') })
    }
    const facts = [certificate, ...chain].map(({ facts: one }, i) =>
      factsText(i === 0 ? 'Client certificate' : `Above it (${i})`, one),
    )
    files.push({ name: 'certificates/client.txt', text: facts.join('\n') })
    files.push({ name: 'findings.txt', text: findingsText(identity.findings) })
  }
  if (clean.serverChain.length > 0) {
    files.push({ name: 'certificates/server-chain.pem', text: clean.serverChain.map(({ pem }) => pem).join('') })
  }
  for (const { name, text } of files) if (isPrivate.test(text)) throw new Error(`A private key in ${name}`)
  const host = URL.canParse(attempt.url) ? new URL(attempt.url).hostname.replace(/[^a-z0-9.-]/gi, '_') : 'test'
  return {
    fileName: `countersign-${host}-${clean.startedAt.slice(0, 16).replaceAll(/[:T]/g, '-')}.zip`,
    files: files.map((file) => ({ ...file, bytes: new TextEncoder().encode(file.text).length })),
    leftOut,
  }
}

const readme = (
  { url, startedAt }: Attempt,
  { title, cause }: Verdict,
) => `A connection test of ${url} at ${startedAt}, made with Countersign.

Result: ${title} (${cause}).

transcript.txt      what happened, for reading
transcript.json     the same, for programs
certificates/       what was presented to the server, and what the server presented
findings.txt        what is noticeable about the client certificate
versions.txt        the programs involved

Left out on purpose:
${leftOut.map((line) => `- ${line}`).join('\n')}
`

const pairs = (rows: readonly [string, string][]) => `${rows.map(([name, value]) => `${name}: ${value}`).join('\n')}\n`

function factsText(title: string, facts: Facts): string {
  const key = [facts.keyAlgorithm, facts.curve ?? facts.keyBits].filter((part) => part !== undefined).join(' ')
  const rows: [string, string | undefined][] = [
    ['Subject', facts.subject],
    ['Issuer', facts.issuer],
    ['Serial', facts.serialHex],
    ['Valid from', facts.notBefore],
    ['Valid until', facts.notAfter],
    ['Key', key],
    ['Signature', facts.signatureAlgorithm],
    ['Names', facts.subjectAltNames?.join(', ')],
    ['Key usage', facts.keyUsage?.join(', ')],
    ['Extended key usage', facts.extendedKeyUsage?.join(', ')],
    ['SHA-256', facts.sha256],
    ['SHA-1', facts.sha1],
  ]
  return `${title}\n${pairs(rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== ''))}`
}

const findingsText = (findings: readonly Finding[]) =>
  findings.length === 0
    ? 'Nothing noticeable.\n'
    : `${findings.map(({ severity, code, message, next }) => `${severity} ${code}: ${message}${next ? ` ${next}` : ''}`).join('\n')}\n`
