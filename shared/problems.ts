import type { AuthorityProblem } from './problems/authority.ts'
import type { BookProblem } from './problems/book.ts'
import type { CalendarProblem } from './problems/calendar.ts'
import type { HandoverProblem } from './problems/handover.ts'
import type { RenewalProblem } from './problems/renewal.ts'
import type { ServiceProblem } from './problems/signing-services.ts'
import type { TokenProblem } from './problems/tokens.ts'
import type { KeepingProblem } from './problems/vault.ts'
import type { WebhookProblem } from './problems/webhooks.ts'

/**
 * Every way the app can say no. The code is a promise: tests, logs and scripts quote it, so codes are added but never
 * renamed. A problem carries names, sizes and counts, never file contents, passphrases or library messages, because
 * any of those may hold a key.
 */
export type Problem =
  | { code: 'app.unexpected' }
  | { code: 'app.stranger' }
  | { code: 'app.input-invalid'; field: string }
  | { code: 'app.cancelled' }
  | { code: 'file.not-found'; name: string }
  | { code: 'file.not-readable'; name: string }
  | { code: 'file.not-writable'; name: string }
  | { code: 'file.too-large'; name: string; bytes: number; limit: number }
  | { code: 'file.too-many'; count: number; limit: number }
  | { code: 'file.too-much'; name: string; limit: number }
  | { code: 'file.not-kept' }
  | { code: 'file.exists'; name: string }
  | { code: 'file.empty'; name: string }
  | { code: 'file.folder-empty'; name: string }
  | { code: 'file.unknown-kind'; name: string }
  | { code: 'file.something-else'; name: string; what: SomethingElse }
  | { code: 'file.damaged'; name: string; what: string }
  | { code: 'file.took-too-long'; name: string; limitMs: number }
  | { code: 'file.took-too-much'; name: string; limitMiB: number }
  | { code: 'file.stopped-reader'; name: string }
  | { code: 'file.too-many-objects'; name: string; limit: number }
  | { code: 'object.not-found' }
  | { code: 'object.holds-key'; name: string }
  | { code: 'object.no-such-form'; name: string; form: 'PEM' | 'DER' }
  | { code: 'object.nothing-to-repair'; name: string }
  | { code: 'address.invalid'; address: string }
  | { code: 'address.unreached'; address: string; says: string; next: string }
  | { code: 'address.no-certificate'; address: string }
  | { code: 'key.passphrase-needed'; name: string }
  | { code: 'key.passphrase-wrong'; name: string }
  | { code: 'key.passphrase-short'; least: number }
  | { code: 'key.protection-unsupported'; name: string; scheme: string }
  | { code: 'key.type-unsupported'; name: string; type: string }
  | { code: 'key.none-in-file'; name: string; found: string }
  | { code: 'request.none-in-file'; name: string; found: string }
  | { code: 'crl.none-in-file'; name: string }
  | { code: 'vault.locked' }
  | { code: 'vault.not-set-up' }
  | { code: 'vault.passphrase-wrong' }
  | { code: 'vault.record-damaged'; name: string }
  | { code: 'vault.no-such-identity' }
  | { code: 'vault.keychain-lost' }
  | { code: 'vault.file-lost' }
  | { code: 'vault.no-passphrase' }
  | { code: 'plan.breaks-rules'; findings: number; first: string }
  | { code: 'plan.provider-unknown'; provider: string }
  | { code: 'plan.environment-unknown'; provider: string; environment: string }
  | { code: 'provider.file-wrong'; name: string; field: string; why: string }
  | { code: 'provider.id-taken'; id: string }
  | { code: 'provider.built-in'; provider: string }
  | { code: 'attach.is-request'; name: string }
  | { code: 'attach.is-own-request'; name: string }
  | { code: 'attach.is-private-key'; name: string }
  | { code: 'attach.no-certificate'; name: string; found: string }
  | { code: 'attach.no-identity'; name: string; subject: string }
  | { code: 'attach.other-identity'; name: string; belongsTo: string }
  | { code: 'attach.needs-consent'; name: string; findings: number }
  | { code: 'convert.nothing-for'; to: string; found: string }
  | { code: 'convert.too-many'; to: string; found: string }
  | { code: 'convert.no-pair' }
  | { code: 'convert.no-protection'; to: string }
  | { code: 'convert.key-exposed' }
  | { code: 'pair.swapped'; certificate: string; key: string }
  | { code: 'export.no-certificate' }
  | { code: 'export.key-mismatch'; key: string; certificate: string }
  | { code: 'issue.request-unproven' }
  | { code: 'issue.signature-unknown'; algorithm: string }
  | { code: 'issue.key-weak'; key: string; least: string }
  | { code: 'issue.nobody-named' }
  | { code: 'issue.authority-over'; notAfter: string }
  | { code: 'issue.authority-unfit' }
  | { code: 'practice.not-running' }
  | { code: 'practice.refused'; provider: string; says: string; findings: number; next?: string }
  | { code: 'test.no-certificate'; name: string }
  | { code: 'test.no-provider-ca'; name: string }
  | { code: 'test.url-invalid'; url: string }
  | { code: 'test.blank-missing'; label: string }
  | { code: 'test.trust-file-wrong'; name: string }
  | { code: 'test.trusted-once'; host: string }
  | { code: 'test.address-unknown'; name: string }
  | { code: 'vault.keychain-elsewhere' }
  | { code: 'vault.none-here'; folder: string }
  | { code: 'history.attempt-lost' }
  | { code: 'history.endpoint-lost' }
  | { code: 'history.capture-gone' }
  | { code: 'capture.not-one'; name: string }
  | { code: 'capture.no-tls'; name: string; packets: number }
  | { code: 'cli.usage'; says: string }
  | AuthorityProblem
  | BookProblem
  | ServiceProblem
  | WebhookProblem
  | KeepingProblem
  | CalendarProblem
  | RenewalProblem
  | TokenProblem
  | HandoverProblem

export type ProblemCode = Problem['code']

/** What turns up in place of a certificate or key, and is recognised but of no use here. */
export type SomethingElse =
  | 'web-page'
  | 'archive'
  | 'pdf'
  | 'parameters'
  | 'attribute-certificate'
  | 'ocsp-response'
  | 'openpgp'
  | 'ssh-certificate'
