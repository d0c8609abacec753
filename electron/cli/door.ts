import type { DoorRow } from '../../shared/door/door-report.ts'
import { doorMarkdown } from '../../shared/door/report-text.ts'
import type { DoorMaterial } from '../../shared/door/throw-aways.ts'
import { ok, type Result, refuse } from '../../shared/result.ts'
import { doorAuthorityOf, revokedOf } from '../door/vault-authority.ts'
import { createReader } from '../reader-client.ts'
import { type AppVault, dataOption, openAppVault } from './app-vault.ts'
import { type Arguments, usageProblem, wholeNumber } from './args.ts'
import { asTheApp, onlyTheAppCanOpen } from './as-the-app.ts'
import { authorityNamed } from './authority-named.ts'
import { type Answer, type Command, jsonOption, passphraseOption } from './command.ts'
import { proxyGiven } from './connection-args.ts'
import { doorMaterialGiven } from './door-material.ts'
import { doorText, rowLine } from './door-text.ts'
import type { Io } from './io.ts'
import { painter } from './print.ts'
import { signingMeans, useKeyOption } from './signing-means.ts'
import { trustGiven } from './test-material.ts'
import { writeFiles } from './write-files.ts'

export const door: Command = {
  name: 'door',
  usage: 'URL --mine --ca FILE --cert FILE --key FILE',
  says: 'Presents to a server of yours what it must refuse, in TLS 1.3 and 1.2, and says whether it does: no certificate, a self-signed one, those of other authorities and of a namesake, and, where the authority’s key is given, an expired one, one that is not valid yet, one for servers only and one for another name.',
  notes: [
    'The server must be yours, or its owner must have agreed: --mine says so. At most 20 connections, one at a time, each with one bare GET.',
    'Certificates that --issuer-key signs are valid for an hour at most, and their key is kept nowhere. A revoked one has to be given.',
    'Exit code 0 when the door is shut, 1 when it is open, refuses the right certificate, or nothing can be told.',
  ],
  options: {
    mine: { says: 'the server is yours to test' },
    cert: { takes: 'FILE', says: 'the certificate that must be let in, with its chain, or a PKCS#12 with its key' },
    key: { takes: 'FILE', says: 'its private key, where --cert does not hold it' },
    issuer: { takes: 'FILE', says: 'the certificate of the authority that the door trusts' },
    'issuer-key': { takes: 'FILE', says: 'its private key: signs what only it can sign' },
    authority: {
      takes: 'NAME',
      says: 'an authority of the app’s vault in place of --issuer and --issuer-key; a certificate revoked for checks counts as --revoked',
    },
    'use-key': useKeyOption,
    data: dataOption,
    like: { takes: 'FILE', says: 'a certificate whose names the throw-aways get, where the door pins a name' },
    pinned: { says: 'the door lets in one client alone: also present another one of the same authority' },
    revoked: { takes: 'FILE', says: 'a certificate that the authority has revoked' },
    'revoked-key': { takes: 'FILE', says: 'its private key, where --revoked does not hold it' },
    ca: { takes: 'FILE', says: 'what to trust at the server; the roots of this computer otherwise' },
    'trust-once': { takes: 'SHA256', says: 'trust the one certificate of the server that has this SHA-256' },
    proxy: { takes: 'URL', says: 'an HTTP proxy, or none; otherwise https_proxy and no_proxy' },
    timeout: { takes: 'SECONDS', says: 'for each connection, 1 to 60; 5 otherwise' },
    report: { takes: 'FILE', many: true, says: 'write the report: Markdown, or JSON where FILE ends in .json' },
    force: { says: 'replace reports that are there' },
    'passphrase-file': { ...passphraseOption, many: true },
    json: jsonOption,
  },
  examples: [
    'countersign door https://hooks.example.com/ --mine --ca ca.crt --cert truv.crt --key truv.key',
    'countersign door https://localhost:9443/ --mine --ca ca.crt --issuer ca.crt --issuer-key ca.key --report door.md',
  ],
  async run(args, io) {
    const [url, ...more] = args.rest
    if (url === undefined) return usageProblem('Say which server to check: https://…')
    if (more.length > 0) return usageProblem(`One server at a time: what is “${more[0]}”?`)
    const parsed = URL.canParse(url) && !/\s/.test(url) ? new URL(url) : null
    if (parsed?.protocol !== 'https:' || parsed.username !== '') {
      return refuse({ code: 'test.url-invalid', url: url.slice(0, 300) })
    }
    const timeout = wholeNumber(args, 'timeout', 1, 60)
    if (!timeout.ok) return timeout
    if (args.has('authority') && args.has('issuer')) return usageProblem('Say either --authority or --issuer')
    if (!args.has('mine')) return refuse({ code: 'door.not-confirmed', host: parsed.host })
    if (args.has('authority') && (await onlyTheAppCanOpen(args, io))) return asTheApp(args, io)
    const opened = args.has('authority') ? await openAppVault(args, io) : null
    if (opened && !opened.ok) return opened
    const reader = createReader()
    try {
      return await check(url, (timeout.value ?? 5) * 1000, { args, io, reader, app: opened?.value ?? null })
    } finally {
      await reader.close()
      await opened?.value.vault.close()
    }
  },
}

