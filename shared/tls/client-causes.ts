import { readCertificate } from '../pki/certificate.ts'
import type { Facts } from '../pki/facts.ts'
import { pemBlocks } from '../pki/pem.ts'
import type { Profile } from '../providers/profile.ts'
import type { Attempt, Verdict } from './attempt.ts'
import { otherEnvironment } from './environment-of.ts'
import { type CauseCode, catalogue } from './failures.ts'
import { organisationOf } from './name-kinship.ts'

type Cause = Verdict['causes'][number]
type Ranked = Cause & { score: number }

/** What is known of the identity besides the attempt. `chain` is what is sent above the certificate. */
export type Context = { certificate?: Facts; chain?: Facts[]; profile?: Profile; now: Date }

/** At or above this score the certificate itself is at fault, whoever looks at it. */
const evident = 80

/** Alerts that OpenSSL, and who follows it, sends for one reason only. Others (42, 46) are sent for anything. */
const precise: Record<number, CauseCode[]> = {
  43: ['client.wrong-purpose', 'client.key-usage'],
  44: ['client.revoked'],
  45: ['client.expired'],
  48: ['client.self-signed', 'client.untrusted-issuer', 'client.missing-intermediate', 'client.same-name-other-key'],
  49: ['client.not-admitted'],
  50: ['client.key-mismatch'],
  51: ['client.key-mismatch'],
}

/**
 * Why a server refused a certificate that was sent, likeliest first. Servers say little (nginx: one page for all,
 * Node: nothing), so what can be seen in the certificate and in the server's request weighs first, the alert second.
 */
export function clientCauses(attempt: Attempt, context: Context): Cause[] {
  const number = attempt.alert?.from === 'server' ? attempt.alert.number : undefined
  const told = number === undefined ? undefined : precise[number]
  const ranked = [...flaws(context), ...kinship(attempt, context), ...fallbacks(attempt, context)]
  for (const code of told ?? []) {
    if (!ranked.some((cause) => cause.code === code)) ranked.push({ ...named(code, sayso(attempt)), score: 0 })
  }
  if (told) {
    for (const cause of ranked) cause.score += told.includes(cause.code as CauseCode) ? 100 : -60
  }
  const best = new Map<string, Ranked>()
  for (const cause of ranked.sort((a, b) => b.score - a.score)) if (!best.has(cause.code)) best.set(cause.code, cause)
  return [...best.values()].filter(({ score }) => score > 0).map(({ score: _, ...cause }) => cause)
}

/** Flaws of the certificate itself that any server may stumble over. */
export function evidentFlaws(context: Context): Cause[] {
  return flaws(context)
    .filter(({ score }) => score >= evident)
    .map(({ score: _, ...cause }) => cause)
}

const named = (code: CauseCode, because: string, next: string = catalogue[code].next): Cause => ({
  code,
  because,
  next,
})

const sayso = ({ alert }: Attempt) => `The server said ${alert?.name} (alert ${alert?.number}).`

function flaws({ certificate: facts, chain = [], now }: Context): Ranked[] {
  if (!facts) return []
  const found: Ranked[] = []
  const add = (score: number, code: CauseCode, because: string) => found.push({ ...named(code, because), score })
  const day = (date: string) => date.slice(0, 10)
  for (const [i, one] of [facts, ...chain].entries()) {
    const which = i === 0 ? 'It' : `The certificate of ${one.subject} above it`
    if (one.notAfter && Date.parse(one.notAfter) < now.getTime()) {
      add(100 - i, 'client.expired', `${which} was valid until ${day(one.notAfter)}.`)
    }
    if (one.notBefore && Date.parse(one.notBefore) > now.getTime()) {
      add(100 - i, 'client.not-yet-valid', `${which} is valid from ${one.notBefore}.`)
    }
  }
  const purposes = facts.extendedKeyUsage
  if (purposes && !purposes.some((purpose) => purpose === 'clientAuth' || purpose === 'anyExtendedKeyUsage')) {
    add(95, 'client.wrong-purpose', `Its extended key usage is ${purposes.join(', ')}, without clientAuth.`)
  }
  if (facts.keyUsage && !facts.keyUsage.includes('digitalSignature')) {
    add(90, 'client.key-usage', `Its key usage is ${facts.keyUsage.join(', ') || 'empty'}, without digitalSignature.`)
  }
  if (facts.keyAlgorithm?.startsWith('RSA') && (facts.keyBits ?? 2048) < 2048) {
    add(85, 'client.too-weak', `Its RSA key has ${facts.keyBits} bits; servers want 2048.`)
  } else if (!facts.selfSigned && /md5|sha1\b|SHA1$/i.test(facts.signatureAlgorithm ?? '')) {
    add(85, 'client.too-weak', `It was signed with ${facts.signatureAlgorithm}; servers want SHA-256.`)
  }
  return found
}

