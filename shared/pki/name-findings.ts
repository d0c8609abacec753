import type { Finding } from '../findings.ts'
import { visible } from './der-values.ts'
import type { Facts } from './facts.ts'
import { rfc5280, uts39 } from './finding-sources.ts'
import type { LookAlike } from './look-alikes.ts'
import { lookAlikeIn, lookAlikeInHost } from './look-alikes.ts'

/** Names looked at: a list of thousands is told by its length elsewhere. */
const maxNames = 2000

/** What may deceive the eye in the names of a subject and its issuer. */
export function nameFindings(facts: Facts): Finding[] {
  const parts = [...(facts.subjectParts ?? []), ...(facts.issuerParts ?? [])].map(({ value }) => value)
  const names = (facts.subjectAltNames ?? []).slice(0, maxNames)
  return [...unseen([...parts, ...names]), ...lookAlikes(parts, names)]
}

function unseen(values: readonly string[]): Finding[] {
  if (!values.some((value) => value.includes('\\u{'))) return []
  return [
    {
      code: 'certificate.name-unseen',
      severity: 'warns',
      message:
        'A name holds characters that cannot be seen or that turn the reading direction: it may imitate another.',
      next: 'Compare the name letter by letter before you trust it.',
      source: uts39,
    },
  ]
}

const why: Record<LookAlike['how'], (word: string, says: string) => string> = {
  mixed: (word, says) => `“${word}” mixes alphabets whose letters look alike (${says})`,
  whole: (word, says) => `“${word}” is written in another alphabet, and reads like “${says}”`,
  styled: (word, says) => `“${word}” is written in special letters, which programs do not take for “${says}”`,
}

function lookAlikes(parts: readonly string[], names: readonly string[]): Finding[] {
  for (const value of [...parts, ...names]) {
    // Nearly every name: nothing in plain ASCII passes for another letter, unless it is punycode.
    if (/^[\x00-\x7f]*$/.test(value) && !/xn--/i.test(value)) continue
    const found = isHost(value) ? lookAlikeInHost(hostIn(value)) : lookAlikeIn(value)
    if (!found) continue
    return [
      {
        code: 'certificate.name-look-alike',
        severity: 'warns',
        message: `A name may imitate another: ${why[found.how](visible(found.word), visible(found.says))}.`,
        next: 'Compare it with the name that you expect, letter by letter, or ask its owner.',
        source: uts39,
      },
    ]
  }
  return []
}

const isHost = (value: string): boolean => /^(?:DNS|URI|email):/.test(value) || /^[^\s@]+\.[^\s@.]{2,}$/u.test(value)

function hostIn(value: string): string {
  const text = value.replace(/^(?:DNS|URI|email):/, '')
  return text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .split(/[/?#:]/)[0]!
    .split('@')
    .at(-1)!
}

/** A certificate without a subject must have other names, and they must be critical (RFC 5280 section 4.1.2.6). */
export function emptySubjectFindings(facts: Facts): Finding[] {
  if (facts.subject !== '' || (facts.subjectAltNames ?? []).length > 0) return []
  return [
    {
      code: 'certificate.nameless',
      severity: 'warns',
      message: 'It names nobody: it has neither a subject nor alternative names, so no server can tell whose it is.',
      next: 'Ask for a certificate with a subject.',
      source: rfc5280('4.1.2.6'),
    },
  ]
}
