import type { Finding, Source } from '../findings.ts'
import type { Facts } from '../pki/facts.ts'
import { keyLabel } from '../pki/key-labels.ts'
import type { KeyAlgorithm } from '../pki/key-plan.ts'
import { sourceOf } from './plan.ts'
import type { Profile } from './profile.ts'

const smallKeys: Source = {
  title: 'RFC 9325, section 4.5 (key sizes)',
  url: 'https://www.rfc-editor.org/rfc/rfc9325#section-4.5',
}
const weakDigests: Source = {
  title: 'RFC 9155 (no MD5 and SHA-1 signatures)',
  url: 'https://www.rfc-editor.org/rfc/rfc9155',
}

const curves: Record<string, KeyAlgorithm> = { prime256v1: 'ec-p256', secp384r1: 'ec-p384', secp521r1: 'ec-p521' }

type Key = { kind: 'RSA' | 'EC' | 'Ed25519' | 'other'; label: string; bits?: number; plan?: KeyAlgorithm }

function keyOf(facts: Facts): Key | null {
  const { keyAlgorithm, keyBits, curve } = facts
  if (keyAlgorithm === undefined) return null
  if (keyAlgorithm === 'RSA' || keyAlgorithm === 'RSA-PSS') {
    const size = `rsa-${keyBits}` as KeyAlgorithm
    const plan = keyAlgorithm === 'RSA' && size in keyLabel ? size : undefined
    return { kind: 'RSA', label: `${keyAlgorithm} ${keyBits ?? ''}`.trim(), bits: keyBits, plan }
  }
  if (keyAlgorithm === 'EC') {
    const plan = curve === undefined ? undefined : curves[curve]
    return { kind: 'EC', label: plan === undefined ? `EC ${curve ?? ''}`.trim() : keyLabel[plan], plan }
  }
  if (keyAlgorithm === 'Ed25519') return { kind: 'Ed25519', label: 'Ed25519', plan: 'ed25519' }
  return { kind: 'other', label: keyAlgorithm }
}

/** `RSA from 2048 bits, EC P-256`: what a profile allows, in words. */
function allowedInWords(profile: Profile): string {
  const rsa = rsaSizes(profile)
  const rest = profile.keys.allowed.filter((key) => !key.startsWith('rsa')).map((key) => keyLabel[key])
  return [...(rsa.length > 0 ? [`RSA from ${Math.min(...rsa)} bits`] : []), ...rest].join(', ')
}

const rsaSizes = (profile: Profile) =>
  profile.keys.allowed.filter((key) => key.startsWith('rsa')).map((key) => Number(key.slice(4)))

/** The key and the signature of a request or certificate against the provider's rules and against today's TLS. */
export function checkKey(profile: Profile, facts: Facts): Finding[] {
  const key = keyOf(facts)
  if (key === null) return []
  const findings: Finding[] = []
  const cite = (code: string): Source | undefined => {
    const documented = profile.refusals.find((refusal) => refusal.code === code)?.source
    const found = sourceOf(profile, documented ?? profile.keys.source)
    return found && { title: found.title, url: found.url }
  }
  const sizes = rsaSizes(profile)
  const least = Math.max(2048, sizes.length > 0 ? Math.min(...sizes) : 0)
  if (key.kind === 'RSA' && key.bits !== undefined && key.bits < least)
    findings.push({
      code: 'key.too-small',
      severity: 'refuses',
      message: `The RSA key has ${key.bits} bits; ${least} is the least.`,
      next: `Make a new key, such as ${keyLabel[profile.keys.recommended]}, and a new request.`,
      source: profile.refusals.some((refusal) => refusal.code === 'key.too-small') ? cite('key.too-small') : smallKeys,
    })
  else if (!kindAllowed(profile, key, sizes))
    findings.push({
      code: 'key.not-allowed',
      severity: 'refuses',
      message: `The key is ${key.label}; ${profile.name} takes ${allowedInWords(profile)}.`,
      next: `Make a new key, such as ${keyLabel[profile.keys.recommended]}, and a new request.`,
      source: cite('key.not-allowed'),
    })
  else findings.push(...checkNamed(profile, key.plan, key.label))
  if (/md[245]|sha-?1(?!\d)/i.test(facts.signatureAlgorithm ?? ''))
    findings.push({
      code: 'signature.weak',
      severity: 'refuses',
      message: `It is signed with ${facts.signatureAlgorithm}, a digest that is no longer trusted.`,
      next: 'Have it signed with SHA-256.',
      source: weakDigests,
    })
  return findings
}

/** Allowed means: one of the listed keys, or an RSA key of another size that is not smaller than the smallest listed. */
function kindAllowed(profile: Profile, key: Key, sizes: number[]): boolean {
  if (key.plan !== undefined) return profile.keys.allowed.includes(key.plan) || (key.kind === 'RSA' && sizes.length > 0)
  return key.kind === 'RSA' && key.label.startsWith('RSA ') && sizes.length > 0
}

/** The key that a plan chooses. */
export function checkPlannedKey(profile: Profile, key: KeyAlgorithm): Finding[] {
  if (profile.keys.allowed.includes(key)) return checkNamed(profile, key, keyLabel[key])
  const source = sourceOf(profile, profile.keys.source)
  return [
    {
      code: 'key.not-allowed',
      severity: 'refuses',
      message: `${profile.name} takes ${allowedInWords(profile)}, not ${keyLabel[key]}.`,
      next: `Choose ${keyLabel[profile.keys.recommended]}.`,
      source: source && { title: source.title, url: source.url },
    },
  ]
}

function checkNamed(profile: Profile, key: KeyAlgorithm | undefined, label: string): Finding[] {
  if (key === 'ed25519')
    return [
      {
        code: 'key.rarely-accepted',
        severity: 'warns',
        message: 'Many servers, load balancers and client programs do not take Ed25519 client certificates yet.',
        next: `Choose ${keyLabel[profile.keys.recommended]}, unless the provider told you that Ed25519 works.`,
      },
    ]
  if (profile.keys.named === undefined || (key !== undefined && profile.keys.named.includes(key))) return []
  const source = sourceOf(profile, profile.keys.source)
  return [
    {
      code: 'key.not-documented',
      severity: 'warns',
      message: `${profile.name}’s pages do not name ${label}: it may be refused.`,
      next: `Choose ${keyLabel[profile.keys.recommended]}, which they name.`,
      source: source && { title: source.title, url: source.url },
    },
  ]
}
