import { readFileSync } from 'node:fs'
import type { TrustQuestion } from '../../../shared/pki/path/check-trust.ts'
import { materialIn } from '../../../shared/pki/path/material.ts'

export const suites = ['nist-pkits', 'boringssl-verify', 'openssl-verify', 'x509-limbo'] as const
export type Suite = (typeof suites)[number]

/** A case of one of four public suites of path validation, as `test/fixtures/corpus/chains` keeps it. */
export type ChainCase = {
  id: string
  peer_certificate: string
  untrusted_intermediates: string[]
  trusted_certs: string[]
  crls?: string[]
  expected_result: 'SUCCESS' | 'FAILURE'
  validation_kind?: 'SERVER' | 'CLIENT' | 'ANY'
  validation_time: string | null
  expected_peer_name?: { kind: string; value: string }
  max_chain_depth?: number
  /** BoringSSL. */
  key_purpose?: string
  trust?: string
  /** OpenSSL. */
  purpose?: string | null
  options?: string[]
  agreement: string
}

export function casesOf(suite: Suite): ChainCase[] {
  const path = new URL(`../../fixtures/corpus/chains/${suite}.json`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { testcases: ChainCase[] }).testcases
}

/** Cases without a time of their own are about any time that their certificates cover. */
const usualTime = '2026-01-01T00:00:00Z'

const how = { passphrases: [], today: new Date(usualTime) }
const certificates = async (pems: readonly string[]) =>
  (await Promise.all(pems.map((pem) => materialIn('case', new TextEncoder().encode(pem), how)))).flatMap(
    (found) => found.certificates,
  )

/** The certificates and the options that any caller would give: use, name and date. */
export async function questionOf(one: ChainCase): Promise<TrustQuestion> {
  const [leaf, pile, roots] = await Promise.all([
    certificates([one.peer_certificate]),
    certificates(one.untrusted_intermediates),
    certificates(one.trusted_certs),
  ])
  const lists = await Promise.all((one.crls ?? []).map((pem) => materialIn('case', new TextEncoder().encode(pem), how)))
  const kind = one.purpose === 'sslclient' ? 'CLIENT' : one.purpose === 'sslserver' ? 'SERVER' : one.validation_kind
  return {
    leaf: leaf[0] ?? new Uint8Array(),
    pile: [...leaf.slice(1), ...pile],
    roots,
    crls: lists.flatMap((found) => found.crls),
    purpose: kind === 'SERVER' ? 'server' : kind === 'CLIENT' ? 'client' : 'any',
    at: new Date(attime(one) ?? one.validation_time ?? usualTime),
    ...(one.expected_peer_name && { host: one.expected_peer_name.value }),
    ...(one.crls && { revocation: 'all' }),
  }
}

const option = ({ options = [] }: ChainCase, name: string): string | undefined =>
  options.includes(name) ? options[options.lastIndexOf(name) + 1] : undefined

function attime(one: ChainCase): number | undefined {
  const seconds = option(one, '-attime')
  return seconds === undefined ? undefined : Number(seconds) * 1000
}

/** What a case asks of the program beyond that, in the validator's own options. */
export function optionsOf(suite: Suite, one: ChainCase): Partial<TrustQuestion> {
  switch (suite) {
    case 'nist-pkits':
      return {}
    case 'boringssl-verify': {
      const strict = /STRICT/.test(one.key_purpose ?? '')
      const side = /^(SERVER|CLIENT)_AUTH/.exec(one.key_purpose ?? '')?.[1]
      return {
        anchors: one.trust === 'TRUSTED_ANCHOR_WITH_CONSTRAINTS' ? 'policies' : 'key',
        ...(side && { purpose: side === 'SERVER' ? 'server' : 'client' }),
        ...(strict && { rules: 'web' }),
      }
    }
    case 'openssl-verify': {
      const [level, depth] = [option(one, '-auth_level'), option(one, '-verify_depth')]
      const policy = option(one, '-policy')
      return {
        ...(one.purpose === 'codesign' && { purpose: 'code-signing' }),
        ...(one.purpose === 'timestampsign' && { purpose: 'time-stamping' }),
        ...(level && { level: Number(level) }),
        ...(depth && { maxIntermediates: Number(depth) }),
        ...(one.options?.includes('-x509_strict') && { rules: 'rfc5280' }),
        ...(policy && { policies: [policy] }),
        ...(one.options?.includes('-explicit_policy') && { requireExplicitPolicy: true }),
      }
    }
    case 'x509-limbo':
      return {
        ...(one.id.startsWith('rfc5280') && { rules: 'rfc5280' }),
        ...(one.id.startsWith('webpki') && { rules: 'web' }),
        ...(one.max_chain_depth !== undefined && { maxIntermediates: one.max_chain_depth }),
      }
  }
}