/** Is it the server's own family? From the authorities it named, the chain we sent, and its own certificate. */
function kinship(attempt: Attempt, { certificate: facts, chain = [], profile }: Context): Ranked[] {
  if (!facts) return []
  const accepted = attempt.acceptableAuthorities
  const issuer = facts.issuer ?? ''
  if (facts.selfSigned) {
    if (accepted.includes(issuer)) {
      return [
        {
          ...named(
            'client.same-name-other-key',
            `It signed itself in the name of ${issuer}, which the server accepts.`,
          ),
          score: 60,
        },
      ]
    }
    const next =
      profile?.signing.by === 'self'
        ? `${profile.name} takes self-signed certificates once they are registered: upload it there, then test again.`
        : undefined
    return [{ ...named('client.self-signed', `${facts.subject ?? 'It'} is its own issuer.`, next), score: 70 }]
  }
  const above = [issuer, ...chain.flatMap((link) => [link.subject ?? '', link.issuer ?? ''])]
  const reached = above.find((name) => accepted.includes(name))
  if (reached !== undefined) {
    const strange = serverKnowsOtherKey(attempt, facts)
    const because = strange
      ? `The server’s own certificate comes from ${issuer} with another key than yours.`
      : `The server accepts ${reached}, which your certificate leads to; so the name fits and the key may not.`
    return [{ ...named('client.same-name-other-key', because), score: strange ? 75 : 30 }]
  }
  if (accepted.length === 0) {
    return [
      {
        ...named('client.untrusted-issuer', `It was issued by ${issuer}; the server names no authority it accepts.`),
        score: 30,
      },
      ...(chain.length === 0
        ? [
            {
              ...named(
                'client.missing-intermediate',
                `It was sent without anything between it and a root; its issuer is ${issuer}.`,
              ),
              score: 15,
            },
          ]
        : []),
    ]
  }
  const list =
    accepted.length > 3 ? `${accepted.slice(0, 3).join('; ')} and ${accepted.length - 3} more` : accepted.join('; ')
  const untrusted = named('client.untrusted-issuer', `It leads to ${above.at(-1)}; the server accepts ${list}.`)
  if (chain.length > 0) return [{ ...untrusted, score: 50 }]
  const organisation = organisationOf(issuer)
  const related = organisation !== undefined && accepted.some((name) => organisationOf(name) === organisation)
  const missing = named(
    'client.missing-intermediate',
    `It was sent alone; its issuer, ${issuer}, is not named by the server${related ? `, but an authority of the same organisation is (${list})` : ''}.`,
  )
  return [
    { ...untrusted, score: 50 },
    { ...missing, score: related ? 65 : 40 },
  ]
}

/** The server's chain has our issuer's name with another key identifier than our certificate points to. */
function serverKnowsOtherKey(attempt: Attempt, facts: Facts): boolean {
  if (!facts.authorityKeyIdentifier) return false
  return attempt.serverChain.some((link) => {
    const der = link.issuer === facts.issuer || link.subject === facts.issuer ? pemBlocks(link.pem)[0]?.der : undefined
    const theirs = der && readCertificate(der)?.facts
    const key = link.subject === facts.issuer ? theirs?.subjectKeyIdentifier : theirs?.authorityKeyIdentifier
    return key !== undefined && key !== facts.authorityKeyIdentifier
  })
}

/** What no file can show, and what is left when nothing is known. */
function fallbacks(attempt: Attempt, { certificate: facts, profile }: Context): Ranked[] {
  const found: Ranked[] = []
  const environment = profile && facts && otherEnvironment(profile, attempt.url, facts)
  if (environment) {
    const because = `Its common name is of ${profile.name}’s ${environment.ofCertificate}, the host of the ${environment.ofHost} environment.`
    found.push({ ...named('client.wrong-environment', because), score: 72 })
  }
  const issued = facts && !facts.selfSigned
  if (issued) {
    const because = 'Nothing in it is wrong as far as can be seen from here; only the server knows its revocation list.'
    found.push({ ...named('client.revoked', because), score: 10 })
  }
  if (!facts) {
    const because = attempt.alert ? sayso(attempt) : 'The certificate was sent, and the connection ended there.'
    found.push({ ...named('client.untrusted-issuer', because), score: 5 })
  }
  return found
}
