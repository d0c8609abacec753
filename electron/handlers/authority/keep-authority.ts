import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { withAuthorityEvent } from '../../authority/authority-history.ts'
import { mayUse } from '../../authority/may-use.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { AuthorityRecord } from '../../vault/authority-record.ts'
import { authorityDetailOf, findAuthority } from './authority-detail.ts'

/** Name, defaults, and whether to ask before each use. Ceasing to ask is itself asked about, in main's own dialog. */
export const changeAuthority =
  (means: Means): Handlers['changeAuthority'] =>
  async ({ authority, name, askEachTime, defaults }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    if (found.value.askEachTime && askEachTime === false) {
      const allowed = await mayUse(means, found.value, 'stop asking before its key is used')
      if (!allowed.ok) return allowed
    }
    const at = means.now().toISOString()
    const turned = askEachTime !== undefined && askEachTime !== found.value.askEachTime
    const changed = await change(means, authority, (record) => ({
      ...(turned
        ? withAuthorityEvent(record, { at, what: askEachTime ? 'asks-each-time' : 'no-longer-asks' })
        : record),
      ...(name !== undefined && { name }),
      ...(askEachTime !== undefined && { askEachTime }),
      ...(defaults !== undefined && { defaults }),
    }))
    if (!changed.ok) return changed
    means.news({ kind: 'authorities-changed' })
    return ok(await authorityDetailOf(means, changed.value))
  }

async function change(
  { vault }: Means,
  handle: string,
  how: (record: AuthorityRecord) => AuthorityRecord,
): Promise<Result<AuthorityRecord>> {
  return (await vault.authorities.change(handle, how)) ?? refuse({ code: 'authority.no-such' })
}

/** Takes away an authority, its key and its book, once the user has said so in main's own dialog. */
export const removeAuthority =
  (means: Means): Handlers['removeAuthority'] =>
  async ({ authority }) => {
    const { vault, ask, news } = means
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    const { records } = await vault.issued.list()
    const book = records.filter((one) => one.authority === authority)
    const yes = await ask.confirm({
      title: `Remove “${found.value.name}” and its key?`,
      detail: `Its book of ${book.length} issued certificates goes with it, and no certificate of it can be revoked from here any more. This cannot be undone.`,
      button: 'Remove',
    })
    if (!yes) return refuse({ code: 'app.cancelled' })
    // The key first: a book without its authority does no harm.
    await vault.authorities.remove(authority)
    for (const { handle } of book) await vault.issued.remove(handle)
    const all = await vault.authorities.list()
    for (const { handle, parent, successor } of all.records) {
      if (parent !== authority && successor !== authority) continue
      await vault.authorities.change(handle, (record) => without(record, authority))
    }
    news({ kind: 'authorities-changed' })
    return ok({})
  }

function without({ parent, successor, ...record }: AuthorityRecord, gone: string): AuthorityRecord {
  return {
    ...record,
    ...(parent !== undefined && parent !== gone && { parent }),
    ...(successor !== undefined && successor !== gone && { successor }),
  }
}

export const saveAuthority =
  (means: Means): Handlers['saveAuthority'] =>
  async ({ authority }) => {
    const found = await findAuthority(means, authority)
    if (!found.ok) return found
    const { name, certificatePem, chainPem } = found.value
    const path = await means.ask.saveAs({
      title: 'Save the authority’s certificate',
      name: `${fileNameOf(name)}.crt`,
      filters: [{ name: 'Certificate (PEM)', extensions: ['crt', 'pem'] }],
    })
    if (path === null) return ok({ saved: null })
    const problem = await writeForUser(path, [certificatePem, ...chainPem].join(''), 0o644)
    return problem ? refuse(problem) : ok({ saved: path })
  }
