import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { open, rename, rm, stat, unlink } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import { syncFolder } from '../files.ts'
import { UpdateFault } from './fault.ts'

/**
 * The AppImage that this program runs from. A program that an AppImage starts (a terminal, an editor) finds that one's
 * name in its environment, so ours is only the one whose folder we lie in.
 */
export function ownAppImage(env: NodeJS.ProcessEnv, program = process.execPath): string | undefined {
  const { APPIMAGE: file, APPDIR: folder } = env
  if (!file || !folder || !isAbsolute(file)) return undefined
  try {
    const inside = relative(realpathSync(folder), realpathSync(program))
    return inside.startsWith('..') || isAbsolute(inside) ? undefined : file
  } catch {
    return undefined
  }
}

/**
 * Puts a downloaded AppImage in the place of the old one: copied beside it, compared once more, synced, renamed. So a full
 * disk or a crash leaves the old one, where the updater's library removes it first. `signed`: SHA-512 in base64 of the files
 * that the feed names. Returns where the new one lies: under its own name where the old one's had a version in it.
 */
export async function replaceAppImage(from: string, old: string, signed: ReadonlySet<string>): Promise<string> {
  const folder = dirname(old)
  const to = /\d+\.\d+\.\d+/.test(basename(old)) ? join(folder, basename(from)) : old
  const aside = join(folder, `.${basename(to)}.part`)
  const mode = await stat(old).then(
    ({ mode }) => mode & 0o777,
    () => 0o755,
  )
  // Somebody may have tidied the folder of downloads up.
  const source = await open(from).catch(() => {
    throw new UpdateFault('damaged')
  })
  try {
    await rm(aside, { force: true })
    const file = await open(aside, 'wx', 0o600)
    try {
      const digest = createHash('sha512')
      for await (const bytes of source.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
        digest.update(bytes)
        await file.writeFile(bytes)
      }
      if (!signed.has(digest.digest('base64'))) throw new UpdateFault('damaged')
      await file.chmod(mode | 0o100)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(aside, to)
  } catch (error) {
    await rm(aside, { force: true })
    throw error
  } finally {
    await source.close()
  }
  await syncFolder(folder)
  if (to !== old) await unlink(old).catch(() => {})
  await rm(from, { force: true })
  return to
}
