import { z } from 'zod'

/** One thing that was done, with what. Never a secret: names, sizes, dates. */
export const JournalNote = z.strictObject({
  /** A verb in the past, such as `exported`: see `journalWords`. */
  what: z.string().regex(/^[a-z]{2,20}(-[a-z]{1,20}){0,4}$/),
  /** What it was done with. */
  kind: z.enum(['vault', 'identity', 'authority', 'issued', 'practice-authority', 'backup', 'token', 'listener']),
  id: z.string().max(64).optional(),
  name: z.string().max(200).optional(),
  detail: z.string().max(300).optional(),
})
export type JournalNote = z.infer<typeof JournalNote>

export const JournalLine = JournalNote.extend({
  /** From 1, without gaps. */
  n: z.int().min(1),
  at: z.iso.datetime(),
  by: z.enum(['window', 'command-line']),
})
export type JournalLine = z.infer<typeof JournalLine>

/** `line`: which one, 0 for the end or the whole. */
export const JournalFault = z.strictObject({ line: z.int().min(0), says: z.string() })
export type JournalFault = z.infer<typeof JournalFault>

const known: Record<string, string> = {
  'self-signed': 'self-signed',
  'used-in-test': 'used in a test',
  'backed-up': 'backed up',
  'passphrase-set': 'passphrase set',
  'passphrase-removed': 'passphrase removed',
  'keychain-added': 'keychain added',
  'keychain-removed': 'keychain removed',
  'backup-opened': 'backup opened',
  'list-signed': 'revocation list signed',
  'manifest-lost': 'list of records lost',
}

/** In plain words: `used-in-test` is “used in a test”. */
export const journalWords = (what: string): string => known[what] ?? what.replaceAll('-', ' ')

/** What it was done with, in plain words. */
export const journalKinds: Record<JournalNote['kind'], string> = {
  vault: 'vault',
  identity: 'identity',
  authority: 'authority',
  issued: 'issued certificate',
  'practice-authority': 'practice authority',
  backup: 'backup',
  token: 'token',
  listener: 'listener',
}
