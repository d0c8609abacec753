import { zipSync } from 'fflate/browser'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { SupportBundle } from '../../shared/tls/kept-attempts.ts'
import { writeForUser } from '../files.ts'
import { type BundleFrom, supportFiles } from '../history/support-bundle.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'
import { certificatePart } from './certificate-part.ts'

/** Everything that a support bundle would hold, to be read before it is written. */
export const previewSupportBundle =
  (means: Means): Handlers['previewSupportBundle'] =>
  ({ attempt }) =>
    bundleOf(means, attempt)

/** Writes the bundle as one zip file where the user says: the very files that were previewed. */
export const saveSupportBundle =
  (means: Means): Handlers['saveSupportBundle'] =>
  async ({ attempt }) => {
    const bundle = await bundleOf(means, attempt)
    if (!bundle.ok) return bundle
    const { fileName, files } = bundle.value
    const path = await means.ask.saveAs({
      title: 'Save the support bundle',
      name: fileName,
      filters: [{ name: 'Zip archive', extensions: ['zip'] }],
    })
    if (path === null) return ok({ saved: null })
    const text = new TextEncoder()
    const zip = zipSync(Object.fromEntries(files.map((file) => [file.name, text.encode(file.text)])), {
      mtime: means.now(),
    })
    const problem = await writeForUser(path, zip, 0o600)
    return problem ? refuse(problem) : ok({ saved: path })
  }

async function bundleOf(means: Means, attempt: string): Promise<Result<SupportBundle>> {
  const read = await means.history.read(attempt)
  if (!read.ok) return read
  const { endpoint } = read.value
  const identity = endpoint.identity === null ? undefined : await certificatePart(means, endpoint.identity)
  return ok(supportFiles({ ...read.value, identity, versions: await versionsOf(means) }))
}

async function versionsOf(means: Means): Promise<BundleFrom['versions']> {
  const { version, electron, chromium, node, platform } = await means.about()
  return [
    ['Countersign', version],
    ['Electron', electron],
    ['Chromium', chromium],
    ['Node.js', node],
    ['TLS library', process.versions.boringssl ?? process.versions.openssl ?? 'BoringSSL'],
    ['System', platform],
  ]
}
