import { readCertificate } from './certificate.ts'
import type { Bytes } from './der.ts'
import { latin1 } from './der-values.ts'
import type { Mine } from './inspect-calls.ts'
import type { Related } from './relate.ts'
import { couldIssue, signedBy } from './relate.ts'
import { readRequest } from './request.ts'

/** What an identity or an authority of mine holds, as DER. */
export type Own = { identity: string; name: string; request?: Bytes; certificate?: Bytes }

/** Signatures checked between what was dropped and what is mine: a check takes up to 1 ms. */
const maxChecks = 200

type Held = Own & { related?: Related }

/**
 * What was dropped has to do with what is mine: by digest, by key, and by issuer (name, key identifier, and as far as
 * 200 checks go, signature). An object that is an identity's own certificate is not called its issuer's or key's too.
 */
export async function mineAmong(dropped: readonly Related[], own: readonly Own[]): Promise<Mine[]> {
  const byDigest = new Map<string, { held: Held; how: 'request' | 'certificate' }>()
  const byKey = new Map<string, Held[]>()
  const bySubject = new Map<string, Held[]>()
  const byIssuer = new Map<string, Held[]>()
  for (const one of own) {
    const held: Held = { ...one }
    const request = one.request && readRequest(one.request)
    const certificate = one.certificate && readCertificate(one.certificate)
    const key = certificate?.facts.spkiSha256 ?? request?.facts.spkiSha256
    if (key !== undefined) add(byKey, key, held)
    if (request?.facts.sha256) byDigest.set(request.facts.sha256, { held, how: 'request' })
    if (!certificate?.facts.sha256) continue
    byDigest.set(certificate.facts.sha256, { held, how: 'certificate' })
    held.related = {
      id: '',
      kind: 'certificate',
      ...certificate.facts,
      subject: certificate.subject,
      issuer: certificate.issuer,
      der: certificate.der,
    }
    if (certificate.facts.isCa) add(bySubject, latin1(certificate.subject), held)
    if (!certificate.facts.selfSigned) add(byIssuer, latin1(certificate.issuer), held)
  }

  const found: Mine[] = []
  const checks = { left: maxChecks }
  for (const object of dropped) {
    const tell = ({ identity, name }: Held, how: Mine['how']) => found.push({ object: object.id, identity, name, how })
    const same = object.sha256 === undefined ? undefined : byDigest.get(object.sha256)
    if (same) {
      tell(same.held, same.how)
      continue
    }
    for (const held of (object.spkiSha256 && byKey.get(object.spkiSha256)) || []) {
      tell(held, object.kind === 'certificate' && held.request ? 'answers-request' : 'same-key')
    }
    for (const held of (object.issuer && bySubject.get(latin1(object.issuer))) || []) {
      if (await issued(held.related!, object, checks)) tell(held, 'issued-by')
    }
    for (const held of (object.subject && byIssuer.get(latin1(object.subject))) || []) {
      if (await issued(object, held.related!, checks)) tell(held, 'issuer')
    }
  }
  return found
}

/** A signature that does not fit is no relation; one that cannot be checked is believed by name and key identifier. */
async function issued(issuer: Related, child: Related, checks: { left: number }): Promise<boolean> {
  if (!couldIssue(child, issuer)) return false
  return --checks.left < 0 || (await signedBy(child, issuer)) !== false
}

function add(map: Map<string, Held[]>, key: string, held: Held): void {
  const there = map.get(key)
  if (there) there.push(held)
  else map.set(key, [held])
}
