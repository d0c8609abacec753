import { z } from 'zod'
import { isProxyAddress } from '../tls/proxy-place.ts'

/** `/srv/roots/acme.pem`, `C:\ProgramData\Acme\acme.pem`, or a share: nothing that depends on where the app was started. */
const AbsolutePath = z
  .string()
  .max(1000)
  .regex(/^(?:\/|[A-Za-z]:[\\/]|\\\\[^\\])/, 'an absolute path')

const ProviderId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'the id of a provider, such as truv')

const FeedAddress = z
  .string()
  .max(500)
  .refine(
    (text) => URL.canParse(text) && new URL(text).protocol === 'https:' && new URL(text).username === '',
    'an address that begins with https://, without user and password',
  )

const ProxyPolicy = z
  .strictObject({
    by: z.enum(['none', 'system', 'address']).describe('none: direct; system: what this computer names; address: url'),
    url: z
      .string()
      .max(300)
      .refine(isProxyAddress, 'an address such as http://proxy.example.com:3128, without user and password')
      .optional()
      .describe('with by “address”: http://host:port or https://host:port, without user and password'),
  })
  .refine(({ by, url }) => (by === 'address') === (url !== undefined), {
    path: ['url'],
    message: 'there with by “address”, and only then',
  })

/**
 * What an organisation decides for a computer, as its file says it. Each section governs one thing and may be absent;
 * what no section governs is the user's own choice.
 */
export const Policy = z.strictObject({
  $schema: z.string().max(300).optional().describe('For editors; not read.'),
  organisation: z
    .string()
    .min(1)
    .max(80)
    .optional()
    .describe('Shown beside what is decided here, in place of “your organisation”.'),
  trust: z
    .strictObject({
      roots: z
        .enum(['add', 'only'])
        .describe('add: the files beside the roots of this computer; only: nothing but the files, for any connection'),
      files: z.array(AbsolutePath).min(1).max(100).describe('PEM files of certificates to trust'),
    })
    .optional()
    .describe('Whose server certificates are trusted.'),
  proxy: ProxyPolicy.optional().describe('The way that connections take.'),
  providers: z
    .strictObject({
      allow: z.array(ProviderId).min(1).max(200).optional().describe('Ids of those that new identities may be for'),
      folder: AbsolutePath.optional().describe('Provider files (*.json) that everybody on this computer has'),
      own: z.boolean().optional().describe('false: users add no provider files'),
    })
    .optional()
    .describe('Which providers are offered.'),
  updates: z
    .strictObject({
      enabled: z.boolean().optional().describe('false: the app neither looks for updates nor offers to'),
      feed: FeedAddress.optional().describe('Where updates come from, in place of the address the app was built with'),
    })
    .optional()
    .describe('Updates of the app. Where a package manager brings them, nothing here is needed.'),
  export: z
    .strictObject({ unprotectedKeys: z.boolean().describe('false: private keys leave only under a passphrase') })
    .optional()
    .describe('What may leave the vault.'),
  passphrase: z
    .strictObject({ minimum: z.number().int().min(1).max(128).describe('Characters') })
    .optional()
    .describe('New passphrases: of the vault, of backups, of exported keys.'),
  telemetry: z
    .literal(false)
    .optional()
    .describe('There is none, so there is nothing to switch off: false is the only value, and changes nothing.'),
})
export type Policy = z.infer<typeof Policy>

/** What a policy can govern, and what therefore fails closed when that part of the file is broken. */
export const policySections = ['trust', 'proxy', 'providers', 'updates', 'export', 'passphrase'] as const
export type PolicySection = (typeof policySections)[number]