/** `app`: its vault, where an authority of it signs. */
type With = { args: Arguments; io: Io; reader: ReturnType<typeof createReader>; app: AppVault | null }

async function check(url: string, timeoutMs: number, { args, io, reader, app }: With): Promise<Result<Answer>> {
  const trust = await trustGiven(args, io, reader)
  if (!trust.ok) return trust
  const given = await doorMaterialGiven(args, io, reader)
  if (!given.ok) return given
  const material = app ? await withAuthority(given.value, app, args, io) : given
  if (!material.ok) return material
  const proxy = await proxyGiven(args, {}, url, io)
  if (!proxy.ok) return proxy
  const [{ checkDoor }, { probe }] = await Promise.all([import('../door/check-door.ts'), import('../tls/probe.ts')])
  const stop = new AbortController()
  io.stopped().then(() => stop.abort())
  const paint = painter(io)
  const report = await checkDoor({
    url,
    timeoutMs,
    material: material.value,
    trust: trust.value,
    proxy: proxy.value,
    signal: stop.signal,
    now: io.now,
    probe,
    // On a terminal somebody waits; the lines in their final order follow at the end.
    onRows: progress(io),
  })
  if (!report.ok) return report
  const { value } = report
  const saved = await writeFiles(
    args.all('report').map((path) => ({
      path,
      content: path.endsWith('.json') ? `${JSON.stringify(value, null, 2)}\n` : doorMarkdown(value),
    })),
    args.has('force'),
  )
  if (!saved.ok) return saved
  const lines = () => [...value.rows.map((row) => rowLine(row, paint)), doorText(value, paint)].join('\n')
  return ok({ exit: value.outcome === 'shut' ? 0 : 1, json: value, text: lines })
}

async function withAuthority(
  given: DoorMaterial,
  app: AppVault,
  args: Arguments,
  io: Io,
): Promise<Result<DoorMaterial>> {
  const means = signingMeans(app, args, io)
  const record = await authorityNamed(means.vault, args)
  if (!record.ok) return record
  const authority = await doorAuthorityOf(means, record.value)
  if (!authority.ok) return authority
  const revoked = given.revoked ?? (await revokedOf(means, record.value))
  return ok({ ...given, authority: authority.value, ...(revoked && { revoked }) })
}

/** Says every now and then how far it is. */
function progress(io: Io): (rows: readonly DoorRow[]) => void {
  let told = 0
  return (rows) => {
    const tried = rows.filter(({ seen }) => seen !== undefined).length
    if (!io.interactive || tried < told + 5) return
    told = tried
    io.note(`${tried} of ${rows.filter(({ verdict }) => verdict !== 'not-tried').length} …`)
  }
}
