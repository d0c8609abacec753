import { join } from 'node:path'
import type { z } from 'zod'
import { ok, type Result } from '../../shared/result.ts'
import { serverConfiguration } from '../../shared/serverconfig/server-configuration.ts'
import { ServerKind, type ServerPin, ServerWish } from '../../shared/serverconfig/server-wish.ts'
import { usualWish } from '../../shared/serverconfig/usual-wish.ts'
import { createReader } from '../reader-client.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { type Command, jsonOption, providerOptions } from './command.ts'
import type { Io } from './io.ts'
import { certificatesIn } from './material.ts'
import type { ServerConfigOut } from './output-door.ts'
import { type Paint, painter, plain } from './print.ts'
import { providerGiven } from './provider.ts'
import { writeFiles } from './write-files.ts'

const { provider, 'provider-file': providerFile } = providerOptions

export const serverConfig: Command = {
  name: 'server-config',
  usage: '--for SERVER --host NAME',
  says: 'Writes the configuration of a server that demands client certificates: whose, to which depth, against which revocation list, and how the application learns who called.',
  notes: [
    `SERVER is one of ${ServerKind.options.join(', ')}.`,
    'The files named here need not be there: their paths go into the configuration as they are. Only --pin is read.',
  ],
  options: {
    for: { takes: 'SERVER', says: 'the server program' },
    host: { takes: 'NAME', says: `what callers call; ${usualWish.host} otherwise` },
    port: { takes: 'N', says: '443 otherwise' },
    address: { takes: 'IP', says: 'listen on this address alone' },
    cert: { takes: 'FILE', says: 'path of the server certificate with its chain' },
    key: { takes: 'FILE', says: 'path of its private key' },
    'client-ca': { takes: 'FILE', says: 'path of the authorities that clients’ certificates come from' },
    crl: { takes: 'FILE', says: 'path of their revocation lists' },
    'no-crl': { says: 'check no revocation list' },
    depth: { takes: 'N', says: 'certificates between a client’s and the root, 0 to 9; 1 otherwise' },
    'pin-name': { takes: 'NAME', says: 'let in only the client with this name' },
    pin: { takes: 'FILE', says: 'let in only this certificate' },
    upstream: { takes: 'URL', says: `where the application listens; ${usualWish.upstream} otherwise` },
    'subject-header': { takes: 'NAME', says: `${usualWish.headers.subject} otherwise` },
    'fingerprint-header': { takes: 'NAME', says: `${usualWish.headers.fingerprint} otherwise` },
    'certificate-header': { takes: 'NAME', says: `${usualWish.headers.certificate} otherwise` },
    provider: { ...provider, says: 'who calls: for the comments' },
    'provider-file': providerFile,
    call: { takes: 'ID', says: 'which of the provider’s calls, where there are several: see `countersign providers`' },
    out: { takes: 'FOLDER', says: 'write the files there; printed otherwise' },
    force: { says: 'replace files that are there' },
    json: jsonOption,
  },
  examples: [
    'countersign server-config --for nginx --host hooks.example.com --provider truv --pin-name mtls-prod.truv.com',
    'countersign server-config --for haproxy --client-ca /etc/ssl/clients.crt --no-crl --out haproxy/',
  ],
  async run(args, io) {
    if (args.rest.length > 0) return usageProblem(`What is “${args.rest[0]}”? The server is named by --for`)
    const server = ServerKind.safeParse(args.one('for'))
    if (!server.success) return usageProblem(`--for is one of ${ServerKind.options.join(', ')}`)
    const wish = await wishGiven(args, io)
    if (!wish.ok) return wish
    const made = serverConfiguration(server.data, wish.value)
    const out = args.one('out')
    const saved =
      out === undefined ? [] : made.files.map(({ name, text }) => ({ path: join(out, lastPart(name)), content: text }))
    const written = await writeFiles(saved, args.has('force'))
    if (!written.ok) return written
    const json: z.infer<typeof ServerConfigOut> = { ...made, saved: saved.map(({ path }) => path) }
    return ok({ exit: 0, json, text: () => configurationText(json, painter(io)) })
  },
}

const lastPart = (path: string): string => path.split('/').at(-1) ?? path

