import { listState, planList, usualListDays } from '../../shared/authority/list-plan.ts'
import type { ListState } from '../../shared/calls/book.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { readCrl } from '../../shared/pki/crl.ts'
import { encodeList } from '../../shared/pki/crl-writer.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { keyIdentifier } from '../../shared/pki/extension-writer.ts'
import { pemBlocks, toPem } from '../../shared/pki/pem.ts'
import { signatureFits } from '../../shared/pki/verify.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createTurns } from '../in-turn.ts'
import type { AuthorityRecord, IssuedRecord } from '../vault/authority-record.ts'
import { withAuthorityEvent } from './authority-history.ts'
import { type SigningMeans, signerFor } from './signers.ts'

/** Two lists at once would have the same number. */
const turn = createTurns()

/** What an authority has issued, as its book has it. */
export async function issuedBy({ vault }: Pick<SigningMeans, 'vault'>, authority: string): Promise<IssuedRecord[]> {
  const { records } = await vault.issued.list()
  return records.filter((one) => one.authority === authority)
}

/** How long the authority's lists are good for: as long as the last one was, until another choice is made. */
export function listDaysOf({ crl }: Pick<AuthorityRecord, 'crl'>): number {
  if (!crl) return usualListDays
  const days = Math.round((Date.parse(crl.nextUpdate) - Date.parse(crl.madeAt ?? crl.thisUpdate)) / 86_400_000)
  return Math.min(Math.max(days, 1), 366)
}

/** Signs a revocation list of all that is revoked by now, checks it with the authority's certificate, and keeps it. */
export const makeList = (means: SigningMeans, authority: string, days?: number): Promise<Result<AuthorityRecord>> =>
  turn(async () => {
    const record = await means.vault.authorities.find(authority)
    if (!record) return refuse({ code: 'authority.no-such' })
    const now = means.now()
    if (now >= new Date(record.notAfter)) {
      return refuse({ code: 'list.authority-over', name: record.name, notAfter: record.notAfter })
    }
    const certificate = readCertificate(pemBlocks(record.certificatePem)[0]?.der ?? new Uint8Array())
    const signer = signerFor(means, record)
    if (signer.decides === 'service') return refuse({ code: 'service.no-lists', name: record.name })
    if (!certificate || !signer.key) return refuse({ code: 'authority.key-elsewhere', name: record.name })
    const issued = await issuedBy(means, authority)
    const plan = planList(record, issued, now, days ?? listDaysOf(record))
    const signed = await signer.signList(
      encodeList({
        ...plan,
        issuer: certificate.subject,
        keyIdentifier: certificate.facts.subjectKeyIdentifier ?? keyIdentifier(certificate.spki),
        key: signer.key,
      }),
    )
    if (!signed.ok) return signed
    const read = readCrl(signed.value)
    // `null`: an algorithm that this runtime cannot check.
    if (!read || (await signatureFits(read, certificate.publicKey)) === false) {
      return refuse({ code: 'list.not-verified', name: record.name })
    }
    const crl = {
      number: plan.number,
      thisUpdate: plan.thisUpdate.toISOString(),
      nextUpdate: plan.nextUpdate.toISOString(),
      madeAt: now.toISOString(),
      revoked: issued.filter((one) => one.revoked).length,
      pem: toPem('X509 CRL', signed.value),
    }
    const event = { at: crl.madeAt, what: 'list-made', detail: `number ${plan.number}, ${plan.revoked.length} revoked` }
    const changed = await means.vault.authorities.change(authority, (before) =>
      withAuthorityEvent({ ...before, crl }, event),
    )
    const { name } = record
    await means.vault.journal.note({
      what: 'list-signed',
      kind: 'authority',
      id: authority,
      name,
      detail: event.detail,
    })
    return changed ?? refuse({ code: 'authority.no-such' })
  })

/** `state` says whether the list may be relied on; `der` is absent where there is none. */
export type CurrentList = { der?: Bytes; pem?: string; state: ListState; nextUpdate?: string }

/**
 * The list to serve and to check by. Where the last one lacks a revocation or nears its end a new one is signed, if that
 * takes neither a question nor an unlocking; otherwise the last one is answered with its state.
 */
export async function currentList(means: SigningMeans, authority: string): Promise<Result<CurrentList>> {
  const record = await means.vault.authorities.find(authority)
  if (!record) return refuse({ code: 'authority.no-such' })
  const state = await stateOfList(means, record)
  const quiet = record.keyPlace.at === 'vault' && !record.askEachTime
  if (state === 'current' || !quiet) return ok(listOf(record, state))
  const made = await makeList(means, authority)
  return ok(made.ok ? listOf(made.value, 'current') : listOf(record, state))
}

async function stateOfList(means: SigningMeans, record: AuthorityRecord): Promise<ListState> {
  const revoked = (await issuedBy(means, record.handle)).flatMap((one) => one.revoked ?? [])
  return listState(record.crl, revoked, means.now())
}

function listOf({ crl }: AuthorityRecord, state: ListState): CurrentList {
  const der = crl && pemBlocks(crl.pem)[0]?.der
  return { state, ...(crl && der && { der, pem: crl.pem, nextUpdate: crl.nextUpdate }) }
}
