import type { Result } from '../result.ts'
import { ok, refuse } from '../result.ts'
import { convert } from './convert.ts'
import type { ConvertHow } from './convert-how.ts'
import type { Item, Items } from './convert-items.ts'
import { itemsOf } from './convert-items.ts'
import { foundWords } from './convert-words.ts'
import type { Bytes } from './der.ts'
import type { NamedFile, ReadingHears } from './inspect.ts'
import { nameOfFile } from './inspect.ts'
import { toPem } from './pem.ts'

/** What becomes of dropped files. `content` is absent when it was only looked at. */
export type ConvertedDropped = { content?: Bytes; secret: boolean; holds: string }

/** What one dropped file, or several together, become: see `convertDropped`. */
export type DroppedQuestion = {
  /** Which of the files, by index. */
  at: readonly number[]
  how: ConvertHow
  /** Only whether it can be done, and what it would hold: cheap, and no key is written. */
  look: boolean
}

/**
 * Writes dropped files in another form. A bundle or keystore takes the certificate and chain that belong to its key from
 * all that was dropped (`pile`, DER), because people keep them in files of their own.
 */
export async function convertDropped(
  files: readonly NamedFile[],
  { at, how, look }: DroppedQuestion,
  { passphrases, pile }: { passphrases: readonly string[]; pile: readonly Bytes[] },
  hears: ReadingHears = {},
): Promise<Result<ConvertedDropped>> {
  const found: Items[] = []
  for (const index of at) {
    const file = files[index]
    if (!file) return refuse({ code: 'object.not-found' })
    hears.file?.(index)
    hears.opening?.()
    if (file.refused) return refuse(file.refused)
    const items = await itemsOf(nameOfFile(file.file), file.bytes, passphrases)
    if (!items.ok) return items
    found.push(items.value)
  }
  const paired = how.to === 'p12' || how.to === 'jks'
  const hasKey = found.some(({ items }) => items.some(({ kind }) => kind === 'private-key'))
  if (paired && hasKey) found.push({ items: pile.map(certificateItem), changes: [] })
  const made = await convert(found, look ? lookingHow(how) : how)
  if (!made.ok) return made
  const { content, secret, objects } = made.value
  return ok({ ...(!look && { content }), secret, holds: foundWords(objects) })
}

const certificateItem = (der: Bytes): Item => ({ kind: 'certificate', der, pem: toPem('CERTIFICATE', der) })

/** Deriving keys from passphrases is what takes long: to see whether it can be done, the fewest rounds will do. */
function lookingHow(how: ConvertHow): ConvertHow {
  if (how.to === 'pem' || how.to === 'der' || how.to === 'pkcs8') {
    const { passphrase: _, ...rest } = how
    return { ...rest, inTheClear: true }
  }
  return how.readers === 'modern' || how.readers === 'fips' ? { ...how, readers: 'older' } : how
}
