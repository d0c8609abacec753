import { z } from 'zod'

/** One record of a backup beside what is here. */
export const BackupItem = z.strictObject({
  kind: z.enum(['identity', 'authority', 'issued', 'practice-authority', 'listener']),
  id: z.string().max(60),
  name: z.string(),
  /** `new`: not here. `same`: here as well, alike in everything. `different`: both are there, and they differ. */
  is: z.enum(['new', 'same', 'different']),
  /** When each side was last changed, as far as its history tells. */
  theirs: z.iso.datetime().optional(),
  mine: z.iso.datetime().optional(),
  hasKey: z.boolean(),
})
export type BackupItem = z.infer<typeof BackupItem>

/** `mine` leaves it, `theirs` takes the one of the backup, `both` adds that under a new name. */
export const BackupChoice = z.strictObject({
  kind: BackupItem.shape.kind,
  id: BackupItem.shape.id,
  take: z.enum(['mine', 'theirs', 'both']),
})
export type BackupChoice = z.infer<typeof BackupChoice>

export const BackupPreview = z.strictObject({
  /** Names the opened backup until it is closed. */
  backup: z.string().regex(/^[0-9a-f]{16}$/),
  name: z.string(),
  madeAt: z.iso.datetime(),
  items: z.array(BackupItem).max(200_000),
})
export type BackupPreview = z.infer<typeof BackupPreview>

/** An automatic backup, by the name of its file. */
export const AutomaticBackup = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,60}\.backup$/),
  madeAt: z.iso.datetime(),
  records: z.int(),
  bytes: z.int(),
})
export type AutomaticBackup = z.infer<typeof AutomaticBackup>

/** What is done with each item unless somebody says otherwise: new ones come in, different ones stay as they are here. */
export const usualChoice = ({ is }: Pick<BackupItem, 'is'>): BackupChoice['take'] => (is === 'new' ? 'theirs' : 'mine')
