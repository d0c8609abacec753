import type { ImportPreview, ImportSource } from '../../../shared/calls/imports.ts'
import type { TakenIn } from '../../../shared/intake/take-in.ts'
import { words } from '../../../shared/phrasebook.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { type Gathered, gather, gatherContents } from '../../gather.ts'
import { importRows } from '../../intake/import-rows.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { filesNamedIn } from './files-named.ts'

const filters = [
  {
    name: 'Keys, certificates and bundles',
    extensions: ['key', 'pem', 'crt', 'cer', 'csr', 'p12', 'pfx', 'jks', 'xdb'],
  },
]

type Brought = { gathered: Gathered; passphrases: string[] }

/** Reads files and says what they would become. Nothing is stored; the keys wait in memory for `finishImport`. */
export const startImport =
  (means: Means): Handlers['startImport'] =>
  async ({ source }) => {
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    if (source.from === 'unlock') return unlock(means, source)
    const brought = await bring(means, source)
    if (!brought.ok) return brought
    if (brought.value === null) return ok({ preview: null })
    const { gathered, passphrases } = brought.value
    return read(means, gathered.files, gathered.leftOut, passphrases)
  }

async function bring({ ask }: Means, source: ImportSource): Promise<Result<Brought | null>> {
  const plain = (gathered: Gathered) => ok({ gathered, passphrases: [] })
  switch (source.from) {
    case 'files': {
      const chosen = await ask.files({ title: 'Keys and certificates to import', filters, many: true })
      return chosen.length === 0 ? ok(null) : plain(await gather(chosen))
    }
    case 'folder': {
      const folder = await ask.folder({ title: 'Folder with keys and certificates', button: 'Import' })
      return folder === null ? ok(null) : plain(await gather([folder]))
    }
    case 'paths':
      return plain(await gather(source.paths))
    case 'contents':
      return plain(gatherContents(source.files))
    case 'text': {
      if (!source.text.includes('-----BEGIN')) return filesNamedIn({ ask }, source.text)
      return plain({ files: [{ file: 'pasted text', bytes: new TextEncoder().encode(source.text) }], leftOut: [] })
    }
    case 'unlock':
      return ok(null)
  }
}

async function unlock(means: Means, { import: token, passphrase }: Extract<ImportSource, { from: 'unlock' }>) {
  const pending = means.imports.find(token)
  if (!pending) return refuse({ code: 'import.not-kept' })
  const before = pending.taken.locked.length
  const passphrases = [...pending.passphrases, passphrase]
  const taken = await (await means.reader()).takeIn(pending.files, passphrases)
  if (!taken.ok) return taken
  if (taken.value.locked.length >= before) {
    forgetKeys(taken.value)
    return refuse({ code: 'key.passphrase-wrong', name: pending.taken.locked[0] ?? '' })
  }
  forgetKeys(pending.taken)
  Object.assign(pending, { passphrases, taken: taken.value })
  return ok({ preview: await previewOf(means, means.imports.keep(pending), taken.value, pending.leftOut) })
}

async function read(
  means: Means,
  files: Gathered['files'],
  leftOut: Gathered['leftOut'],
  passphrases: string[],
): Promise<Result<{ preview: ImportPreview }>> {
  const taken = await (await means.reader()).takeIn(files, passphrases)
  if (!taken.ok) return taken
  const { keys, locked, lonely } = taken.value
  const [first] = [...leftOut, ...taken.value.leftOut]
  if (keys.length === 0 && locked.length === 0) {
    return first && lonely.length === 0
      ? refuse(first.problem)
      : refuse({ code: 'import.nothing-found', files: files.length })
  }
  const token = means.imports.keep({ files, leftOut, passphrases, taken: taken.value })
  return ok({ preview: await previewOf(means, token, taken.value, leftOut) })
}

const forgetKeys = ({ keys }: TakenIn) => {
  for (const { pkcs8 } of keys) pkcs8.fill(0)
}

async function previewOf(
  means: Means,
  token: string,
  { keys, locked, leftOut, lonely }: TakenIn,
  unread: Gathered['leftOut'],
): Promise<ImportPreview> {
  return {
    import: token,
    rows: await importRows(means, keys),
    locked,
    leftOut: [...unread, ...leftOut].map(({ file, problem }) => {
      const { title, next } = words(problem)
      return { file, code: problem.code, title, next }
    }),
    lonely,
  }
}
