import { basename } from 'node:path'
import type { AuthoritySource } from '../../../shared/calls/signing.ts'
import { ok, type Result, refuse } from '../../../shared/result.ts'
import { authoritiesAmong, type Brought } from '../../authority/bring.ts'
import { bookAmong, indexAmong } from '../../authority/bring-book.ts'
import { gather, gatherContents, type NamedBytes, smallLimits } from '../../gather.ts'
import type { Handlers } from '../../ipc.ts'
import type { Means } from '../../means.ts'
import { authorityDetailOf } from './authority-detail.ts'

const filters = [{ name: 'Keys, certificates, bundles', extensions: ['pem', 'key', 'crt', 'cer', 'der', 'p12', 'pfx'] }]
/** Folders of `openssl ca` keep every certificate that was ever issued. */
const limits = { ...smallLimits, files: 2000 }

type Files = { files: NamedBytes[]; name: string }

/** Brings a company's own authority: key and certificate, a bundle, or a folder as OpenSSL leaves it. */
export const bringAuthority = (means: Means): Handlers['bringAuthority'] => {
  let chosenLast: string[] = []
  const filesFrom = async (source: AuthoritySource): Promise<Result<Files | null>> => {
    const { ask } = means
    switch (source.from) {
      case 'files':
        chosenLast = await ask.files({ title: 'Key and certificate of your CA', filters, many: true })
        break
      case 'folder': {
        const folder = await ask.folder({ title: 'Folder of your CA, as OpenSSL keeps it', button: 'Bring' })
        chosenLast = folder === null ? [] : [folder]
        break
      }
      case 'paths':
        chosenLast = [...source.paths]
        break
      case 'contents':
        return told(gatherContents(source.files), 'what was dropped')
      case 'again':
        break
    }
    if (chosenLast.length === 0) return ok(null)
    const [first = ''] = chosenLast
    return told(await gather(chosenLast, limits), chosenLast.length === 1 ? basename(first) : 'these files')
  }
  return async ({ source, passphrase, askEachTime }) => {
    const ready = await means.vault.ready()
    if (!ready.ok) return ready
    const chosen = await filesFrom(source)
    if (!chosen.ok) return chosen
    return chosen.value === null ? ok({ outcome: 'cancelled' }) : bring(means, chosen.value, passphrase, askEachTime)
  }
}

function told({ files, leftOut }: Awaited<ReturnType<typeof gather>>, name: string): Result<Files> {
  const [first] = leftOut
  return files.length === 0 ? refuse(first?.problem ?? { code: 'file.empty', name }) : ok({ files, name })
}

/** Without a window, too: reads, checks, seals, and takes over the book. */
export async function bring(
  means: Pick<Means, 'vault' | 'now' | 'news' | 'reader'>,
  { files, name }: Files,
  passphrase: string | undefined,
  askEachTime: boolean,
): ReturnType<Handlers['bringAuthority']> {
  const reader = await means.reader()
  const passphrases = passphrase === undefined ? [] : [passphrase]
  const taken = await reader.takeIn(files, passphrases)
  if (!taken.ok) return taken
  try {
    const looked = await reader.inspect(files, passphrases, means.now())
    if (!looked.ok) return looked
    const { objects } = looked.value
    const found = authoritiesAmong({ taken: taken.value, objects, now: means.now(), askEachTime, name })
    const { locked } = taken.value
    if (!found.ok) {
      if (locked.length > 0) return ok({ outcome: 'locked', files: locked, tried: passphrase !== undefined })
      return found
    }
    const here = await alreadyHere(means, found.value)
    if (here) return refuse({ code: 'authority.already-here', name: here })
    return await keep(means, found.value, { objects, entries: indexAmong(files) })
  } finally {
    for (const { pkcs8 } of taken.value.keys) pkcs8.fill(0)
  }
}

async function alreadyHere({ vault }: Pick<Means, 'vault'>, brought: readonly Brought[]): Promise<string | undefined> {
  const { records } = await vault.authorities.list()
  const same = (one: Brought) => records.find(({ certificatePem }) => certificatePem === one.record.certificatePem)
  const known = brought.map(same)
  // The root above may be here from before; the one that signs is what counts.
  return known.at(-1)?.name
}

async function keep(
  means: Pick<Means, 'vault' | 'now' | 'news'>,
  brought: readonly Brought[],
  beside: { objects: Parameters<typeof bookAmong>[1]; entries: Parameters<typeof bookAmong>[2] },
): ReturnType<Handlers['bringAuthority']> {
  const { vault, now, news } = means
  const lowest = brought.at(-1)!.record
  let [count, leftOut] = [0, 0]
  for (const { record, pkcs8 } of brought) {
    const added = await vault.authorities.add(record.handle, record, { privateKey: pkcs8 })
    if (!added.ok) return added
    // An index does not say whose it is: it belongs to the one that signs.
    const entries = record === lowest ? beside.entries : []
    const taken = await bookAmong(record, beside.objects, entries, now())
    leftOut += taken.leftOut
    for (const entry of taken.book) {
      const kept = await vault.issued.add(entry.handle, entry, {})
      if (!kept.ok) return kept
      count++
    }
    await vault.journal.note({ what: 'brought', kind: 'authority', id: record.handle, name: record.name })
  }
  news({ kind: 'authorities-changed' })
  return ok({ outcome: 'brought', authority: await authorityDetailOf(means, lowest), book: count, leftOut })
}
