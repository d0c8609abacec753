import type { FileFilter } from 'electron'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import type { InspectedObject } from '../../shared/pki/facts.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { writeForUser } from '../files.ts'
import type { Saved } from '../foreign-reading.ts'
import type { Handlers } from '../ipc.ts'
import type { Means } from '../means.ts'

const publicMode = 0o644
const secretMode = 0o600

type Kind = InspectedObject['kind']

const extensions: Record<Kind, { pem: string; der: string }> = {
  certificate: { pem: 'crt', der: 'cer' },
  request: { pem: 'csr', der: 'csr' },
  crl: { pem: 'pem', der: 'crl' },
  'private-key': { pem: 'key', der: 'key' },
  'public-key': { pem: 'pub', der: 'der' },
  pkcs12: { pem: 'p12', der: 'p12' },
  pkcs7: { pem: 'p7b', der: 'p7b' },
  keystore: { pem: 'jks', der: 'jks' },
  unknown: { pem: 'pem', der: 'der' },
}

/** Writes one object of an inspection where the user says, as PEM or DER. Its bytes do not pass the page. */
export const saveObject =
  (means: Means): Handlers['saveObject'] =>
  async ({ inspection, object, format }) => {
    const saved = await means.inspections.ask(inspection, (reading) => reading.saved(object, format))
    if (!saved.ok) return saved
    const opened = await means.inspections.ask(inspection, (reading) => reading.open(object))
    if (!opened.ok) return opened
    const name = objectFileName(opened.value.object, format)
    const extension = extensions[opened.value.object.kind][format]
    return writeChosen(means, saved.value, { title: 'Save a copy', name, extension })
  }

/** What a copy of it is called. */
export const objectFileName = (object: InspectedObject, format: 'pem' | 'der'): string =>
  `${fileNameOf(nameFor(object))}.${extensions[object.kind][format]}`

/** Its common name, or the name of the file it was found in. */
function nameFor({ facts, file }: InspectedObject): string {
  const common = facts.subjectParts?.find(({ type }) => type === 'CN')?.value
  const stem = (file.split(/[\\/]/).pop() ?? '').replace(/\.[^.]*$/, '')
  return common || (stem === '-' ? '' : stem) || 'object'
}

/** Asks where to, and writes: what holds a private key for its owner alone. */
export async function writeChosen(
  means: Means,
  { bytes, secret }: Saved,
  { title, name, extension }: { title: string; name: string; extension: string },
): Promise<Result<{ saved: string | null }>> {
  const filters: FileFilter[] = [{ name: secret ? 'Key or bundle' : 'Certificate file', extensions: [extension] }]
  const path = await means.ask.saveAs({ title, name, filters })
  if (path === null) return ok({ saved: null })
  const problem = await writeForUser(path, bytes, secret ? secretMode : publicMode)
  return problem ? refuse(problem) : ok({ saved: path })
}