const optionOf: Record<string, string> = { certificate: 'cert', clientCa: 'client-ca', headers: 'subject-header' }

async function wishGiven(args: Arguments, io: Io): Promise<Result<ServerWish>> {
  const port = wholeNumber(args, 'port', 1, 65_535)
  if (!port.ok) return port
  const depth = wholeNumber(args, 'depth', 0, 9)
  if (!depth.ok) return depth
  if (args.has('crl') && args.has('no-crl')) return usageProblem('Say either --crl or --no-crl')
  const pin = await pinGiven(args, io)
  if (!pin.ok) return pin
  const profile = await providerGiven(args)
  if (!profile.ok) return profile
  const calls = profile.value?.callsYou.filter(({ presents }) => presents) ?? []
  const call = args.has('call') ? calls.find(({ id }) => id === args.one('call')) : calls[0]
  if (args.has('call') && !call)
    return usageProblem(`--call is one of ${calls.map(({ id }) => id).join(', ') || 'none'}`)
  const { headers } = usualWish
  const crl = args.has('no-crl') ? undefined : (args.one('crl') ?? usualWish.crl)
  const address = args.one('address')
  const wish = ServerWish.safeParse({
    host: args.one('host') ?? usualWish.host,
    port: port.value ?? usualWish.port,
    ...(address !== undefined && { address }),
    certificate: args.one('cert') ?? usualWish.certificate,
    key: args.one('key') ?? usualWish.key,
    clientCa: args.one('client-ca') ?? usualWish.clientCa,
    ...(crl !== undefined && { crl }),
    depth: depth.value ?? usualWish.depth,
    ...(pin.value && { pin: pin.value }),
    upstream: args.one('upstream') ?? usualWish.upstream,
    headers: {
      subject: args.one('subject-header') ?? headers.subject,
      fingerprint: args.one('fingerprint-header') ?? headers.fingerprint,
      certificate: args.one('certificate-header') ?? headers.certificate,
    },
    ...(profile.value && { caller: { name: profile.value.name, presents: call?.presents?.by ?? 'provider' } }),
  })
  if (wish.success) return ok(wish.data)
  const [issue] = wish.error.issues
  const [field = '', inner] = (issue?.path ?? []).map(String)
  const option = field === 'headers' ? `${inner}-header` : field === 'pin' ? 'pin-name' : (optionOf[field] ?? field)
  return usageProblem(`--${option} cannot be taken: ${issue?.message.replace(/^Invalid string: /, '') ?? 'unfit'}`)
}

async function pinGiven(args: Arguments, io: Io): Promise<Result<ServerPin | undefined>> {
  const name = args.one('pin-name')
  const path = args.one('pin')
  if (name !== undefined && path !== undefined) return usageProblem('Say either --pin or --pin-name')
  if (name !== undefined) return ok({ by: 'name', name })
  if (path === undefined) return ok(undefined)
  const reader = createReader()
  try {
    const found = await certificatesIn(path, reader, io, [])
    if (!found.ok) return found
    const { sha256 = '', sha1 = '', serialHex = '' } = found.value[0]?.facts ?? {}
    return ok({ by: 'certificate', sha256, sha1, serial: serialHex.toLowerCase().replace(/^0+(?=.)/, '') })
  } finally {
    await reader.close()
  }
}

function configurationText(made: z.infer<typeof ServerConfigOut>, paint: Paint): string {
  const lines = [paint(made.name, 'strong'), `  needs    ${plain(made.needs)}`]
  if (made.proven) lines.push(`  tested   started from this file, and its door checked, with ${made.proven}`)
  for (const line of made.prepare) lines.push(`  before   ${plain(line)}`)
  if (made.check) lines.push(`  check    ${plain(made.check)}`)
  if (made.reload) lines.push(`  reload   ${plain(made.reload)}`)
  lines.push(...made.caveats.map((one) => `  ${paint('mind', 'soon')}     ${plain(one)}`))
  for (const [i, { name, text }] of made.files.entries()) {
    lines.push('', made.saved[i] === undefined ? paint(name, 'strong') : `written  ${plain(made.saved[i])}`)
    if (made.saved[i] === undefined) lines.push(text.trimEnd())
  }
  return lines.join('\n')
}
