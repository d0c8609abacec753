import type { z } from 'zod'
import { convert as converted } from '../../shared/pki/convert.ts'
import { type Converted, type ConvertHow, type Target, targets } from '../../shared/pki/convert-how.ts'
import { type Items, itemsOf } from '../../shared/pki/convert-items.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { policyInForce } from '../policy/in-force.ts'
import { passphraseRefusal } from '../policy/refusals.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption } from './command.ts'
import type { Io } from './io.ts'
import type { ConvertOut } from './output.ts'
import { newPassphrase, passphrasesGiven, withPassphrases } from './passphrase.ts'
import { columns, painter, plain } from './print.ts'
import { readGiven } from './read-given.ts'
import { type OutFile, writeFiles } from './write-files.ts'

export const convert: Command = {
  name: 'convert',
  usage: 'FILE… --to FORM --out FILE',
  says: 'Writes certificates, requests, lists and keys in another form, or as programs want them: repaired, in order, in one file. FILE may be of any form, - is standard input.',
  notes: [
    'Forms: pem; der (one object); p7b and p7c (certificates alone, as text or in DER); p12 (key, certificate, chain); jks (the same as a Java keystore of the old kind) and truststore (certificates to trust, as PKCS#12 for Java); pkcs8, pkcs1 and sec1 (the private key); public-key (taken out of whatever holds one).',
    'What was protected by a passphrase stays so: a key out of a bundle or keystore is written with --passphrase-out-file, or in the clear when that is asked for by --key-unencrypted.',
  ],
  options: {
    to: { takes: 'FORM', says: targets.join(', ') },
    out: { takes: 'FILE', says: 'what to write; - for standard output' },
    repair: {
      says: 'pem, each object as it is, with everything put right that programs refuse; the certificates in order',
    },
    order: { says: 'certificates in order, yours first, then each issuer; pem and p12 are so in any case' },
    'key-out': { takes: 'FILE', says: 'pem: private keys go to this file, the rest to --out' },
    'no-keys': { says: 'leave private keys out' },
    alias: { takes: 'NAME', says: 'of a container with several keys, the one of this name' },
    older: { says: 'p12, truststore: triple DES and SHA-1, for systems from before about 2015; AES-256 otherwise' },
    fips: {
      says: 'p12, truststore: approved algorithms only, also for the MAC (PBMAC1); opened by OpenSSL 3.4 and newer',
    },
    'passphrase-file': { takes: 'FILE', many: true, says: 'first line of FILE opens what is locked' },
    'passphrase-out-file': { takes: 'FILE', says: 'first line of FILE protects the private key that is written' },
    'key-unencrypted': { says: 'a private key that was protected may lie in the clear' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign convert returned.cer --repair --out acme.crt',
    'countersign convert acme.crt intermediate.der --to p7b --out acme.p7b',
    'countersign convert acme.p12 --passphrase-file pass.txt --to pem --out acme.crt --key-out acme.key --passphrase-out-file pass.txt',
    'countersign convert keystore.jks --alias client --passphrase-file pass.txt --to p12 --passphrase-out-file new.txt --out client.p12',
  ],
  async run(args, io) {
    const how = howGiven(args, io)
    if (!how.ok) return how
    const passphrases = await passphrasesGiven(args)
    if (!passphrases.ok) return passphrases
    const found: Items[] = []
    for (const path of args.rest) {
      const items = await itemsIn(path, io, passphrases.value)
      if (!items.ok) return items
      found.push(items.value)
    }
    const protection = await protectionGiven(args, io, how.value.to)
    if (!protection.ok) return protection
    const made = await converted(found, { ...how.value, ...protection.value })
    if (!made.ok) return made
    const refused = liesInTheClear(made.value) ? passphraseRefusal(policyInForce(), null, true) : null
    return refused ? refuse(refused) : write(made.value, args, io)
  },
}

function readersGiven(args: Arguments, to: Target): Result<ConvertHow['readers']> {
  const [older, fips] = [args.has('older'), args.has('fips')]
  if (older && fips) return usageProblem('Say either --older or --fips')
  if ((older || fips) && to !== 'p12' && to !== 'truststore') {
    return usageProblem(`${older ? '--older' : '--fips'} goes with --to p12 or truststore`)
  }
  return ok(older ? 'older' : fips ? 'fips' : 'modern')
}

/** Forms that always have a passphrase. */
const locked: readonly Target[] = ['p12', 'jks', 'truststore']

function howGiven(args: Arguments, io: Io): Result<ConvertHow> {
  if (args.rest.length === 0) return usageProblem('Say which files to convert')
  const wanted = args.one('to') ?? (args.has('repair') ? 'pem' : undefined)
  if (wanted === undefined) return usageProblem(`Say --to FORM (${targets.join(', ')}), or --repair`)
  const to = targets.find((target): target is Target => target === wanted)
  if (!to) return usageProblem(`There is no form “${wanted}”; there are ${targets.join(', ')}`)
  if (args.has('repair') && to !== 'pem') return usageProblem('--repair writes pem')
  if (!args.has('out')) return usageProblem('Say --out FILE, or --out - for standard output')
  if (args.one('out') === '-' && args.has('json')) return usageProblem('--json and --out - both want standard output')
  if (args.has('key-out') && to !== 'pem') return usageProblem('--key-out goes with --to pem')
  if (args.has('key-out') && args.has('no-keys')) return usageProblem('Say either --key-out or --no-keys')
  const readers = readersGiven(args, to)
  if (!readers.ok) return readers
  const forKeys = args.has('key-unencrypted') || args.has('passphrase-out-file')
  if (args.has('key-unencrypted') && args.has('passphrase-out-file')) {
    return usageProblem('Say either --passphrase-out-file or --key-unencrypted')
  }
  if (forKeys && args.has('no-keys')) return usageProblem('--no-keys leaves nothing to be protected')
  const alias = args.one('alias')
  return ok({
    to,
    order: to === 'pem' || args.has('order'),
    withoutKeys: args.has('no-keys'),
    keyApart: args.has('key-out'),
    readers: readers.value,
    now: io.now(),
    inTheClear: args.has('key-unencrypted'),
    ...(alias !== undefined && { alias }),
  })
}

async function protectionGiven(args: Arguments, io: Io, to: Target): Promise<Result<{ passphrase?: string }>> {
  if (!locked.includes(to) && !args.has('passphrase-out-file')) return ok({})
  const passphrase = await newPassphrase(args, io, args.one('out') ?? '', 'passphrase-out-file')
  if (!passphrase.ok) return passphrase
  return passphrase.value === null
    ? usageProblem('A bundle or keystore needs a passphrase: --passphrase-out-file, or a terminal')
    : ok({ passphrase: passphrase.value })
}

/** A private key that no passphrase protects is in what would be written. */
function liesInTheClear({ content, key, secret }: Converted): boolean {
  const texts = [content, ...(key === undefined ? [] : [key])].map((part) =>
    typeof part === 'string' ? part : Buffer.from(part).toString('latin1'),
  )
  const blocks = texts.flatMap((text) => text.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]{0,400}/g) ?? [])
  // Without lines it is DER: PKCS#12 and JKS seal their keys, and begin otherwise than a bare key (RFC 5208).
  if (blocks.length === 0) return secret && texts.some((text) => /^0[\s\S]{1,4}\x02\x01[\x00\x01]/.test(text))
  // OpenSSH’s own form names its cipher where base64 shows it: here “none”.
  return blocks.some((block) => !/ENCRYPTED|OPENSSH/.test(block) || block.includes('b3BlbnNzaC1rZXktdjEAAAAABG5vbmU'))
}

