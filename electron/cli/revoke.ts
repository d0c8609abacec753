import type { z } from 'zod'
import { hasInvalidity, reasonWords } from '../../shared/authority/reason-words.ts'
import { RevocationReason } from '../../shared/authority/revocation-reason.ts'
import { ok, type Result } from '../../shared/result.ts'
import { listFile } from '../authority/list-file.ts'
import { makeList } from '../authority/make-list.ts'
import { type Revocation, revoke as revokeInBook } from '../authority/revoke.ts'
import type { SigningMeans } from '../authority/signers.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { authorityNamed, authorityOption, issuedNamed } from './authority-named.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { RevokeOut } from './output-book.ts'
import { columns, painter } from './print.ts'
import { signingMeans, useKeyOption } from './signing-means.ts'
import { writeFiles } from './write-files.ts'

const reasons = RevocationReason.options.join(', ')

export const revoke: Command = {
  name: 'revoke',
  usage: 'SERIAL|NAME --reason REASON',
  says: 'Revokes a certificate that an authority of the app’s vault has issued. Servers refuse it once they have the next revocation list.',
  notes: [
    'A revocation is not taken back. With --crl the next list is signed and written at once.',
    `Reasons are ${reasons}.`,
  ],
  options: {
    reason: {
      takes: 'REASON',
      says: 'why, in OpenSSL’s words; unspecified otherwise, which a list does not name',
    },
    'invalid-since': { takes: 'DATE', says: 'day since which the key is known or feared to be in other hands' },
    authority: authorityOption,
    crl: { takes: 'FILE', says: 'also sign the next list and write it here (PEM)' },
    'use-key': useKeyOption,
    data: dataOption,
    'passphrase-file': { ...passphraseOption, says: 'first line of FILE is the passphrase of the vault' },
    force: { says: 'replace the file of --crl' },
    json: jsonOption,
  },
  examples: [
    'countersign revoke 70B8A7130370F733 --reason keyCompromise --invalid-since 2026-02-20 --crl acme.crl.pem --force',
    'countersign revoke api.acme.example --reason superseded',
  ],
  async run(args, io) {
    const [wanted, ...more] = args.rest
    if (wanted === undefined || more.length > 0) {
      return usageProblem('Name the one certificate by its serial number or its name')
    }
    const revocation = revocationGiven(args)
    if (!revocation.ok) return revocation
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const opened = await openAppVault(args, io)
    if (!opened.ok) return opened
    try {
      return await revokeOne(signingMeans(opened.value, args, io), { wanted, revocation: revocation.value, args, io })
    } finally {
      await opened.value.vault.close()
    }
  },
}

function revocationGiven(args: Arguments): Result<Revocation> {
  const reason = RevocationReason.safeParse(args.one('reason') ?? 'unspecified')
  if (!reason.success) return usageProblem(`--reason is one of ${reasons}`)
  const since = args.one('invalid-since')
  if (since === undefined) return ok({ reason: reason.data })
  if (!hasInvalidity(reason.data)) return usageProblem('--invalid-since goes with keyCompromise and CACompromise')
  const day = new Date(`${since}T00:00:00Z`)
  const real = /^\d{4}-\d\d-\d\d$/.test(since) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(since)
  if (!real) return usageProblem(`--invalid-since is a day such as 2026-02-20, not “${since}”`)
  return ok({ reason: reason.data, invalidSince: day.toISOString() })
}

type Given = { wanted: string; revocation: Revocation; args: Arguments; io: Io }

async function revokeOne(means: SigningMeans, { wanted, revocation, args, io }: Given): Promise<Result<Answer>> {
  const named = args.has('authority') ? await authorityNamed(means.vault, args) : undefined
  if (named && !named.ok) return named
  const found = await issuedNamed(means.vault, wanted, named?.value.handle)
  if (!found.ok) return found
  const revoked = await revokeInBook(means, found.value.handle, revocation)
  if (!revoked.ok) return revoked
  const { authority, name, subject, serial } = revoked.value
  const list = await listAfter(means, authority, args)
  if (!list.ok) return list
  const { at, reason, invalidSince = null } = revoked.value.revoked!
  const json: z.infer<typeof RevokeOut> = {
    authority: (await means.vault.authorities.find(authority))?.name ?? '',
    name,
    subject,
    serial: serial.toUpperCase(),
    revokedAt: at,
    reason,
    invalidSince,
    list: list.value,
  }
  const text = () =>
    columns([
      [painter(io)('Revoked', 'bad'), `${name} (${json.serial})`],
      ['Because', `${reasonWords(reason)} (${reason})`],
      ['List', list.value ? `number ${list.value.number}, ${list.value.file}` : undefined],
      ['Next', list.value ? undefined : '`countersign crl` signs the list by which servers learn of it'],
    ])
  return ok({ exit: 0, json, text })
}

async function listAfter(
  means: SigningMeans,
  authority: string,
  args: Arguments,
): Promise<Result<z.infer<typeof RevokeOut>['list']>> {
  const path = args.one('crl')
  if (path === undefined) return ok(null)
  const made = await makeList(means, authority)
  if (!made.ok) return made
  const file = await listFile(means, authority)
  if (!file.ok) return file
  const written = await writeFiles([{ path, content: file.value.pem }], args.has('force'))
  if (!written.ok) return written
  const { number = 0, nextUpdate = '' } = made.value.crl ?? {}
  return ok({ number, nextUpdate, file: path })
}
