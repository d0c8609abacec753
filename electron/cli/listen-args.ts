import { readCrl } from '../../shared/pki/crl.ts'
import { pemBlocks } from '../../shared/pki/pem.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import type { ClientDemand } from '../../shared/webhooks/client-verdict.ts'
import { firstSetup, type WebhookAnswer } from '../../shared/webhooks/setup.ts'
import type { Reader } from '../reader-client.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import type { Io } from './io.ts'
import { certificatesIn } from './material.ts'
import { readGiven } from './read-given.ts'

export type DemandGiven = { demand: ClientDemand; acceptable: string[]; says: string }

/** Whom the options let in: exactly one of `--client-ca`, `--pin` and `--any` says so. */
export async function demandGiven(args: Arguments, io: Io, reader: Reader): Promise<Result<DemandGiven>> {
  const [pin, any, cas] = [args.one('pin'), args.has('any'), args.all('client-ca')]
  if ([pin !== undefined, any, cas.length > 0].filter(Boolean).length !== 1) {
    return usageProblem('Say whom to let in: --client-ca FILE, --pin SHA256 or --any')
  }
  const named = args.one('name')
  const name = named === undefined ? {} : { name: named }
  if (any) return ok({ demand: { by: 'any', ...name }, acceptable: [], says: 'any certificate' })
  if (pin !== undefined) {
    const sha256 = pin.replace(/[:\s]/g, '').toLowerCase()
    if (!/^[0-9a-f]{64}$/.test(sha256)) {
      return usageProblem('--pin takes the SHA-256 of a certificate, 64 hexadecimal digits')
    }
    return ok({ demand: { by: { pin: sha256 } }, acceptable: [], says: `the certificate ${sha256.slice(0, 16)}…` })
  }
  const roots: { der: Uint8Array; pem: string }[] = []
  for (const path of cas) {
    const found = await certificatesIn(path, reader, io, [])
    if (!found.ok) return found
    roots.push(...found.value)
  }
  const crls = await listsGiven(args)
  if (!crls.ok) return crls
  return ok({
    demand: { by: { roots: roots.map(({ der }) => der) }, crls: crls.value, checkCrl: crls.value.length > 0, ...name },
    acceptable: roots.map(({ pem }) => pem),
    says: `certificates of ${cas.join(', ')}${named === undefined ? '' : ` with the name ${named}`}`,
  })
}

async function listsGiven(args: Arguments): Promise<Result<Uint8Array[]>> {
  const lists: Uint8Array[] = []
  for (const path of args.all('crl')) {
    const read = await readGiven(path)
    if (!read.ok) return read
    const ders = [read.value, ...pemBlocks(new TextDecoder().decode(read.value)).map(({ der }) => der)]
    const found = ders.filter((der) => readCrl(der) !== null)
    if (found.length === 0) return refuse({ code: 'crl.none-in-file', name: path })
    lists.push(...found)
  }
  return ok(lists)
}

/** What whoever is let in is answered. */
export async function answerGiven(args: Arguments): Promise<Result<WebhookAnswer>> {
  const status = wholeNumber(args, 'answer', 200, 599)
  if (!status.ok) return status
  const delay = wholeNumber(args, 'delay', 0, 60_000)
  if (!delay.ok) return delay
  const usual = firstSetup('').answer
  const given = args.one('body')
  const read = given?.startsWith('@') ? await readGiven(given.slice(1), 64 * 1024) : null
  if (read && !read.ok) return read
  return ok({
    status: status.value ?? 200,
    delayMs: delay.value ?? 0,
    contentType: usual.contentType,
    body: read?.ok ? new TextDecoder().decode(read.value) : (given ?? usual.body),
  })
}
