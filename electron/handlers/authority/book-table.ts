import type { bookCalls } from '../../../shared/calls/book.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { issuedBy, makeList } from '../../authority/make-list.ts'
import { revoke } from '../../authority/revoke.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { saveIndex, saveIssued, saveList, saveTrustBundle } from './book-files.ts'
import { bookAuthorityOf, findIssued, issuedDetailOf } from './issued-detail.ts'
import { readBook } from './read-book.ts'
import { succeedAuthority } from './succeed-authority.ts'

/** Who answers the calls of `shared/calls/book.ts`. */
export const bookHandlers = (means: Means): Pick<Handlers, keyof typeof bookCalls> => ({
  readBook: readBook(means),
  readIssued: async ({ issued }) => {
    const found = await findIssued(means, issued)
    return found.ok ? ok(await issuedDetailOf(means, found.value)) : found
  },
  revokeIssued: async ({ issued, ...revocation }) => {
    const revoked = await revoke(means, issued, revocation)
    if (!revoked.ok) return revoked
    means.news({ kind: 'authorities-changed' })
    return ok(await issuedDetailOf(means, revoked.value))
  },
  noteIssued: async ({ issued, note }) => {
    const changed = await means.vault.issued.change(issued, (before) => ({ ...before, note: note || undefined }))
    if (!changed) return refuse({ code: 'issued.no-such' })
    if (!changed.ok) return changed
    means.news({ kind: 'authorities-changed' })
    return ok(await issuedDetailOf(means, changed.value))
  },
  makeList: async ({ authority, days }) => {
    const made = await makeList(means, authority, days)
    if (!made.ok) return made
    means.news({ kind: 'authorities-changed' })
    const { records } = await means.vault.authorities.list()
    return ok(bookAuthorityOf(made.value, await issuedBy(means, authority), records, means.now()))
  },
  saveList: saveList(means),
  saveIndex: saveIndex(means),
  saveTrustBundle: saveTrustBundle(means),
  saveIssued: saveIssued(means),
  succeedAuthority: succeedAuthority(means),
})
