import { z } from 'zod'
import { DoorReport } from '../door/door-report.ts'
import { Handle } from '../identity.ts'
import { ServerKind, ServerWish } from '../serverconfig/server-wish.ts'
import { Work } from './inputs.ts'
import { CallTrust } from './listener.ts'

const Url = z.string().min(1).max(2048)
/** Names what was chosen from files and is kept in the main process. */
const FilesToken = z.string().regex(/^[0-9a-f-]{36}$/)
const Certificate = z
  .string()
  .min(1)
  .max(256 * 1024)

/** A certificate with its key: of an identity here, or out of files that were chosen. */
const Shown = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('identity'), identity: Handle }),
  z.strictObject({ by: z.literal('files'), token: FilesToken }),
])

export const DoorQuestion = z.strictObject({
  work: Work,
  url: Url,
  trust: CallTrust,
  /** What must be let in. With `authority` alone one is issued for the check. */
  right: Shown.optional(),
  /** The authority that the door trusts, if it is one of this vault: it then signs what only it can. */
  authority: Handle.optional(),
  /** A certificate of its book, whose names the throw-aways get. */
  like: Handle.optional(),
  /** The certificate of the authority that the door trusts, where no more of it is here (PEM). */
  issuerPem: Certificate.optional(),
  revoked: Shown.optional(),
  /** The door is said to let in one client alone. */
  pinned: z.boolean(),
})
export type DoorQuestion = z.infer<typeof DoorQuestion>

/** The check of a door. */
export const doorCalls = {
  /** Refuses with `door.not-confirmed` until the user has said that the host may be tested. */
  checkDoor: { input: DoorQuestion, output: DoorReport },
  /** The user says that this host is theirs to test; kept. */
  confirmDoorHost: { input: z.strictObject({ url: Url }), output: z.strictObject({ host: z.string() }) },
  /** `again`: the file chosen last, now with its passphrase. */
  chooseDoorFile: {
    input: z.strictObject({
      what: z.enum(['identity', 'certificate']),
      again: z.boolean().optional(),
      passphrase: z.string().max(1024).optional(),
    }),
    output: z.strictObject({
      chosen: z
        .strictObject({
          name: z.string(),
          subject: z.string(),
          notAfter: z.string(),
          isCa: z.boolean(),
          sha256: z.string(),
          sha1: z.string(),
          /** Lower-case hex without leading zeros. */
          serial: z.string(),
          /** Of certificates: all that the file holds. */
          pem: z.string().optional(),
          /** Of identities: the key stays in the main process. */
          token: FilesToken.optional(),
        })
        .nullable(),
    }),
  },
  /** Issues a certificate, revokes it, signs a new list and saves that: the server has to load it before the check. */
  prepareRevoked: {
    input: z.strictObject({ authority: Handle, like: Handle.optional() }),
    output: z.strictObject({ saved: z.string().nullable(), until: z.iso.datetime() }),
  },
  /** The revoked certificates that are kept for checks, by authority. */
  preparedRevoked: {
    input: z.strictObject({}),
    output: z.strictObject({
      prepared: z.array(z.strictObject({ authority: Handle, until: z.iso.datetime() })),
    }),
  },
  saveDoorReport: {
    input: z.strictObject({ report: DoorReport.shape.id, as: z.enum(['markdown', 'json']) }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  /** Writes the files of a configuration into a folder; with `authority`, what it names as clients' CA and list too. */
  saveServerConfiguration: {
    input: z.strictObject({
      server: ServerKind,
      wish: ServerWish,
      authority: Handle.optional(),
      /** Also certificate and key of the listener that is set up for this provider. */
      listener: z.string().min(1).max(40).optional(),
    }),
    output: z.strictObject({ saved: z.string().nullable(), files: z.array(z.string()) }),
  },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
