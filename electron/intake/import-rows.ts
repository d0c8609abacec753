import type { ImportPreview } from '../../shared/calls/imports.ts'
import { guessProvider } from '../../shared/intake/guess-provider.ts'
import type { FoundKey } from '../../shared/intake/take-in.ts'
import type { Profile } from '../../shared/providers/profile.ts'
import type { Means } from '../means.ts'

type Row = ImportPreview['rows'][number]

/** What the keys that were found would become: named, guessed, and known where they are here already. */
export async function importRows(
  { vault, providers }: Pick<Means, 'vault' | 'providers'>,
  keys: readonly FoundKey[],
): Promise<Row[]> {
  const profiles = (await providers.list()).map(({ profile }) => profile)
  const [{ records }, binned] = [await vault.identities.list(), await vault.bin.list()]
  const knownAs = (digest: string) => {
    const here = records.find(({ spkiSha256 }) => spkiSha256 === digest)
    const one = here ?? binned.find(({ spkiSha256 }) => spkiSha256 === digest)
    return one ? { handle: one.handle, name: one.plan.name, binned: !here } : null
  }
  const names = new Set<string>()
  return keys.map((key) => ({
    ...rowOf(key, profiles, names, knownAs(key.spkiSha256)),
    isCa: isAuthority(key, keys),
  }))
}

/**
 * An authority signs others. That a certificate says it may be one is not enough: `openssl req -x509` says so of every
 * certificate that it signs with its own key, and people call providers with those.
 */
function isAuthority({ certificate }: FoundKey, all: readonly FoundKey[]): boolean {
  if (certificate?.facts.isCa !== true) return false
  const signs = certificate.facts.keyUsage?.includes('keyCertSign') === true
  return signs || all.some(({ chain }) => chain.includes(certificate.pem))
}

/** A file's name without folder and ending: what people call the thing. */
const stemOf = (file: string) => file.replace(/^.*\//, '').replace(/\.[a-z0-9]{1,8}$/i, '')

function rowOf(
  key: FoundKey,
  profiles: readonly Profile[],
  names: Set<string>,
  known: { handle: string; name: string; binned: boolean } | null,
): Omit<Row, 'isCa'> {
  const { certificate, request } = key
  const facts = certificate?.facts ?? request?.facts
  const commonName = facts?.subjectParts?.findLast(({ type }) => type === 'CN')?.value ?? ''
  const guess = guessProvider(profiles, commonName)
  const wished = (key.name || commonName || stemOf(key.file)).slice(0, 110)
  let name = wished
  for (let number = 2; names.has(name); number++) name = `${wished} ${number}`
  names.add(name)
  const files = [key.file, certificate?.file, request?.file].filter((file) => file !== undefined)
  return {
    id: key.spkiSha256,
    name,
    key: key.key,
    subject: (facts?.subject ?? '').slice(0, 300),
    notAfter: certificate?.facts.notAfter,
    hasRequest: request !== undefined,
    chain: key.chain.length,
    older: key.older,
    files: [...new Set(files)],
    unprotected: key.unprotected,
    provider: guess?.provider ?? 'other',
    environment: guess?.environment ?? profiles.find(({ id }) => id === 'other')?.environments.at(-1)?.id ?? 'live',
    guessed: guess !== null,
    known,
  }
}
