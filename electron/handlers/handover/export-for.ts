import { basename, join } from 'node:path'
import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { fits } from '../../../shared/handover/passphrases.ts'
import type { HandoverMaterial } from '../../../shared/handover/receiver-files.ts'
import { type Receiver, receivers } from '../../../shared/handover/receivers.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import type { IdentityRecord } from '../../vault/identity-record.ts'
import { derOfPem, findIdentity } from '../identity-detail.ts'
import { publicMode, secretMode, unlessKept, writeAll } from '../out-files.ts'
import { noteEvent } from '../save-public.ts'

/** Writes what a named receiver loads, by its rules. The page gets the names, never the content. */
export const exportFor =
  (means: Means): Handlers['exportFor'] =>
  async ({ identity, receiver: id, passphrase }) => {
    const found = await findIdentity(means, identity)
    if (!found.ok) return found
    const receiver = receivers.find((one) => one.id === id)!
    const chosen = receiver.passphrase === 'none' ? null : passphrase
    const mustHave = receiver.passphrase === 'required'
    if ((mustHave && chosen === null) || (chosen !== null && !fits(receiver.rule, chosen))) {
      return refuse({ code: 'handover.passphrase-unfit', receiver: receiver.name, says: receiver.rule.says })
    }
    const material = await materialOf(means, found.value, receiver, chosen)
    if (!material.ok) return material
    try {
      return await write(means, identity, receiver, material.value)
    } finally {
      material.value.pkcs8?.fill(0)
    }
  }

/** An identity as it is handed over, its key out of the vault; who calls it zeroes the key. */
export async function materialOf(
  { vault, now }: Pick<Means, 'vault' | 'now'>,
  record: IdentityRecord,
  receiver: Receiver,
  passphrase: string | null,
): Promise<Result<HandoverMaterial>> {
  const { certificatePem, chainPem, serverCaPem, keyPlace, plan, handle } = record
  if (certificatePem === undefined) return refuse({ code: 'export.no-certificate' })
  const material: HandoverMaterial = {
    name: plan.name,
    stem: fileNameOf(plan.name),
    certificateDer: derOfPem(certificatePem),
    chain: chainPem.map(derOfPem),
    ...(serverCaPem !== undefined && { serverCaPem }),
    passphrase,
    now: now(),
  }
  if (receiver.public) return ok(material)
  if (keyPlace) return refuse({ code: 'token.key-stays', token: keyPlace.token })
  const pkcs8 = await vault.identities.secret(handle, 'privateKey')
  if (!pkcs8.ok) return pkcs8
  if (!pkcs8.value) return refuse({ code: 'vault.record-damaged', name: plan.name })
  return ok({ ...material, pkcs8: pkcs8.value })
}

async function write(means: Means, identity: string, receiver: Receiver, material: HandoverMaterial) {
  const folder = await means.ask.folder({ title: `Folder for ${receiver.name}`, button: 'Save here' })
  if (folder === null) return ok({ saved: [], bundle: null })
  const { receiverFiles } = await import('../../../shared/handover/receiver-files.ts')
  const made = await receiverFiles(receiver, material)
  const files = made.map(({ name, content, secret }) => ({
    path: join(folder, name),
    content,
    mode: secret ? secretMode : publicMode,
  }))
  const wanted = (await unlessKept(means.ask, files)) ?? []
  const written = await writeAll(wanted)
  if (!written.ok) return written
  if (wanted.length > 0) {
    const detail = `for ${receiver.name}: ${wanted.map(({ path }) => basename(path)).join(', ')}`.slice(0, 300)
    if (!receiver.public) {
      await means.vault.journal.note({ what: 'exported', kind: 'identity', id: identity, name: material.name, detail })
    }
    await noteEvent(means, identity, receiver.public ? 'saved-certificate' : 'exported', detail)
  }
  const bundle = wanted.length > 0 ? made.find((file) => file.bundle) : undefined
  if (bundle) means.drag.bundles.set(identity, join(folder, bundle.name))
  return ok({ saved: wanted.map(({ path }) => path), bundle: bundle?.name ?? null })
}
