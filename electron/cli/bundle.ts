import type { z } from 'zod'
import { readCertificate } from '../../shared/pki/certificate.ts'
import { orderChainChecked } from '../../shared/pki/chain.ts'
import { spkiSha256 } from '../../shared/pki/keys.ts'
import { partOf } from '../../shared/pki/names.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { createReader, type Reader } from '../reader-client.ts'
import { type Arguments, usageProblem } from './args.ts'
import { type Answer, type Command, jsonOption } from './command.ts'
import type { Io } from './io.ts'
import { certificatesIn, type Held, keyIn } from './material.ts'
import type { BundleOut } from './output.ts'
import { newPassphrase, passphrasesGiven } from './passphrase.ts'
import { columns, painter } from './print.ts'
import { unlessSwapped } from './swapped.ts'
import { writeFiles } from './write-files.ts'

export const bundle: Command = {
  name: 'bundle',
  usage: '--cert FILE --key FILE --out FILE.p12',
  says: 'Puts key, certificate and chain into a bundle (PKCS#12) that a service can load. The bundle always has a passphrase.',
  options: {
    cert: { takes: 'FILE', says: 'the certificate; issuers in the same file are taken along' },
    key: { takes: 'FILE', says: 'its private key' },
    chain: { takes: 'FILE', many: true, says: 'issuers above the certificate' },
    out: { takes: 'FILE', says: 'the bundle to write' },
    name: { takes: 'NAME', says: 'friendly name (Java: alias) in the bundle; the common name otherwise' },
    older: { says: 'triple DES and SHA-1, for systems from before about 2015; AES-256 otherwise' },
    'passphrase-file': {
      takes: 'FILE',
      says: 'first line of FILE protects the bundle; asked for on a terminal otherwise',
    },
    'key-passphrase-file': { takes: 'FILE', says: 'first line of FILE opens the key, where it differs' },
    force: { says: 'replace a file that is there' },
    json: jsonOption,
  },
  examples: [
    'countersign bundle --cert acme.crt --key acme.key --chain acme.chain.pem --passphrase-file pass.txt --out acme.p12',
  ],
  async run(args, io) {
    for (const name of ['cert', 'key', 'out']) if (!args.has(name)) return usageProblem(`Say --${name} FILE`)
    const reader = createReader()
    try {
      return await make(args, io, reader)
    } finally {
      await reader.close()
    }
  },
}

async function make(args: Arguments, io: Io, reader: Reader): Promise<Result<Answer>> {
  const [cert = '', key = '', out = ''] = [args.one('cert'), args.one('key'), args.one('out')]
  const forKey = await passphrasesGiven(args, 'key-passphrase-file')
  const forBundle = await passphrasesGiven(args)
  if (!forKey.ok) return forKey
  if (!forBundle.ok) return forBundle
  const opened = await keyIn(key, io, [...forKey.value, ...forBundle.value])
  if (!opened.ok) return unlessSwapped(opened, cert, key, reader)
  const digest = opened.value.spki && (await spkiSha256(opened.value.spki))

  const held: Held[] = []
  for (const path of [cert, ...args.all('chain')]) {
    const found = await certificatesIn(path, reader, io, [...forBundle.value, ...forKey.value])
    if (!found.ok) return path === cert ? unlessSwapped(found, cert, key, reader) : found
    held.push(...found.value)
  }
  const leaf = held.find(({ facts }) => facts.spkiSha256 === digest)
  if (!leaf) return refuse({ code: 'export.key-mismatch', key, certificate: cert })
  const { chain, missingIssuer } = await orderChainChecked(
    leaf.der,
    held.map(({ der }) => der),
  )
  const passphrase = await newPassphrase(args, io, out)
  if (!passphrase.ok) return passphrase
  if (passphrase.value === null) return usageProblem('A bundle needs a passphrase: --passphrase-file, or a terminal')

  const readers = args.has('older') ? 'older' : 'modern'
  const friendlyName = args.one('name') ?? partOf(leaf.facts.subjectParts, 'CN') ?? 'client'
  const content = await writePkcs12({
    pkcs8: opened.value.pkcs8,
    certificateDer: leaf.der,
    chain,
    friendlyName,
    passphrase: passphrase.value,
    readers,
  })
  opened.value.pkcs8.fill(0)
  const written = await writeFiles([{ path: out, content, secret: true }], args.has('force'))
  if (!written.ok) return written
  const json: z.infer<typeof BundleOut> = {
    file: out,
    readers,
    friendlyName,
    subject: leaf.facts.subject ?? '',
    notAfter: leaf.facts.notAfter ?? '',
    chain: chain.map((der) => readCertificate(der)?.facts.subject ?? ''),
    missingIssuer: missingIssuer ?? null,
  }
  const text = () =>
    [
      painter(io)('The bundle is ready', 'strong'),
      columns([
        ['bundle', out],
        ['for', readers === 'older' ? 'older systems (triple DES, SHA-1)' : 'AES-256, PBKDF2 and SHA-256'],
        ['name', friendlyName],
        ['subject', json.subject],
        ['chain', json.chain],
        ['missing', missingIssuer && `the chain ends before ${missingIssuer}`],
      ]),
    ].join('\n')
  return ok({ exit: 0, json, text })
}
