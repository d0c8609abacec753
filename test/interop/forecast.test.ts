import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { probe } from '../../electron/tls/probe.ts'
import { readCertificate } from '../../shared/pki/certificate.ts'
import type { Facts } from '../../shared/pki/facts.ts'
import { inspectBytes } from '../../shared/pki/inspect.ts'
import type { Attempt } from '../../shared/tls/attempt.ts'
import { diagnose } from '../../shared/tls/diagnose.ts'
import { forecastFor } from '../../shared/tls/forecast/forecast.ts'
import type { GivenFile } from '../../shared/tls/forecast/traits.ts'
import type { ForecastRow } from '../../shared/tls/kept-attempts.ts'
import { askingServer, type FileCase, forecastCast } from '../support/forecast-cases.ts'
import { type Job, type Runtime, runtimesHere, type Told } from '../support/runtimes.ts'
import { closeAll } from '../support/test-servers.ts'
import type { Issued } from '../support/throwaway-pki.ts'

/**
 * Forecasts against the truth: what this computer's Node, Electron, curl, Java, Go and Python really do with an identity,
 * with a file, with a server. A forecast of `partly` is right either way, and counted apart.
 */
type Cast = ReturnType<typeof forecastCast>
type Case = {
  name: string
  asks: 'loads' | 'sends' | 'trusts'
  job: Job
  row: (runtime: string) => ForecastRow | undefined
}

const now = new Date()
const { here, missing } = runtimesHere()
const factsOf = ({ der }: Issued): Facts => readCertificate(der)?.facts ?? {}

let made: Cast
let ca: string
const close: (() => void)[] = []
const tally = new Map<string, { right: number; partly: number; wrong: string[] }>()

beforeAll(() => {
  made = forecastCast()
  ca = made.put('ca.crt', made.cast.serverRoot.pem)
})
afterAll(async () => {
  for (const end of close) end()
  await closeAll()
  const lines = [...tally].map(([name, { partly, right, wrong }]) => {
    const of = `${String(right).padStart(4)} right ${String(partly).padStart(4)} partly ${String(wrong.length).padStart(4)} wrong`
    return `${name.padEnd(24)}${of}${wrong.length > 0 ? `: ${wrong.join(', ')}` : ''}`
  })
  const away = missing.length > 0 ? `not here: ${missing.join(', ')}\n` : ''
  process.stdout.write(`forecasts against the truth\n${lines.join('\n')}\n${away}`)
})

async function serve(files: Parameters<typeof askingServer>[0]): Promise<string> {
  const server = await askingServer(files)
  close.push(server.close)
  return `https://localhost:${server.port}/`
}

/** The test that the app would have made before it is asked for a forecast. */
async function attemptAt(url: string, caPem: string): Promise<{ attempt: Attempt; cause: string }> {
  const { certificate, chain } = made.cast.clients.good!
  const identity = {
    certificatePem: certificate.pem,
    chainPem: chain.map(({ pem }) => pem),
    keyPem: certificate.keyPem,
  }
  const attempt = await probe({ url, method: 'GET', headers: [], identity, trust: { caPem }, timeoutMs: 5000 })
  return { attempt, cause: diagnose(attempt, { certificate: factsOf(certificate), now }).cause }
}

/** What a runtime is given of a case, in the form it takes; nothing when it takes none of them. */
function jobOf(runtime: Runtime, { cert, key, p12, passphrase }: FileCase): Partial<Job> | null {
  if (p12 && runtime.takes !== 'pem' && (runtime.takes === 'p12' || !cert)) return { p12, passphrase }
  return cert && key && runtime.takes !== 'p12' ? { cert, key } : null
}

async function given({ cert, key, p12, passphrase }: Partial<Job>): Promise<GivenFile[]> {
  const of = async (as: GivenFile['as'], path: string): Promise<GivenFile> => ({
    as,
    objects: await inspectBytes(path, readFileSync(path), passphrase ? [passphrase] : []),
  })
  if (p12) return [await of('bundle', p12)]
  return cert && key ? [await of('certificate', cert), await of('key', key)] : []
}

const truth: Record<Case['asks'], (told: Told) => boolean> = {
  loads: ({ loads }) => loads,
  sends: ({ body }) => body?.includes('shown=true') === true,
  trusts: ({ trusts }) => trusts === true,
}

async function hold(runtime: Runtime, cases: readonly Case[]): Promise<string[]> {
  const told = await runtime.run(cases.map(({ job }) => job))
  const kept = tally.get(runtime.name) ?? { right: 0, partly: 0, wrong: [] }
  tally.set(runtime.name, kept)
  const wrong: string[] = []
  for (const [i, { asks, name, row }] of cases.entries()) {
    const forecast = row(runtime.id)?.[asks]
    const really = truth[asks](told[i] as Told)
    if (forecast?.answer === 'partly') kept.partly++
    else if ((forecast?.answer === 'yes') === really) kept.right++
    else wrong.push(`${name}: forecast ${forecast?.answer} (${forecast?.why}), really ${really} ${told[i]?.text ?? ''}`)
  }
  kept.wrong.push(...wrong)
  return wrong
}

