import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { openPrivateKey, sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { prepareX509, selfSign } from '../../shared/pki/x509.ts'

const folder = process.argv[2] ?? '.'
const turns = Number(process.env.BENCH_TURNS ?? 41)
const at = (name: string) => join(folder, name)

function openssl(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('openssl', args, { stdio: 'ignore' })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`openssl ${args[0]}: exit ${code}`))))
  })
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!
const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

type Peer = { work: () => unknown; says: string; goal?: number }

/** Both in turns, and the start of the program with them. */
async function inTurns(name: string, ours: () => Promise<unknown>, peer: Peer): Promise<void> {
  const own: number[] = []
  const other: number[] = []
  const starts: number[] = []
  await ours()
  for (let i = 0; i < turns; i++) {
    own.push(await timed(ours))
    other.push(await timed(peer.work))
    if (peer.goal !== undefined) starts.push(await timed(() => openssl(['version'])))
  }
  const start = peer.goal === undefined ? 0 : median(starts)
  const [a, b] = [median(own), median(other) - start]
  const against = `${peer.says}, median of ${turns}${start > 0 ? `, less ${round(start)} ms to start` : ''}`
  const row = { name, ours: round(a, 2), theirs: round(b, 2), unit: 'ms', ratio: round(a / b, 2), against }
  console.log(JSON.stringify({ ...row, ...(peer.goal !== undefined && { goal: peer.goal }) }))
}

const passphrase = 'correct horse'
const key = 'rsa-2048'
await prepareX509()
const { pkcs8 } = await generateKey(key)
const subject = [{ type: 'CN', value: 'api.acme.example' }]
const certificate = await selfSign({
  pkcs8,
  key,
  subject,
  subjectAltNames: ['DNS:api.acme.example'],
  days: 1,
  now: new Date(),
})
const bundle = { pkcs8, certificateDer: certificate.der, chain: [], friendlyName: 'acme', passphrase }
writeFileSync(at('key.pem'), toPem('PRIVATE KEY', pkcs8))
writeFileSync(at('certificate.pem'), toPem('CERTIFICATE', certificate.der))

const exported = (name: string, iterations: number, algorithm: string, mac: string) => [
  ...['pkcs12', '-export', '-inkey', at('key.pem'), '-in', at('certificate.pem'), '-name', 'acme'],
  ...['-keypbe', algorithm, '-certpbe', algorithm, '-macalg', mac, '-iter', `${iterations}`],
  ...['-passout', `pass:${passphrase}`, '-out', at(name)],
]
const imported = (name: string) => [
  ...['pkcs12', '-in', at(name), '-passin', `pass:${passphrase}`, '-nodes', '-out', at('opened.pem')],
]

const forms = [
  { name: 'AES-256, 100,000 rounds', readers: 'modern', iterations: 100_000, algorithm: 'AES-256-CBC', mac: 'sha256' },
  { name: 'triple DES, 2,048 rounds', readers: 'older', iterations: 2048, algorithm: 'PBE-SHA1-3DES', mac: 'sha1' },
] as const
for (const { name, readers, iterations, algorithm, mac } of forms) {
  const write = exported(`${readers}.p12`, iterations, algorithm, mac)
  await inTurns(`Write a PKCS#12 (${name})`, () => writePkcs12({ ...bundle, readers }), {
    work: () => openssl(write),
    says: 'openssl pkcs12 -export',
    goal: 1,
  })
  const theirs = new Uint8Array(readFileSync(at(`${readers}.p12`)))
  await inTurns(`Open a PKCS#12 (${name})`, () => openPkcs12(theirs, passphrase), {
    work: () => openssl(imported(`${readers}.p12`)),
    says: 'openssl pkcs12 -in',
    goal: 1,
  })
}

await openssl(exported('usual.p12', 2048, 'AES-256-CBC', 'sha256'))
const usual = readFileSync(at('usual.p12'))
await inTurns('Open a PKCS#12 (AES-256, 2,048 rounds)', () => openPkcs12(new Uint8Array(usual), passphrase), {
  work: () => openssl(imported('usual.p12')),
  says: 'openssl pkcs12 -in',
  goal: 1,
})
await inTurns('The same without another process', () => openPkcs12(new Uint8Array(usual), passphrase), {
  work: () => createSecureContext({ pfx: usual, passphrase }),
  says: 'tls.createSecureContext of the same runtime',
})

const younger = await writePkcs12({ ...bundle, readers: 'fips' })
for (const [name, work] of [
  ['Write a PKCS#12 (AES-256, PBMAC1, 100,000 rounds)', () => writePkcs12({ ...bundle, readers: 'fips' })],
  ['Open it again (PBMAC1)', () => openPkcs12(younger, passphrase)],
] as const) {
  const times: number[] = []
  for (let i = 0; i < 15; i++) times.push(await timed(work))
  console.log(JSON.stringify({ name, ours: round(median(times)), unit: 'ms' }))
}

const sealing = ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA256', '-iter', '600000']
await inTurns('Seal a key file (600,000 rounds)', () => sealPkcs8(pkcs8, passphrase), {
  work: () =>
    openssl(['pkcs8', '-topk8', '-in', at('key.pem'), ...sealing, '-passout', `pass:${passphrase}`, '-out', at('k')]),
  says: 'openssl pkcs8 -topk8',
  goal: 1,
})
const sealed = new Uint8Array(readFileSync(at('k')))
await inTurns('Open a key file (600,000 rounds)', () => openPrivateKey(sealed, passphrase), {
  work: () => openssl(['pkey', '-in', at('k'), '-passin', `pass:${passphrase}`, '-out', at('opened.pem')]),
  says: 'openssl pkey',
  goal: 1,
})
