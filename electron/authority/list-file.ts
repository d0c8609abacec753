import { listState } from '../../shared/authority/list-plan.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { AuthorityRecord } from '../vault/authority-record.ts'
import { issuedBy, makeList } from './make-list.ts'
import type { SigningMeans } from './signers.ts'
import { lineOf } from './trust-bundle.ts'

/** `of` names whose lists are in it; `missing` authorities whose list could not be made here. */
export type ListFile = { pem: string; of: string[]; missing: string[] }

/**
 * The lists that a server needs beside its trust (PEM). Servers on OpenSSL, nginx among them, want one for each authority
 * on the way to the root as soon as there is one at all, so it holds also those of the issuers above and of the authorities
 * before and after. A list that lacks a revocation or nears its end is made anew.
 */
export async function listFile(means: SigningMeans, handle: string): Promise<Result<ListFile>> {
  const { records } = await means.vault.authorities.list()
  const wanted = withIssuers(records, handle, means.now())
  if (wanted.length === 0) return refuse({ code: 'authority.no-such' })
  const file: ListFile = { pem: '', of: [], missing: [] }
  for (const record of wanted) {
    const fresh = await freshList(means, record)
    // What was asked for has to be there; of the others it is told.
    if (!fresh.ok && record.handle === handle) return fresh
    if (!fresh.ok) file.missing.push(record.name)
    else {
      file.of.push(record.name)
      file.pem += fresh.value
    }
  }
  return ok(file)
}

/** The authority itself first, then those before and after it, and all issuers above them that are here; none that has ended. */
function withIssuers(records: readonly AuthorityRecord[], handle: string, now: Date): AuthorityRecord[] {
  const found = new Map(records.map((record) => [record.handle, record]))
  const wanted = new Set<AuthorityRecord>()
  const own = found.get(handle)
  const line = lineOf(records, handle).filter((record) => record === own || new Date(record.notAfter) > now)
  for (let one of [...(own ? [own] : []), ...line] as (AuthorityRecord | undefined)[]) {
    while (one && !wanted.has(one)) {
      wanted.add(one)
      one = one.parent ? found.get(one.parent) : undefined
    }
  }
  return [...wanted]
}

async function freshList(means: SigningMeans, record: AuthorityRecord): Promise<Result<string>> {
  const revoked = (await issuedBy(means, record.handle)).flatMap((one) => one.revoked ?? [])
  if (record.crl && listState(record.crl, revoked, means.now()) === 'current') return ok(record.crl.pem)
  const made = await makeList(means, record.handle)
  if (!made.ok) return made
  return made.value.crl ? ok(made.value.crl.pem) : refuse({ code: 'list.none-yet', name: record.name })
}
