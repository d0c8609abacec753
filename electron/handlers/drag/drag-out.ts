import { access } from 'node:fs/promises'
import type { DragWhat } from '../../../shared/calls/drag.ts'
import { fileNameOf } from '../../../shared/handover/file-name.ts'
import { presented } from '../../../shared/handover/presented.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { derOfPem, findIdentity } from '../identity-detail.ts'
import { objectFileName } from '../save-object.ts'

/** Has the system drag a file: one that is public, or the encrypted bundle that the user has just exported. */
export const dragOut =
  (means: Means): Handlers['dragOut'] =>
  async (what) => {
    const path = await pathOf(means, what)
    if (!path.ok) return path
    await means.drag.start(path.value)
    return ok({})
  }

async function pathOf(means: Means, what: DragWhat): Promise<Result<string>> {
  if (what.what === 'object') return objectFile(means, what)
  if (what.what === 'bundle') return bundleFile(means, what.identity)
  const found = await findIdentity(means, what.identity)
  if (!found.ok) return found
  const { plan, requestPem, certificatePem, chainPem } = found.value
  const stem = fileNameOf(plan.name)
  if (what.what === 'request') return ok(await means.drag.folder.put(`${stem}.csr`, requestPem))
  if (certificatePem === undefined) return refuse({ code: 'export.no-certificate' })
  const whole = what.what === 'chain' ? presented(derOfPem(certificatePem), chainPem.map(derOfPem)) : certificatePem
  return ok(await means.drag.folder.put(`${stem}.${what.what === 'chain' ? 'chain.crt' : 'crt'}`, whole))
}

async function bundleFile({ drag }: Means, identity: string): Promise<Result<string>> {
  const path = drag.bundles.get(identity)
  const there =
    path !== undefined &&
    (await access(path).then(
      () => true,
      () => false,
    ))
  return there ? ok(path) : refuse({ code: 'drag.bundle-gone' })
}

const publicKinds = new Set(['certificate', 'request', 'crl', 'public-key', 'pkcs7'])

async function objectFile(
  means: Means,
  { inspection, object, format }: Extract<DragWhat, { what: 'object' }>,
): Promise<Result<string>> {
  const opened = await means.inspections.ask(inspection, (reading) => reading.open(object))
  if (!opened.ok) return opened
  const name = objectFileName(opened.value.object, format)
  if (!publicKinds.has(opened.value.object.kind)) return refuse({ code: 'drag.holds-key', name })
  const saved = await means.inspections.ask(inspection, (reading) => reading.saved(object, format))
  if (!saved.ok) return saved
  if (saved.value.secret) return refuse({ code: 'drag.holds-key', name })
  return ok(await means.drag.folder.put(name, saved.value.bytes))
}
