import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { openPrivateKey, sealPkcs8 } from '../../shared/pki/pkcs8.ts'
import { openPkcs12 } from '../../shared/pki/pkcs12.ts'
import { writePkcs12 } from '../../shared/pki/pkcs12-writer.ts'
import { buildRequest, prepareX509, selfSign } from '../../shared/pki/x509.ts'

const folder = process.argv[2] ?? '.'
const run = promisify(execFile)

const subject = [
  { type: 'C', value: 'GB' },
  { type: 'O', value: 'Acme Ltd' },
  { type: 'CN', value: 'api.acme.example' },
]
const names = ['DNS:api.acme.example']

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1]!
const round = (value: number, digits = 1): number => Number(value.toFixed(digits))

/** As the handler does it: the library loads beside the key. */
async function ours(key: KeyAlgorithm): Promise<void> {
  const [{ pkcs8 }] = await Promise.all([generateKey(key), prepareX509()])
  await buildRequest({ pkcs8, key, subject, subjectAltNames: names })
}

async function theirs(newkey: string[]): Promise<void> {
  const out = ['-keyout', join(folder, 'peer.key'), '-out', join(folder, 'peer.csr')]
  const who = ['-subj', '/C=GB/O=Acme Ltd/CN=api.acme.example', '-addext', 'subjectAltName=DNS:api.acme.example']
  await run('openssl', ['req', '-newkey', ...newkey, '-nodes', ...out, ...who])
}

async function inTurns(name: string, key: KeyAlgorithm, newkey: string[], runs: number, goal?: number): Promise<void> {
  const own: number[] = []
  const peer: number[] = []
  for (let i = 0; i < runs; i++) {
    own.push(await timed(() => ours(key)))
    peer.push(await timed(() => theirs(newkey)))
  }
  const [a, b] = [median(own), median(peer)]
  const row = { name, ours: round(a), theirs: round(b), unit: 'ms', ratio: round(a / b, 2) }
  console.log(
    JSON.stringify({ ...row, against: `openssl req -newkey ${newkey[0]}, median of ${runs}`, ...(goal && { goal }) }),
  )
}

await inTurns('RSA 2048 key and request', 'rsa-2048', ['rsa:2048'], 101, 1.1)
await inTurns('RSA 4096 key and request', 'rsa-4096', ['rsa:4096'], 41, 1.1)
await inTurns('EC P-256 key and request', 'ec-p256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], 31)

async function alone(name: string, work: () => Promise<unknown>): Promise<void> {
  const times: number[] = []
  for (let i = 0; i < 9; i++) times.push(await timed(work))
  console.log(JSON.stringify({ name, ours: round(median(times)), unit: 'ms' }))
}

const key = 'rsa-2048'
const passphrase = 'correct horse'
const { pkcs8 } = await generateKey(key)
const certificate = await selfSign({ pkcs8, key, subject, subjectAltNames: names, days: 1, now: new Date() })
const bundle = { pkcs8, certificateDer: certificate.der, chain: [], friendlyName: 'acme', passphrase }
const sealed = new TextEncoder().encode(await sealPkcs8(pkcs8, passphrase))
await alone('Seal a key file (600,000 rounds)', () => sealPkcs8(pkcs8, passphrase))
await alone('Open it again', () => openPrivateKey(sealed, passphrase))
for (const readers of ['modern', 'older'] as const) {
  const bytes = await writePkcs12({ ...bundle, readers })
  await alone(`Write a PKCS#12 for ${readers} readers`, () => writePkcs12({ ...bundle, readers }))
  await alone(`Open it again (${readers})`, () => openPkcs12(bytes, passphrase))
}
