import { X509Certificate } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { placeIn } from '../../shared/policy/json-places.ts'
import type { PolicySection } from '../../shared/policy/policy.ts'
import { noPolicy, type PolicyFault, type PolicyState } from '../../shared/policy/policy-state.ts'
import { maxPolicyBytes, readPolicyText, unreadable } from '../../shared/policy/read-policy.ts'
import type { Problem } from '../../shared/problems.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import { maxProfileBytes, parseProfile } from '../../shared/providers/registry.ts'
import { type PolicyPlace, policyPlace } from './policy-place.ts'
import { folderDistrust, readTrusted } from './trusted-file.ts'

/** A policy with what its files hold. */
export type LoadedPolicy = PolicyState & {
  /** PEM, of `trust.files`. */
  roots: readonly string[]
  /** Of `providers.folder`. */
  profiles: readonly Profile[]
}

const maxRootsBytes = 4 * 1024 * 1024
const mostProfiles = 200

export const ungoverned = (file = ''): LoadedPolicy => ({ ...noPolicy(file), roots: [], profiles: [] })

/** The policy of this computer, read now. No file is no policy; a file that cannot be followed is a broken one. */
export function loadPolicy(place: PolicyPlace = policyPlace()): LoadedPolicy {
  const { file, alsoOwnedBy } = place
  const read = readTrusted(file, maxPolicyBytes, alsoOwnedBy)
  if (!read.ok) return read.missing ? ungoverned(file) : { ...unreadable(file, read.why), roots: [], profiles: [] }
  const state = readPolicyText(read.text, file)
  const at = (...path: PropertyKey[]) => placeIn(read.text.replace(/^\ufeff/, ''), path)
  const roots = rootsOf(state, at, alsoOwnedBy)
  const profiles = profilesOf(state, at, alsoOwnedBy)
  const faults = [...state.faults, ...roots.faults, ...profiles.faults]
  const policy = { ...state.policy }
  for (const { governs } of faults) for (const section of governs) delete policy[section]
  const good = (section: PolicySection) => policy[section] !== undefined
  return {
    file,
    state: faults.length > 0 ? 'broken' : 'good',
    policy,
    faults,
    roots: good('trust') ? roots.found : [],
    profiles: good('providers') ? profiles.found : [],
  }
}

type At = (...path: PropertyKey[]) => { line: number; column: number }

function rootsOf({ file, policy }: PolicyState, at: At, alsoOwnedBy?: number) {
  const faults: PolicyFault[] = []
  const found: string[] = []
  for (const [index, path] of (policy.trust?.files ?? []).entries()) {
    const read = readTrusted(path, maxRootsBytes, alsoOwnedBy)
    const pems = read.ok ? certificatesIn(read.text) : []
    found.push(...pems)
    const why = !read.ok ? read.why : pems.length === 0 ? 'holds no certificate in PEM form' : undefined
    if (why) {
      const field = `trust.files[${index}]`
      faults.push({
        file,
        ...at('trust', 'files', index),
        field,
        why: `names ${path}, which ${why}`,
        governs: ['trust'],
      })
    }
  }
  return { found, faults }
}

function profilesOf({ file, policy }: PolicyState, at: At, alsoOwnedBy?: number) {
  const faults: PolicyFault[] = []
  const found: Profile[] = []
  const folder = policy.providers?.folder
  if (folder === undefined) return { found, faults }
  const wrong = (why: string) =>
    faults.push({ file, ...at('providers', 'folder'), field: 'providers.folder', why, governs: ['providers'] })
  let names: string[] = []
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    const why = folderDistrust(join(folder, 'any'), alsoOwnedBy)
    if (why) wrong(`names ${folder}, which ${why}`)
  } catch {
    wrong(`names ${folder}, which cannot be read`)
  }
  for (const name of names.sort().slice(0, mostProfiles)) {
    const read = readTrusted(join(folder, name), maxProfileBytes, alsoOwnedBy)
    const parsed = read.ok ? parseProfile(read.text, name) : undefined
    if (parsed?.ok) found.push(parsed.value)
    else if (!read.ok) wrong(`holds ${name}, which ${read.why}`)
    else if (parsed) wrong(`holds ${name}: ${saysOf(parsed.problem)}`)
  }
  return { found, faults }
}

const block = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/** What cannot be read as a certificate is left out, as a TLS library would ignore it. */
const certificatesIn = (pem: string): string[] =>
  (pem.match(block) ?? []).filter((one) => {
    try {
      return new X509Certificate(one).raw.length > 0
    } catch {
      return false
    }
  })

/** The phrasebook is large, and most computers have no policy: the field and its fault are enough here. */
const saysOf = (problem: Problem) =>
  problem.code === 'provider.file-wrong' ? `${problem.field} ${problem.why}` : problem.code
