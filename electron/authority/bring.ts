import type { FoundKey, TakenIn } from '../../shared/intake/take-in.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import { keyLabel } from '../../shared/pki/key-labels.ts'
import { partOf } from '../../shared/pki/names.ts'
import type { Problem } from '../../shared/problems.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { newHandle } from '../vault/records.ts'
import { usualDefaults } from './usual-defaults.ts'

/** A key with the certificate of an authority, as it will be kept. */
export type Brought = { record: AuthorityRecord; pkcs8: Uint8Array; spkiSha256: string }

type Found = { taken: TakenIn; objects: readonly InspectedObject[]; now: Date; askEachTime: boolean; name: string }

/**
 * The authorities among what was brought: keys that fit the certificate of one. The lowest comes last, because it is the
 * one that signs. A near miss is refused by name.
 */
export function authoritiesAmong(found: Found): Result<Brought[]> {
  const { taken } = found
  const fitting = taken.keys.filter(({ certificate }) => certificate && whyNot(certificate.facts) === null)
  if (fitting.length === 0) return refuse(whyNone(found))
  const brought = fitting.map((one) => broughtOf(one, found))
  for (const one of brought) {
    const [above] = one.record.chainPem
    const parent = brought.find(({ record }) => record.certificatePem === above)
    if (parent) one.record.parent = parent.record.handle
  }
  brought.sort((a, b) => a.record.chainPem.length - b.record.chainPem.length)
  return ok(brought)
}

/** Why a certificate may not sign others (RFC 5280 section 4.2.1.9 and 4.2.1.3); `null` when it may. */
function whyNot({ isCa, keyUsage, version }: InspectedObject['facts']): string | null {
  if (version === 1) return 'It is of version 1, which cannot say that it is an authority.'
  if (!isCa) return 'It says CA:FALSE, or nothing: it is a certificate for use, not for signing.'
  return keyUsage && !keyUsage.includes('keyCertSign') ? 'Its key usage lacks keyCertSign.' : null
}

function whyNone({ taken, objects, name }: Found): Problem {
  const paired = taken.keys.find(({ certificate }) => certificate)
  if (paired?.certificate) {
    return { code: 'authority.not-a-ca', name: paired.certificate.file, why: whyNot(paired.certificate.facts) ?? '' }
  }
  const ca = objects.find(({ kind, facts }) => kind === 'certificate' && facts.isCa === true)
  const [key] = taken.keys
  if (key && ca) return { code: 'authority.key-differs', name: key.file, certificate: ca.facts.subject ?? ca.file }
  const unsuitable = taken.leftOut.find(({ problem }) => problem.code === 'key.type-unsupported')
  if (unsuitable) return unsuitable.problem
  return { code: 'authority.nothing-to-bring', name, missing: key ? 'certificate' : 'key' }
}

function broughtOf({ pkcs8, spkiSha256, key, certificate, chain }: FoundKey, { now, askEachTime }: Found): Brought {
  const { facts, pem } = certificate!
  const createdAt = now.toISOString()
  const name = partOf(facts.subjectParts, 'CN') ?? facts.subject ?? 'Authority'
  const record: AuthorityRecord = {
    handle: newHandle(),
    name: name.trim().slice(0, 120) || 'Authority',
    kind: facts.selfSigned ? 'root' : 'issuing',
    keyPlace: { at: 'vault' },
    key,
    certificatePem: pem,
    chainPem: chain,
    createdAt,
    notBefore: facts.notBefore!,
    notAfter: facts.notAfter!,
    askEachTime,
    defaults: usualDefaults,
    history: [{ at: createdAt, what: 'brought', detail: keyLabel[key] }],
  }
  return { record, pkcs8, spkiSha256 }
}
