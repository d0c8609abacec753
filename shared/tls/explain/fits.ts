import type { Attempt, Verdict } from '../attempt.ts'
import { authorityEvidence } from '../authority-evidence.ts'
import { certificateFlaws, contradiction } from '../certificate-flaws.ts'
import type { Context } from '../context.ts'
import { otherEnvironment } from '../environment-of.ts'
import type { CauseCode } from '../failures.ts'
import type { GivenFile } from '../forecast/traits.ts'
import type { Explanation } from '../kept-attempts.ts'
import { canSign } from '../not-sent.ts'
import { fileFaults } from './file-faults.ts'

/** What is known of the identity that the text is about: each part may be absent. */
export type ExplainContext = Omit<Context, 'probes'> & {
  /** The files that the program was given, as the inspector sees them. */
  files?: readonly GivenFile[]
  /** The last test with the identity, and what it was judged to be. */
  attempt?: Attempt
  verdict?: Verdict
}

export type Fit = Pick<Explanation, 'fits' | 'because'>

const likely = (because: string): Fit => ({ fits: 'likely', because })
const possible = (because: string): Fit => ({ fits: 'possible', because })
const ruledOut = (because: string): Fit => ({ fits: 'ruled-out', because })

const flawCodes: ReadonlySet<CauseCode> = new Set([
  'client.expired',
  'client.not-yet-valid',
  'client.wrong-purpose',
  'client.key-usage',
  'client.too-weak',
])
const authorityCodes: ReadonlySet<CauseCode> = new Set([
  'client.untrusted-issuer',
  'client.self-signed',
  'client.same-name-other-key',
  'client.missing-intermediate',
])

/** Can the chosen identity, its files and its last test explain this cause? */
export function fitOf(code: CauseCode, context: ExplainContext): Fit {
  if (code.startsWith('file.')) return fitOfFile(code, context)
  const { files } = context
  const fault = files && fileFaults(files).get(code)
  if (fault) return likely(fault)
  if (code === 'client.key-mismatch' && files?.some(({ as }) => as === 'key')) {
    return ruledOut('The key belongs to the first certificate of the file.')
  }
  if (flawCodes.has(code)) return fitOfFlaw(code, context)
  if (authorityCodes.has(code)) return fitOfAuthority(code, context)
  const told = context.verdict?.causes.find((cause) => cause.code === code)
  if (told && told.certainty !== 'possible') return likely(`The last test says so: ${told.because}`)
  const { attempt } = context
  return (attempt ? fitOfTest(code, attempt, context) : null) ?? possible(unknown(context))
}

const unknown = ({ attempt, certificate }: ExplainContext): string => {
  if (!certificate && !attempt) return 'Choose an identity, so that its files and tests can be looked at.'
  return attempt ? 'The last test neither shows it nor rules it out.' : 'A test with the same address would tell.'
}

function fitOfFile(code: CauseCode, { certificate, files }: ExplainContext): Fit {
  if (!files) {
    return possible(
      certificate
        ? 'The identity is whole here: inspect the files that the other program was given.'
        : 'Inspect the files that the program was given.',
    )
  }
  const faults = fileFaults(files)
  const fault = faults.get(code)
  if (fault) return likely(fault)
  if (code === 'file.passphrase-wrong' && faults.has('file.passphrase-needed')) {
    return possible('The key is encrypted: a wrong passphrase reads as none does.')
  }
  if (code === 'file.passphrase-wrong' && files.some(({ as }) => as === 'bundle')) {
    return possible('The passphrase that the other program was given is not known here.')
  }
  if (code === 'file.not-usable') return possible('What the other program can use is not known here.')
  const [first] = faults.values()
  return ruledOut(first ?? 'The files hold what belongs in their places.')
}

function fitOfFlaw(code: CauseCode, context: ExplainContext): Fit {
  if (!context.certificate) return possible('Choose the identity to see its certificate.')
  const flaw = certificateFlaws(context).find((one) => one.code === code)
  if (flaw) return likely(flaw.says)
  const against = contradiction(code, context)
  return ruledOut(against?.says ?? 'Its key and signature are strong enough.')
}