const rowsOf = (rows: readonly ForecastRow[]) => (id: string) => rows.find(({ runtime }) => runtime === id)

type Server = { name: string; url: string; attempt: Attempt; cause: string; caPem: string }

async function servers(list: readonly [string, Parameters<typeof askingServer>[0], string][]): Promise<Server[]> {
  const up: Server[] = []
  for (const [name, files, caPem] of list) {
    const url = await serve(files)
    up.push({ name, url, caPem, ...(await attemptAt(url, caPem)) })
  }
  return up
}

let asking: Server[]
let shown: Server[]

beforeAll(async () => {
  const { cast } = made
  const trusted = cast.serverRoot.pem
  const whole = { cert: cast.serverPem, key: cast.server.keyPem }
  const withCa = (change: Parameters<typeof cast.serverWith>[0]) => {
    const { keyPem, pem } = cast.serverWith(change)
    return { cert: pem + cast.serverCa.pem, key: keyPem }
  }
  const ec = { ...whole, ca: cast.clientRoot.pem }
  const rsa = { ...withCa({ key: 'rsa' }), ca: cast.clientRoot.pem }
  asking = await servers([
    ['TLS 1.3', ec, trusted],
    ['TLS 1.2', { ...ec, maxVersion: 'TLSv1.2' }, trusted],
    ['EC only', { ...ec, sigalgs: 'ECDSA+SHA256' }, trusted],
    ['EC only, TLS 1.2', { ...ec, sigalgs: 'ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512', maxVersion: 'TLSv1.2' }, trusted],
    ['RSA only', { ...rsa, sigalgs: 'RSA-PSS+SHA256:RSA+SHA256' }, trusted],
    ['never asks', whole, trusted],
  ])
  const own = cast.serverWith({ issuer: undefined })
  const ownCa = cast.serverWith({ issuer: undefined, keyUsage: ['digitalSignature', 'keyCertSign'], isCa: true })
  shown = await servers([
    ['complete and trusted', whole, trusted],
    ['self-signed', { cert: own.pem, key: own.keyPem }, trusted],
    ['self-signed, given to trust', { cert: own.pem, key: own.keyPem }, own.pem],
    ['self-signed as CA, given to trust', { cert: ownCa.pem, key: ownCa.keyPem }, ownCa.pem],
    ['without its intermediate', { cert: cast.server.pem, key: cast.server.keyPem }, trusted],
    ['of another authority', whole, cast.otherRoot.pem],
    ['only the intermediate trusted', whole, cast.serverCa.pem],
    ['root sent along, not trusted', { ...whole, cert: whole.cert + trusted }, cast.otherRoot.pem],
    ['expired', withCa({ fromDays: -60, toDays: -30 }), trusted],
    ['not yet valid', withCa({ fromDays: 30 }), trusted],
    ['for another name', withCa({ sans: ['DNS:other.example'] }), trusted],
    ['common name only', withCa({ sans: undefined }), trusted],
    ['for clients', withCa({ purposes: ['clientAuth'] }), trusted],
    ['signed with SHA-1', withCa({ hash: 'sha1' }), trusted],
    ['RSA 1024', withCa({ key: 'rsa1024' }), trusted],
  ])
})

describe.each(here)('$name', (runtime) => {
  it('does with files, identities and servers what the forecast says', { timeout: 180_000 }, async () => {
    const { cast, files, identities, put } = made
    const good = factsOf(cast.clients.good!.certificate)
    const cases: Case[] = []
    for (const file of files) {
      const job = jobOf(runtime, file)
      if (!job) continue
      const rows = forecastFor({ certificate: good, files: await given(job), now })
      cases.push({ name: file.name, asks: 'loads', job: { ca, url: asking[0]!.url, ...job }, row: rowsOf(rows) })
    }
    for (const { attempt, cause, name: server, url } of asking) {
      for (const { chain, files: own, leaf, name } of identities) {
        const job = jobOf(runtime, own)
        if (!job) continue
        const situation = { certificate: factsOf(leaf), chain: chain.map(factsOf), attempt, cause, now }
        const row = rowsOf(forecastFor({ ...situation, files: await given(job) }))
        const one = { name: `${server}, ${name}`, job: { ca, url, ...job }, row }
        cases.push({ ...one, asks: 'loads' })
        if (row(runtime.id)?.loads.answer !== 'no') cases.push({ ...one, asks: 'sends' })
      }
    }
    for (const { attempt, caPem, cause, name, url } of shown) {
      const rows = forecastFor({ certificate: good, attempt, cause, now })
      cases.push({ name, asks: 'trusts', job: { ca: put(`trust-${name}.crt`, caPem), url }, row: rowsOf(rows) })
    }
    expect(await hold(runtime, cases)).toEqual([])
    expect(cases.length).toBeGreaterThan(150)
  })
})
