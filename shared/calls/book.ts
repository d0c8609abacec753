import { z } from 'zod'
import { AuthorityPlan } from '../authority/authority-plan.ts'
import { RevocationReason } from '../authority/revocation-reason.ts'
import { Handle } from '../identity.ts'
import { Facts } from '../pki/facts.ts'
import { AuthorityDetail, IssuedSummary } from './authority.ts'
import { Work } from './inputs.ts'

/** How an authority's last list stands: `behind` lacks a revocation, `due` is in its last third or its last two days. */
export const ListState = z.enum(['none', 'current', 'behind', 'due', 'over'])
export type ListState = z.infer<typeof ListState>

/** An authority as the book shows it: its certificates and its list. */
export const BookAuthority = z.strictObject({
  handle: Handle,
  name: z.string(),
  keyAt: z.enum(['vault', 'cfssl', 'est', 'token']),
  askEachTime: z.boolean(),
  notAfter: z.iso.datetime(),
  issued: z.number().int(),
  revoked: z.number().int(),
  /** The one it takes over from, and the one that takes over from it. */
  predecessor: Handle.optional(),
  successor: Handle.optional(),
  /** Days until the next list is promised. */
  listDays: z.number().int(),
  list: z.strictObject({
    state: ListState,
    number: z.number().int().optional(),
    thisUpdate: z.iso.datetime().optional(),
    nextUpdate: z.iso.datetime().optional(),
    /** When to make the next one. */
    dueAt: z.iso.datetime().optional(),
  }),
})
export type BookAuthority = z.infer<typeof BookAuthority>

export const IssuedDetail = IssuedSummary.extend({
  certificatePem: z.string().optional(),
  facts: Facts.optional(),
  requestPem: z.string().optional(),
})
export type IssuedDetail = z.infer<typeof IssuedDetail>

const Saved = z.strictObject({ saved: z.string().nullable() })
const ListDays = z.number().int().min(1).max(366)

/** The book of issued certificates, revocation, and the trust of an authority that is followed by another. */
export const bookCalls = {
  readBook: {
    input: z.strictObject({}),
    output: z.strictObject({
      authorities: z.array(BookAuthority),
      issued: z.array(IssuedSummary),
      damaged: z.array(z.string()),
    }),
  },
  readIssued: { input: z.strictObject({ issued: Handle }), output: IssuedDetail },
  /** Refused for what is revoked already: a list never takes an entry back. */
  revokeIssued: {
    input: z.strictObject({
      issued: Handle,
      reason: RevocationReason,
      /** Since when its key is known or feared to be in other hands. */
      invalidSince: z.iso.datetime().optional(),
    }),
    output: IssuedDetail,
  },
  noteIssued: { input: z.strictObject({ issued: Handle, note: z.string().max(2000) }), output: IssuedDetail },
  /** Signs a new list and keeps it with the authority. */
  makeList: {
    input: z.strictObject({ authority: Handle, days: ListDays.optional() }),
    output: BookAuthority,
  },
  /** `of` names the authorities whose lists were written; lists of `missing` could not be made here. */
  saveList: {
    input: z.strictObject({ authority: Handle, format: z.enum(['pem', 'der']) }),
    output: Saved.extend({ of: z.array(z.string()), missing: z.array(z.string()) }),
  },
  saveIndex: { input: z.strictObject({ authority: Handle }), output: Saved },
  /** Certificates of this authority and of those before and after it that have not ended, with the issuers above them. */
  saveTrustBundle: { input: z.strictObject({ authority: Handle }), output: Saved },
  /** The authority that takes over. `underParent`: certified by the root above the old one, which is here. */
  succeedAuthority: {
    input: z.strictObject({ work: Work, authority: Handle, plan: AuthorityPlan, underParent: z.boolean() }),
    output: AuthorityDetail,
  },
  saveIssued: { input: z.strictObject({ issued: Handle }), output: Saved },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