async function itemsIn(path: string, io: Io, passphrases: readonly string[]): Promise<Result<Items>> {
  const read = path === '-' ? ok(await io.stdin()) : await readGiven(path)
  if (!read.ok) return read
  const name = path === '-' ? 'standard input' : path
  // All that are at hand at once: each key of a keystore may have its own.
  return withPassphrases(io, [], name, (typed) =>
    itemsOf(name, new Uint8Array(read.value), typed === undefined ? passphrases : [...passphrases, typed]),
  )
}

async function write(made: Converted, args: Arguments, io: Io): Promise<Result<Answer>> {
  const [out = '', keyOut] = [args.one('out'), args.one('key-out')]
  const files: OutFile[] = [
    { path: out, content: made.content, secret: made.secret },
    ...(keyOut !== undefined && made.key ? [{ path: keyOut, content: made.key, secret: true }] : []),
  ]
  const toDisk = files.filter(({ path }) => path !== '-')
  const written = await writeFiles(toDisk, args.has('force'))
  if (!written.ok) return written
  if (out === '-') {
    io.put(made.content)
    for (const change of made.changes) io.note(`countersign: ${plain(change)}`)
    return ok({ exit: 0 })
  }
  const json: z.infer<typeof ConvertOut> = {
    files: files.map(({ path }) => path),
    changes: made.changes,
    objects: made.objects,
  }
  const text = () =>
    [
      painter(io)(`Written: ${json.files.map(plain).join(', ')}`, 'strong'),
      columns([
        [
          'holds',
          made.objects.map(({ kind, name }) => `${kind.replace('-', ' ')}${name === undefined ? '' : ` (${name})`}`),
        ],
        ['changed', made.changes],
      ]),
    ].join('\n')
  return ok({ exit: 0, json, text })
}
