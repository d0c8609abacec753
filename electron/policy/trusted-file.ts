import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type Trusted = { ok: true; text: string } | { ok: false; why: string; missing?: true }

/**
 * Reads a file only where nobody but the administrator could have written it. On Linux and macOS it and its folder belong
 * to root (or to `alsoOwnedBy`), and neither group nor others may write to them. On Windows that is the matter of
 * ProgramData's own rights, which Node cannot read.
 */
export function readTrusted(file: string, maxBytes: number, alsoOwnedBy?: number): Trusted {
  let handle: number
  try {
    // Non-blocking, or else a named pipe in its place would hold the start for ever.
    handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return { ok: false, why: 'is not there', missing: true }
    return { ok: false, why: 'could not be read: its permissions keep this user out' }
  }
  try {
    const stats = fstatSync(handle)
    if (!stats.isFile()) return { ok: false, why: 'is no file' }
    const why = distrust(stats, 'it', alsoOwnedBy) ?? folderDistrust(file, alsoOwnedBy)
    if (why) return { ok: false, why }
    if (stats.size > maxBytes) return { ok: false, why: `is larger than ${Math.round(maxBytes / 1024)} KiB` }
    return { ok: true, text: readFileSync(handle, 'utf8') }
  } catch {
    return { ok: false, why: 'could not be read' }
  } finally {
    closeSync(handle)
  }
}

/** Whoever may write to a folder may replace what is in it. */
export const folderDistrust = (file: string, alsoOwnedBy?: number): string | undefined =>
  distrust(statSync(dirname(file)), `its folder ${dirname(file)}`, alsoOwnedBy)

function distrust(stats: Stats, what: string, alsoOwnedBy: number | undefined): string | undefined {
  if (process.platform === 'win32') return undefined
  if (stats.uid !== 0 && stats.uid !== alsoOwnedBy) return `is not trusted: ${what} does not belong to root`
  if ((stats.mode & 0o022) !== 0)
    return `is not trusted: others than its owner may write to ${what === 'it' ? 'it' : what}`
  return undefined
}
