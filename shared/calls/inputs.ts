import { z } from 'zod'

export const Nothing = z.strictObject({})
export const Path = z.string().min(1).max(4096)
export const Passphrase = z.string().min(1).max(1024)
/** Names long work so that it can be followed and cancelled; chosen by the page. */
export const Work = z.string().regex(/^[a-z0-9-]{1,40}$/)
export const PastedText = z
  .string()
  .min(1)
  .max(4 * 1024 * 1024)
/** A dropped file without a place on disk, such as a mail attachment: its content comes instead of a path. */
export const contentUpTo = (mebibytes: number) =>
  z.strictObject({
    name: z.string().min(1).max(255),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= mebibytes * 1024 * 1024),
    /** Of a file that is too large to be brought: then `bytes` is empty. */
    size: z.number().int().min(0).optional(),
  })
export const DroppedContent = contentUpTo(16)
