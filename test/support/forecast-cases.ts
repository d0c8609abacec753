import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { encodeBase64 } from '../../shared/pki/base64.ts'
import { makeCast } from './mtls-cast.ts'
import { scratchFolder } from './test-servers.ts'
import { type Issued, issue, keyPem } from './throwaway-pki.ts'

/** Identities, files and servers that real programs are tried with, so that forecasts can be held against the truth. */
export type FileCase = { name: string; cert?: string; key?: string; p12?: string; passphrase?: string }
export type IdentityCase = { name: string; leaf: Issued; chain: Issued[]; files: FileCase }

const openssl = (args: readonly string[], input = '') =>
  execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'pipe'] })

export function forecastCast() {
  const cast = makeCast()
  const folder = scratchFolder()
  const put = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 })
    return join(folder, name)
  }
  const legacy = ['-provider', 'legacy', '-provider', 'default']

  function bundle(name: string, leaf: Issued, chain: readonly Issued[], ...how: string[]): string {
    // From a file: OpenSSL 3.0 reads standard input once for the key, and finds no certificate in the rest.
    const from = put(`${name}.pem`, leaf.pem + chain.map(({ pem }) => pem).join('') + leaf.keyPem)
    const out = join(folder, `${name}.p12`)
    openssl(['pkcs12', '-export', '-in', from, '-passout', 'pass:pass', '-out', out, ...how])
    return out
  }

  const subject = ['C=GB', 'O=Customer', 'CN=client.example.com']
  const of = (key: KeyObject) => issue({ subject, issuer: cast.clientRoot, key })
  const kinds: Record<string, { leaf: Issued; chain?: Issued[] }> = {
    'EC P-256': { leaf: cast.clients.good!.certificate },
    'RSA 2048': { leaf: cast.clients.RSA!.certificate },
    'RSA 1024': { leaf: cast.clients['RSA 1024']!.certificate },
    'SHA-1': { leaf: cast.clients['SHA-1']!.certificate },
    expired: { leaf: cast.clients.expired!.certificate },
    'wrong purpose': { leaf: cast.clients['wrong purpose']!.certificate },
    'leaf only': { leaf: cast.clients['missing intermediate']!.certificate },
    'with intermediate': {
      leaf: cast.clients['good with intermediate']!.certificate,
      chain: cast.clients['good with intermediate']!.chain,
    },
    'other authority': { leaf: cast.clients['other CA']!.certificate },
    'EC P-384': { leaf: of(generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey) },
    'EC P-521': { leaf: of(generateKeyPairSync('ec', { namedCurve: 'secp521r1' }).privateKey) },
    'EC secp256k1': { leaf: of(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey) },
    Ed25519: { leaf: of(generateKeyPairSync('ed25519').privateKey) },
    Ed448: { leaf: of(generateKeyPairSync('ed448').privateKey) },
    'RSA-PSS': { leaf: of(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey) },
  }
  const identities = Object.entries(kinds).map(([name, { leaf, chain = [] }], i): IdentityCase => {
    const cert = put(`identity${i}.crt`, leaf.pem + chain.map(({ pem }) => pem).join(''))
    const key = put(`identity${i}.key`, leaf.keyPem)
    return {
      name,
      leaf,
      chain,
      files: { name, cert, key, p12: bundle(`identity${i}`, leaf, chain), passphrase: 'pass' },
    }
  })

  const { certificate: good } = cast.clients.good!
  const { certificate: rsa } = cast.clients.RSA!
  const plain = put('plain.crt', good.pem)
  const key = put('plain.key', good.keyPem)
  const body = encodeBase64(good.der)
  const request = openssl(['req', '-new', '-key', key, '-subj', '/CN=client.example.com']).toString()
  const publicPem = openssl(['pkey', '-in', key, '-pubout']).toString()
  const modern = bundle('modern', good, [])
  const cert = (name: string, content: string | Uint8Array): FileCase => ({
    name,
    cert: put(`${name}.crt`, content),
    key,
  })
  const keyed = (name: string, content: string): FileCase => ({ name, cert: plain, key: put(`${name}.key`, content) })
  const sealed = (name: string, p12: string, passphrase = 'pass'): FileCase => ({ name, p12, passphrase })
  const encrypted = (text: string, ...args: string[]) => openssl([...args, '-passout', 'pass:secret'], text).toString()
  const openSsh = put('ssh.key', rsa.keyPem)
  execFileSync('ssh-keygen', ['-p', '-N', '', '-f', openSsh], { stdio: 'ignore' })
  const files: FileCase[] = [
    { name: 'plain PEM', cert: plain, key },
    cert('byte order mark', `\ufeff${good.pem}`),
    cert('UTF-16', Buffer.from(`\ufeff${good.pem}`, 'utf16le')),
    cert('line breaks lost', `-----BEGIN CERTIFICATE-----${body}-----END CERTIFICATE-----`),
    cert('line breaks spelt out', good.pem.replaceAll('\n', '\\n')),
    cert('header lines missing', `${encodeBase64(good.der, 64)}\n`),
    cert('four dashes', good.pem.replaceAll('-----', '----')),
    cert('wrong label', good.pem.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST')),
    cert('cut off', good.pem.slice(0, 400)),
    cert('damaged base64', good.pem.replace(/\n(.{10})/, '\n!!!$1')),
    cert('empty', ''),
    cert('DER', good.der),
    cert('PKCS#7', openssl(['crl2pkcs7', '-nocrl', '-certfile', plain])),
    cert('request', request),
    cert('private key', good.keyPem),
    cert('PKCS#12 as PEM', readFileSync(modern)),
    { name: 'swapped', cert: key, key: plain },
    keyed('certificate as key', good.pem),
    keyed('public key', publicPem),
    keyed('request as key', request),
    { name: 'authority first', cert: put('ca-first.crt', cast.clientRoot.pem + good.pem), key },
    {
      name: 'another key',
      cert: plain,
      key: put('another.key', keyPem(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey)),
    },
    { name: 'key of another kind', cert: put('rsa.crt', rsa.pem), key },
    keyed('encrypted key', encrypted(good.keyPem, 'pkcs8', '-topk8', '-v2', 'aes-256-cbc')),
    keyed('encrypted key of old', encrypted(good.keyPem, 'ec', '-aes256')),
    { name: 'OpenSSH key', cert: put('rsa2.crt', rsa.pem), key: openSsh },
    sealed('bundle of today', modern),
    sealed(
      'bundle of old',
      bundle('older', good, [], '-legacy', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'),
    ),
    sealed('bundle with RC2', bundle('rc2', good, [], '-legacy', ...legacy)),
    sealed('bundle without MAC', bundle('nomac', good, [], '-nomac')),
    sealed('bundle without key', keyless()),
    sealed('wrong passphrase', modern, 'wrong'),
    sealed('bundle cut off', put('cut.p12', readFileSync(modern).subarray(0, 500))),
    sealed('PEM as bundle', plain),
  ]

  // The same certificate as people have it, spoilt in every way that was met in practice.
  const spoilt = new URL('../fixtures/kinds/', import.meta.url).pathname
  for (const line of readFileSync(join(spoilt, 'kinds.csv'), 'utf8').split('\n').slice(1)) {
    const [file = '', found = '', , , , about = ''] = line.split(',')
    const ours = /^certificate\b/.test(found) && (about === '' || about.startsWith('EC'))
    if (ours) files.push({ name: file, cert: join(spoilt, file), key: join(spoilt, 'key-pkcs8.pem') })
  }

  function keyless(): string {
    const out = join(folder, 'keyless.p12')
    openssl(['pkcs12', '-export', '-nokeys', '-in', plain, '-passout', 'pass:pass', '-out', out])
    return out
  }

  return { cast, files, folder, identities, put }
}

/** Answers whether a certificate was shown, and lets everybody in. */
export function askingServer(files: {
  cert: string
  key: string
  ca?: string
  sigalgs?: string
  maxVersion?: 'TLSv1.2'
}): Promise<{ port: number; close: () => void }> {
  const { ca, ...rest } = files
  // So that weak certificates can be served at all.
  const more = { ...rest, ciphers: 'DEFAULT:@SECLEVEL=0' }
  const server: Server = createServer(
    { ...more, ...(ca ? { ca, requestCert: true, rejectUnauthorized: false } : {}) },
    (request, response) => {
      const shown = (request.socket as import('node:tls').TLSSocket).getPeerCertificate().raw !== undefined
      response.writeHead(200, { connection: 'close' }).end(`shown=${shown}`)
    },
  )
  server.on('tlsClientError', () => {})
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, close: () => server.close() }),
    )
  })
}
