import type { z } from 'zod'
import { listState } from '../../shared/authority/list-plan.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { revokedEntries } from '../../shared/pki/revoked-entries.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { indexOf } from '../authority/export-index.ts'
import { listFile } from '../authority/list-file.ts'
import { issuedBy, makeList } from '../authority/make-list.ts'
import type { SigningMeans } from '../authority/signers.ts'
import { trustBundleOf } from '../authority/trust-bundle.ts'
import { dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { authorityNamed, authorityOption } from './authority-named.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import type { Io } from './io.ts'
import type { CrlOut } from './output-book.ts'
import { columns, painter } from './print.ts'
import { signingMeans, useKeyOption } from './signing-means.ts'
import { writeFiles } from './write-files.ts'

export const crl: Command = {
  name: 'crl',
  usage: '--out FILE [--authority NAME]',
  says: 'Signs the next revocation list of an authority in the app’s vault, and writes it with the lists of the issuers above it: what a server needs to refuse who was revoked.',
  notes: [
    'Each list has a higher number than the one before. With --if-due nothing is signed as long as the last list does, so that it can run every hour.',
    'Servers on OpenSSL, nginx among them, want a list for each authority on the way to the root; the PEM file has them all.',
  ],
  options: {
    authority: authorityOption,
    out: { takes: 'FILE', says: 'where the lists are written (PEM)' },
    der: { says: 'write the list of this one authority alone, as DER' },
    days: { takes: 'DAYS', says: 'how long it is good for, 1 to 366; as long as the last one, or 7, otherwise' },
    'if-due': { says: 'sign only when something was revoked since, or the last list nears its end' },
    trust: {
      takes: 'FILE',
      says: 'also write the certificates to trust: old and new ones while authorities follow each other',
    },
    index: { takes: 'FILE', says: 'also write the book as `openssl ca` keeps it (index.txt)' },
    'use-key': useKeyOption,
    data: dataOption,
    'passphrase-file': { ...passphraseOption, says: 'first line of FILE is the passphrase of the vault' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign crl --authority "Acme CA" --out acme.crl.pem --trust acme-trust.pem --force',
    'countersign crl --if-due --out /etc/nginx/acme.crl.pem --force --passphrase-file vault.txt',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem(`There is nothing to do with “${args.rest[0]}”`)
    if (!['out', 'trust', 'index'].some((name) => args.has(name))) return usageProblem('Say where it goes: --out FILE')
    const days = wholeNumber(args, 'days', 1, 366)
    if (!days.ok) return days
    if (await onlyTheAppCanOpen(args, io)) return asTheApp(args, io)
    const opened = await openAppVault(args, io)
    if (!opened.ok) return opened
    try {
      return await writeList(signingMeans(opened.value, args, io), args, days.value, io)
    } finally {
      await opened.value.vault.close()
    }
  },
}

async function writeList(
  means: SigningMeans,
  args: Arguments,
  days: number | undefined,
  io: Io,
): Promise<Result<Answer>> {
  const named = await authorityNamed(means.vault, args)
  if (!named.ok) return named
  const { handle, name } = named.value
  const issued = await issuedBy(means, handle)
  const revoked = issued.flatMap((one) => one.revoked ?? [])
  const made = !args.has('if-due') || listState(named.value.crl, revoked, means.now()) !== 'current'
  const record = made ? await makeList(means, handle, days) : ok(named.value)
  if (!record.ok) return record
  const file = await listFile(means, handle)
  if (!file.ok) return file
  const { crl: last } = record.value
  const der = last && pemBlocks(last.pem)[0]?.der
  if (!last || !der) return refuse({ code: 'list.none-yet', name })
  const { records } = await means.vault.authorities.list()
  const [list = null, trust = null, index = null] = ['out', 'trust', 'index'].map((option) => args.one(option) ?? null)
  const written = await writeFiles(
    [
      ...(list === null ? [] : [{ path: list, content: args.has('der') ? der : file.value.pem }]),
      ...(trust === null ? [] : [{ path: trust, content: trustBundleOf(records, handle, means.now()) }]),
      ...(index === null ? [] : [{ path: index, content: indexOf(issued, means.now()) }]),
    ],
    args.has('force'),
  )
  if (!written.ok) return written
  const { number, thisUpdate, nextUpdate } = last
  const { missing } = file.value
  const of = args.has('der') ? file.value.of.slice(0, 1) : file.value.of
  for (const one of missing)
    io.note(`countersign: the list of “${one}” could not be made here, and servers may want it`)
  const json: z.infer<typeof CrlOut> = {
    authority: name,
    number,
    thisUpdate,
    nextUpdate,
    revoked: revokedEntries(der).length,
    made,
    of,
    missing,
    files: { list, trust, index },
  }
  const text = () =>
    columns([
      [painter(io)(made ? 'Signed' : 'Still good', made ? 'good' : 'strong'), `list ${number} of ${name}`],
      ['Good until', nextUpdate],
      ['On it', json.revoked === 1 ? '1 certificate' : `${json.revoked} certificates`],
      ['With lists of', of.length > 1 ? of.slice(1).join(', ') : undefined],
      ['Written', [list, trust, index].filter((path) => path !== null)],
    ])
  return ok({ exit: 0, json, text })
}