function fitOfAuthority(code: CauseCode, context: ExplainContext): Fit {
  const { attempt, certificate, verdict } = context
  if (!certificate) return possible('Choose the identity to see who issued it.')
  const against = code === 'client.self-signed' || certificate.selfSigned ? contradiction(code, context) : null
  if (against && against.weight <= -200) return ruledOut(against.says)
  if (code === 'client.untrusted-issuer' && certificate.selfSigned)
    return ruledOut('It is self-signed: nobody issued it.')
  const told = verdict?.causes.find((cause) => cause.code === code)
  if (told && told.certainty !== 'possible') return likely(`The last test says so: ${told.because}`)
  if (
    attempt?.http &&
    attempt.certificateSent &&
    verdict?.outcome === 'accepted' &&
    code !== 'client.missing-intermediate'
  ) {
    return ruledOut('In the last test the server accepted this certificate.')
  }
  const evidence = attempt ? authorityEvidence(attempt, context).filter((one) => one.code === code) : []
  const weight = evidence.reduce((sum, one) => sum + one.weight, 0)
  const [first] = [...evidence].sort((a, b) => b.weight - a.weight)
  if (first && weight >= 40) return likely(first.says)
  if (first && weight < 0) return ruledOut(first.says)
  if (code === 'client.missing-intermediate' && (context.chain?.length ?? 0) > 0 && !first) {
    return possible('Here its issuers are sent along; the other program may have been given the certificate alone.')
  }
  if (code === 'client.self-signed') return likely(`${certificate.subject ?? 'It'} is its own issuer.`)
  return possible(
    first?.says ??
      `It was issued by ${certificate.issuer ?? 'an unnamed authority'}; whom the server takes, a test would tell.`,
  )
}

/** What the last test saw of the server and of our answer. */
function fitOfTest(code: CauseCode, attempt: Attempt, context: ExplainContext): Fit | null {
  switch (code) {
    case 'client.none-sent':
    case 'client.withheld':
      return fitOfMissing(attempt, context)
    case 'client.no-common-signature':
      if (attempt.signatureSchemes.length === 0 || !context.certificate) return null
      return canSign(context.certificate, attempt)
        ? ruledOut('The server accepts signatures that this key can make.')
        : likely(`The server accepts only ${attempt.signatureSchemes.slice(0, 4).join(', ')}.`)
    case 'client.wrong-environment':
      return otherEnvironment(attempt, context)
        ? likely('The certificate is of the provider’s other environment.')
        : null
    case 'client.revoked':
    case 'client.not-admitted':
      return attempt.certificateSent && context.verdict?.outcome === 'accepted'
        ? ruledOut('In the last test the server accepted this certificate.')
        : null
    case 'server.never-asked':
    case 'server.asks-later':
      if (attempt.certificateAsked) return ruledOut('In the last test the server did ask for a certificate.')
      return attempt.certificateAsked === false ? likely('In the last test the server did not ask for one.') : null
    case 'server.untrusted':
    case 'server.self-signed':
    case 'server.incomplete-chain':
    case 'server.no-san':
      return fitOfServer(code, attempt)
    case 'server.expired':
    case 'server.wrong-name':
    case 'server.not-yet-valid':
      return attempt.serverTrusted ? ruledOut('In the last test the server’s certificate was in order.') : null
    case 'net.not-tls':
      return attempt.protocol ? ruledOut(`In the last test it spoke ${attempt.protocol}.`) : null
    case 'net.refused':
    case 'net.unresolved':
    case 'net.timeout':
    case 'net.reset':
      return attempt.http
        ? possible('The last test from this computer got an answer; the other program may run elsewhere.')
        : null
    case 'tls.version':
      return attempt.protocol === 'TLSv1.3' || attempt.protocol === 'TLSv1.2'
        ? possible(`The last test spoke ${attempt.protocol.replace('TLSv', 'TLS ')}; the other program may be limited.`)
        : null
    default:
      return null
  }
}

function fitOfMissing(attempt: Attempt, { certificate, chain = [] }: ExplainContext): Fit | null {
  if (attempt.certificateAsked === false) return ruledOut('In the last test the server did not ask for one.')
  const listed = attempt.acceptableAuthorities
  const names = [certificate?.issuer, ...chain.map(({ issuer }) => issuer)]
  if (certificate && listed.length > 0 && !names.some((name) => name !== undefined && listed.includes(name))) {
    return likely('No issuer in its chain is on the server’s list: Go and Java keep the certificate back then.')
  }
  if (attempt.certificateSent === false) return likely('In the last test none was sent either.')
  return attempt.certificateSent
    ? possible('Here it was sent: the other program may not be set up to send it to this host and port.')
    : null
}

function fitOfServer(code: CauseCode, { serverChain, serverTrusted, trustedAuthorities }: Attempt): Fit | null {
  const [leaf] = serverChain
  if (!leaf) return null
  const alone = serverChain.length === 1
  const own = leaf.subject === leaf.issuer
  if (code === 'server.self-signed') {
    return own
      ? likely(`${leaf.subject} signed itself.`)
      : ruledOut(`The server’s certificate was issued by ${leaf.issuer}.`)
  }
  if (code === 'server.incomplete-chain') {
    if (!alone || own)
      return ruledOut(`In the last test the server sent ${own ? 'a self-signed certificate' : 'its chain'}.`)
    return likely('In the last test the server sent one certificate only.')
  }
  if (code === 'server.no-san') return null
  if (own) return ruledOut('The server’s certificate is self-signed.')
  if (serverTrusted && trustedAuthorities) {
    return likely('Here it is trusted by the CA that was given: the other program has to be given it too.')
  }
  return serverTrusted
    ? possible('This computer’s roots trust it; the other program may have a list of its own.')
    : null
}
