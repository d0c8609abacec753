import { prepareX509 } from '../../../shared/pki/x509.ts'
import { ok, refuse } from '../../../shared/result.ts'
import { importedRecord } from '../../intake/imported-record.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'

/** Seals the chosen keys, each with what belongs to it. One that is here already by then is passed over. */
export const finishImport =
  (means: Means): Handlers['finishImport'] =>
  async ({ import: token, rows }) => {
    const pending = means.imports.find(token)
    if (!pending) return refuse({ code: 'import.not-kept' })
    await prepareX509()
    const made: { handle: string; name: string }[] = []
    for (const row of rows) {
      const key = pending.taken.keys.find(({ spkiSha256 }) => spkiSha256 === row.id)
      if (!key || (await isHere(means, row.id))) continue
      const record = await importedRecord(means, key, row)
      if (!record.ok) return record
      const added = await means.vault.identities.add(record.value.handle, record.value, { privateKey: key.pkcs8 })
      if (!added.ok) return added
      const { handle: id } = record.value
      await means.vault.journal.note({ what: 'imported', kind: 'identity', id, name: row.name, detail: key.file })
      made.push({ handle: id, name: row.name })
    }
    const chosen = new Set(rows.map(({ id }) => id))
    const lying = pending.taken.keys.filter((key) => key.unprotected && chosen.has(key.spkiSha256))
    means.imports.clear()
    means.news({ kind: 'identities-changed' })
    return ok({ made, unprotected: [...new Set(lying.map(({ file }) => file))] })
  }

async function isHere({ vault }: Means, digest: string): Promise<boolean> {
  const [{ records }, binned] = [await vault.identities.list(), await vault.bin.list()]
  return [...records, ...binned].some(({ spkiSha256 }) => spkiSha256 === digest)
}
