import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { writeForUser } from '../../files.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { type IdentityRecord, withEvent } from '../../vault/identity-record.ts'
import { derOfPem } from '../identity-detail.ts'

type Bundles = { passphrase: string; readers: 'modern' | 'older' }
type Wish = { certificates: boolean; requests: boolean; chains: boolean; bundles: Bundles | null }

const publicMode = 0o644
const secretMode = 0o600

/** Many identities into one folder, file by file; the passphrase of the bundles is asked for once. */
export const exportIdentities =
  (means: Means): Handlers['exportIdentities'] =>
  async ({ work, identities, wish }) => {
    const records: IdentityRecord[] = []
    for (const handle of identities) {
      const record = await means.vault.identities.find(handle)
      if (record) records.push(record)
    }
    if (records.length === 0) return refuse({ code: 'vault.no-such-identity' })
    const folder = await means.ask.folder({ title: 'Folder for the files', button: 'Save here' })
    if (folder === null) return ok({ folder: null, files: 0, without: [], inToken: [] })
    const named = uniquelyNamed(records)
    const existing = await thoseThere(named.flatMap(({ record, name }) => pathsOf(folder, record, name, wish)))
    if (existing.length > 0 && !(await means.ask.mayReplace(existing))) {
      return ok({ folder: null, files: 0, without: [], inToken: [] })
    }
    return means.works.run(work, async (_, commit, enough) => {
      // What is written so far stays when it is cancelled: each file is whole.
      if (!commit()) return refuse({ code: 'app.cancelled' })
      let files = 0
      const without: string[] = []
      const inToken: string[] = []
      for (const { record, name } of named) {
        if (enough.aborted) return refuse({ code: 'app.cancelled' })
        const written = await writeOne(means, folder, record, name, wish)
        if (!written.ok) return written
        files += written.value
        if (record.certificatePem === undefined) without.push(record.plan.name)
        if (wish.bundles && record.keyPlace) inToken.push(record.plan.name)
        means.news({ kind: 'work', work, says: `Written: ${record.plan.name}`, elapsedMs: 0 })
      }
      means.news({ kind: 'identities-changed' })
      return ok({ folder, files, without, inToken })
    })
  }

/** File names by identity; two of one name are told apart by a number. */
function uniquelyNamed(records: readonly IdentityRecord[]): { record: IdentityRecord; name: string }[] {
  const taken = new Set<string>()
  return records.map((record) => {
    const stem = fileNameOf(record.plan.name)
    let name = stem
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}-${number}`
    taken.add(name.toLowerCase())
    return { record, name }
  })
}

/** A key in a token does not leave it. */
const hasBundle = ({ certificatePem, keyPlace }: IdentityRecord) =>
  certificatePem !== undefined && keyPlace === undefined

function pathsOf(folder: string, record: IdentityRecord, name: string, wish: Wish): string[] {
  const has = record.certificatePem !== undefined
  return [
    ...(wish.requests ? [`${name}.csr`] : []),
    ...(wish.certificates && has ? [`${name}.crt`] : []),
    ...(wish.chains && record.chainPem.length > 0 ? [`${name}.chain.pem`] : []),
    ...(wish.bundles && hasBundle(record) ? [`${name}.p12`] : []),
  ].map((file) => join(folder, file))
}

async function thoseThere(paths: readonly string[]): Promise<string[]> {
  const there: string[] = []
  for (const path of paths) {
    const found = await access(path).then(
      () => true,
      () => false,
    )
    if (found) there.push(path)
  }
  return there
}

async function writeOne(
  means: Means,
  folder: string,
  record: IdentityRecord,
  name: string,
  wish: Wish,
): Promise<Result<number>> {
  const bundle = wish.bundles ? await bundleOf(means, record, wish.bundles) : ok(null)
  if (!bundle.ok) return bundle
  const contents: Record<string, Uint8Array | string | null | undefined> = {
    csr: record.requestPem,
    crt: record.certificatePem,
    'chain.pem': record.chainPem.join(''),
    p12: bundle.value,
  }
  const paths = pathsOf(folder, record, name, wish)
  for (const path of paths) {
    const form = path.slice(join(folder, name).length + 1)
    const problem = await writeForUser(path, contents[form] ?? '', form === 'p12' ? secretMode : publicMode)
    if (problem) return refuse(problem)
  }
  if (paths.length > 0 && bundle.value) {
    const event = { at: means.now().toISOString(), what: 'exported' as const, detail: `${name}.p12` }
    await means.vault.identities.change(record.handle, (stored) => withEvent(stored, event))
    const { handle: id, plan } = record
    await means.vault.journal.note({ what: 'exported', kind: 'identity', id, name: plan.name, detail: event.detail })
  }
  return ok(paths.length)
}

async function bundleOf(
  { vault }: Means,
  { handle, plan, certificatePem, chainPem, keyPlace }: IdentityRecord,
  { passphrase, readers }: Bundles,
): Promise<Result<Uint8Array | null>> {
  if (certificatePem === undefined || keyPlace) return ok(null)
  const pkcs8 = await vault.identities.secret(handle, 'privateKey')
  if (!pkcs8.ok) return pkcs8
  if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
  try {
    const { writePkcs12 } = await import('../../../shared/pki/pkcs12-writer.ts')
    const [certificateDer, chain] = [derOfPem(certificatePem), chainPem.map(derOfPem)]
    return ok(
      await writePkcs12({ pkcs8: pkcs8.value, certificateDer, chain, friendlyName: plan.name, passphrase, readers }),
    )
  } finally {
    pkcs8.value.fill(0)
  }
}
