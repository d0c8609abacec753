import { z } from 'zod'
import { AuthorityRecord, IssuedRecord } from './authority-record.ts'
import { IdentityRecord } from './identity-record.ts'
import { ListenerRecord } from './listener-record.ts'

/**
 * A kind of record and the versions of its form. `schema` is the present one; `ups[n]` makes version n + 2 of version
 * n + 1 and need not check anything, because what comes out at the end must pass `schema`. A version is raised by what
 * older apps could not read; `test/fixtures/vault` keeps files of every version, and a test reads them all.
 */
export type RecordKind<R> = {
  name: string
  folder: string
  schema: z.ZodType<R>
  ups: readonly ((record: Record<string, unknown>) => Record<string, unknown>)[]
}

export const versionOf = (kind: Pick<RecordKind<unknown>, 'ups'>): number => kind.ups.length + 1

/** The practice provider's own authority, kept so that what it issued stays valid from one day to the next. */
export const PracticeAuthorityRecord = z.strictObject({ provider: z.string(), certificatePem: z.string() })
export type PracticeAuthorityRecord = z.infer<typeof PracticeAuthorityRecord>

/** Version 2: tags, notes, renewals and the bin may be there. Nothing has to be made of what version 1 had. */
export const identityKind: RecordKind<IdentityRecord> = {
  name: 'identity',
  folder: 'identities',
  schema: IdentityRecord,
  ups: [(record) => record],
}

export const authorityKind: RecordKind<AuthorityRecord> = {
  name: 'authority',
  folder: 'authorities',
  schema: AuthorityRecord,
  ups: [],
}

export const issuedKind: RecordKind<IssuedRecord> = { name: 'issued', folder: 'issued', schema: IssuedRecord, ups: [] }

export const practiceKind: RecordKind<PracticeAuthorityRecord> = {
  name: 'practice-authority',
  folder: 'practice',
  schema: PracticeAuthorityRecord,
  ups: [],
}

export const listenerKind: RecordKind<ListenerRecord> = {
  name: 'listener',
  folder: 'listeners',
  schema: ListenerRecord,
  ups: [],
}

/** In the order in which they are put back: an issued certificate names its authority. */
export const recordKinds = [identityKind, authorityKind, issuedKind, practiceKind, listenerKind] as const
