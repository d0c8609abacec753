import { type Result, refuse } from '../../shared/result.ts'
import { codeOf } from '../files.ts'
import { FolderBusy } from './folder-lock.ts'

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const closed = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EIO', 'ESTALE'])

/** What the disk refuses is a refusal with words, not a fault; nothing has changed then, because writes are whole. */
export async function writeRefusal<T>(job: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await job()
  } catch (error) {
    if (error instanceof FolderBusy) return refuse({ code: 'vault.busy' })
    const code = codeOf(error) ?? ''
    if (full.has(code)) return refuse({ code: 'vault.disk-full' })
    if (closed.has(code)) return refuse({ code: 'vault.not-writable' })
    throw error
  }
}
