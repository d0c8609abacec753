import { z } from 'zod'
import { Finding } from '../findings.ts'
import { Draft, Handle, IdentityDetail, IdentityPlan } from '../identity.ts'
import { TokenChoice } from '../tokens/token.ts'
import { DroppedContent, Nothing, Passphrase, PastedText, Path, Work } from './inputs.ts'

/** Where a certificate to attach comes from. `choose` opens the system's file dialog. */
export const CertificateSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('choose') }),
  z.strictObject({ from: z.literal('paths'), paths: z.array(Path).min(1).max(50) }),
  z.strictObject({ from: z.literal('contents'), files: z.array(DroppedContent).min(1).max(50) }),
  z.strictObject({ from: z.literal('text'), text: PastedText }),
  /** The files chosen last in the dialog, once more: now with their passphrase. */
  z.strictObject({ from: z.literal('again') }),
])

/** Identities: made, certified, kept, exported. */
export const identityCalls = {
  readIdentity: { input: z.strictObject({ identity: Handle }), output: IdentityDetail },
  /** With `token` the key is made there, or is there already; otherwise it is made here and sealed in the vault. */
  createIdentity: {
    input: z.strictObject({ work: Work, plan: IdentityPlan, token: TokenChoice.optional() }),
    output: IdentityDetail,
  },
  selfSign: {
    input: z.strictObject({ identity: Handle, days: z.number().int().min(1).max(3650) }),
    output: IdentityDetail,
  },
  /** Nothing stored changes when this refuses. `despite` lists finding codes the user accepted. */
  attachCertificate: {
    input: z.strictObject({
      identity: Handle.optional(),
      source: CertificateSource,
      passphrase: z.string().max(1024).optional(),
      despite: z.array(z.string().max(80)).max(40),
    }),
    output: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('attached'), identity: IdentityDetail }),
      /** It fits, but findings refuse it: show them, then ask again with `despite`. `pem` goes back as text. */
      z.strictObject({ outcome: z.literal('flagged'), name: z.string(), pem: z.string(), findings: z.array(Finding) }),
      z.strictObject({ outcome: z.literal('cancelled') }),
    ]),
  },
  renameIdentity: {
    input: z.strictObject({ identity: Handle, name: z.string().trim().min(1).max(120) }),
    output: IdentityDetail,
  },
  removeIdentity: { input: z.strictObject({ identity: Handle }), output: Nothing },
  saveRequest: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  /** The certificate alone, without its key: what is uploaded where one signs it oneself. */
  saveCertificate: {
    input: z.strictObject({ identity: Handle }),
    output: z.strictObject({ saved: z.string().nullable() }),
  },
  exportIdentity: {
    input: z.strictObject({
      identity: Handle,
      as: z.discriminatedUnion('format', [
        z.strictObject({
          format: z.literal('pkcs12'),
          readers: z.enum(['modern', 'older']),
          passphrase: Passphrase,
        }),
        /** `passphrase: null` writes the key in the clear, after the page has warned. */
        z.strictObject({ format: z.literal('pem'), passphrase: Passphrase.nullable() }),
        /** The certificate with its chain, without a key: for programs that use one in a token. */
        z.strictObject({ format: z.literal('certificate') }),
      ]),
    }),
    output: z.strictObject({ saved: z.array(z.string()) }),
  },
  saveDraft: { input: z.strictObject({ draft: Draft.nullable() }), output: Nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
