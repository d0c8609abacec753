import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeVerifies } from '../../electron/node-signatures.ts'
import { der } from '../../shared/pki/der.ts'
import { checkTrust, type TrustQuestion } from '../../shared/pki/path/check-trust.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { checkSignaturesBy } from '../../shared/pki/verify.ts'
import {
  basic,
  clientAuth,
  constraints,
  type Extension,
  keyOf,
  list,
  type Made,
  make,
  names,
  purposes,
  serverAuth,
  usage,
} from '../support/path-cast.ts'
import { run, scratch } from '../support/tools.ts'

/**
 * Paths made on the spot, judged here, by OpenSSL, by GnuTLS and by Java. Where a tool says something else, the row tells
 * why; a row whose tool has come to agree fails.
 */
checkSignaturesBy(nodeVerifies)

type Tool = 'openssl' | 'gnutls' | 'java'
type Row = {
  says: string
  leaf: Made
  pile?: Made[]
  roots?: Made[]
  crls?: Uint8Array[]
  reason: string
  differs?: Partial<Record<Tool, string>>
} & Partial<Pick<TrustQuestion, 'purpose' | 'host'>>

/** GnuTLS 3.7 judges as of now only. */
const day = new Date(Math.floor(Date.now() / 1000) * 1000)
const root = make({ name: 'Root', isCa: true })
const middle = make({ name: 'Middle', isCa: true, issuer: root })
const tls = [purposes(clientAuth, serverAuth), usage(0, 2)]
const host = names('DNS:leaf.example', 'IP:192.0.2.1', 'DNS:*.wild.example')
const leafUnder = (issuer: Made, ...more: Extension[]) => {
  const own = (oid: string) => more.some(([one]) => one === oid)
  const usual = [...tls, host].filter(([oid]) => !own(oid))
  return make({ name: 'Leaf', issuer, extensions: [...usual, ...more] })
}
const ca = (name: string, issuer: Made, ...extensions: Extension[]) => make({ name, isCa: true, issuer, extensions })
const leaf = leafUnder(middle)
const good = { pile: [middle], roots: [root] }

const noHosts = 'PKIX of Java judges the path; hosts are for its TLS'
const noPurpose = 'PKIX of Java looks at the extended key usage of the leaf only'
const usageOfLeaf = 'looks at key usage in the handshake only'

const limited = (...extensions: Extension[]) => {
  const own = ca('Limited', root, ...extensions)
  return (...more: Extension[]) => ({ leaf: leafUnder(own, ...more), pile: [own], roots: [root] })
}
const short = make({ name: 'Short', isCa: true, extensions: [basic(true, 0)] })
const below = ca('Below', short)
const selfIssued = make({ name: 'Short', isCa: true, issuer: short, key: keyOf('Short, renewed') })
const shortCa = ca('Short CA', root, basic(true, 0))
const belowShortCa = ca('Below short CA', shortCa)
const otherRoot = make({ name: 'Other root', isCa: true })
const crossed = make({ name: 'Root', isCa: true, issuer: otherRoot, key: root.key })
const expiredMiddle = make({ name: 'Middle', isCa: true, issuer: root, to: '2025-01-01' })
const explicitPolicy: Extension = ['2.5.29.36', der.sequence(der.contextPrimitive(0, Uint8Array.of(0))), true]
const policy = (...oids: string[]): Extension => [
  '2.5.29.32',
  der.sequence(...oids.map((oid) => der.sequence(der.oid(oid)))),
  false,
]
const lists = (...revoked: Made[]) => [
  list({ issuer: middle, to: '2039-01-01', revoked: revoked.map((of) => ({ of, reason: 4 })) }),
  list({ issuer: root, to: '2039-01-01', revoked: revoked.map((of) => ({ of })) }),
]

const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey

const rows: Row[] = [
  { says: 'a path of three', leaf, ...good, reason: 'ok' },
  { says: 'a path of two', leaf: leafUnder(root), roots: [root], reason: 'ok' },
  { says: 'for a client', leaf, ...good, purpose: 'client', reason: 'ok' },
  { says: 'for a server', leaf, ...good, purpose: 'server', reason: 'ok' },
  {
    says: 'the pile in the wrong order with strangers',
    leaf,
    pile: [otherRoot, root, middle],
    roots: [root],
    reason: 'ok',
  },
  {
    says: 'an intermediate that has expired and been renewed',
    leaf,
    pile: [expiredMiddle, middle],
    roots: [root],
    reason: 'ok',
    differs: { gnutls: 'GnuTLS takes the first certificate of a name and does not go back' },
  },
  { says: 'a cross-signed root', leaf, pile: [middle, crossed], roots: [otherRoot], reason: 'ok' },
  { says: 'no intermediate', leaf, roots: [root], reason: 'path.issuer-missing' },
  { says: 'another root', leaf, pile: [middle], roots: [otherRoot], reason: 'path.issuer-missing' },
  { says: 'an untrusted root', leaf, pile: [middle, root], roots: [otherRoot], reason: 'path.root-untrusted' },
  { says: 'self-signed and untrusted', leaf: make({ name: 'Alone' }), roots: [root], reason: 'path.self-signed' },
  {
    says: 'an expired leaf',
    leaf: make({ name: 'Leaf', issuer: middle, to: '2025-06-01' }),
    ...good,
    reason: 'path.expired',
  },
  {
    says: 'a leaf of tomorrow',
    leaf: make({ name: 'Leaf', issuer: middle, from: '2039-01-02' }),
    ...good,
    reason: 'path.not-yet-valid',
  },
  { says: 'an expired intermediate', leaf, pile: [expiredMiddle], roots: [root], reason: 'path.expired' },
  {
    says: 'a wrong signature',
    leaf: make({ name: 'Leaf', issuer: middle, signer: keyOf('a stranger') }),
    ...good,
    reason: 'path.signature-wrong',
  },
  {
    says: 'an intermediate that is no CA',
    leaf,
    pile: [ca('Middle', root, basic(false))],
    roots: [root],
    reason: 'path.not-a-ca',
  },
  {
    says: 'an intermediate without basic constraints',
    leaf,
    pile: [make({ name: 'Middle', issuer: root, extensions: [usage(5)] })],
    roots: [root],
    reason: 'path.not-a-ca',
  },
  {
    says: 'an intermediate that may not sign certificates',
    leaf,
    pile: [ca('Middle', root, usage(6))],
    roots: [root],
    reason: 'path.may-not-sign',
  },
  { says: 'a path as long as allowed', leaf: leafUnder(short), roots: [short], reason: 'ok' },
  {
    says: 'a path too long',
    leaf: leafUnder(belowShortCa),
    pile: [belowShortCa, shortCa],
    roots: [root],
    reason: 'path.too-long',
  },
  {
    says: 'a path too long for its root',
    leaf: leafUnder(below),
    pile: [below],
    roots: [short],
    reason: 'path.too-long',
    differs: { java: 'PKIX of Java takes only name and key of a root' },
  },
  {
    says: 'a self-issued CA that does not count',
    leaf: leafUnder(selfIssued),
    pile: [selfIssued],
    roots: [short],
    reason: 'ok',
    differs: { gnutls: 'GnuTLS counts CAs of one name too' },
  },
  {
    says: 'an unknown critical extension',
    leaf: leafUnder(middle, ['1.2.3.4', der.null(), true]),
    ...good,
    reason: 'path.extension-unknown',
  },
  { says: 'an unknown extension', leaf: leafUnder(middle, ['1.2.3.4', der.null()]), ...good, reason: 'ok' },
  {
    says: 'a leaf for servers as a client',
    leaf: leafUnder(middle, purposes(serverAuth)),
    ...good,
    purpose: 'client',
    reason: 'path.purpose-wrong',
  },
  {
    says: 'a leaf for anything',
    leaf: leafUnder(middle, purposes('2.5.29.37.0')),
    ...good,
    purpose: 'client',
    reason: 'ok',
    differs: { openssl: 'OpenSSL wants the purpose of TLS by name' },
  },
  {
    says: 'a CA for servers above a client',
    ...limited(purposes(serverAuth))(),
    purpose: 'client',
    reason: 'path.purpose-not-passed-on',
    differs: { java: noPurpose },
  },
  {
    says: 'key usage that does not suit a client',
    leaf: leafUnder(middle, usage(2)),
    ...good,
    purpose: 'client',
    reason: 'path.key-usage-wrong',
    differs: { gnutls: `GnuTLS ${usageOfLeaf}`, java: `Java ${usageOfLeaf}` },
  },
  { says: 'the right host', leaf, ...good, host: 'leaf.example', purpose: 'server', reason: 'ok' },
  { says: 'a host of the wildcard', leaf, ...good, host: 'a.wild.example', purpose: 'server', reason: 'ok' },
  { says: 'an address', leaf, ...good, host: '192.0.2.1', purpose: 'server', reason: 'ok' },
  {
    says: 'another host',
    leaf,
    ...good,
    host: 'other.example',
    purpose: 'server',
    reason: 'path.host-mismatch',
    differs: { java: noHosts },
  },
  {
    says: 'a host too deep for the wildcard',
    leaf,
    ...good,
    host: 'a.b.wild.example',
    purpose: 'server',
    reason: 'path.host-mismatch',
    differs: { java: noHosts },
  },
  {
    says: 'a host in the common name only',
    leaf: make({ name: 'leaf.example', issuer: middle, extensions: tls }),
    ...good,
    host: 'leaf.example',
    purpose: 'server',
    reason: 'path.host-none',
    differs: {
      openssl: 'OpenSSL falls back on the common name where there is no DNS name',
      gnutls: 'GnuTLS falls back on the common name where there is no DNS name',
      java: noHosts,
    },
  },
  { says: 'a permitted name', ...limited(constraints(['DNS:example', 'IP:192.0.2.0/255.255.255.0']))(), reason: 'ok' },
  {
    says: 'a name that is not permitted',
    ...limited(constraints(['DNS:other.example']))(),
    reason: 'path.name-not-permitted',
  },
  { says: 'an excluded name', ...limited(constraints([], ['DNS:wild.example']))(), reason: 'path.name-not-permitted' },
  {
    says: 'an address that is not permitted',
    ...limited(constraints(['IP:198.51.100.0/255.255.255.0']))(),
    reason: 'path.name-not-permitted',
  },
  {
    says: 'an excluded directory',
    ...limited(constraints([], ['dir:Leaf']))(),
    reason: 'path.name-not-permitted',
  },
  {
    says: 'a policy demanded and missing',
    ...limited(explicitPolicy)(),
    reason: 'path.policy-missing',
    differs: { openssl: 'without -policy_check OpenSSL does not look at policies' },
  },
  {
    says: 'a policy demanded and there',
    ...limited(explicitPolicy, policy('1.2.3'))(policy('1.2.3')),
    reason: 'ok',
    differs: { gnutls: 'GnuTLS does not know policy constraints, which are critical' },
  },
  {
    says: 'an RSA key of 1024 bits',
    leaf: make({ name: 'Leaf', issuer: middle, key: rsa1024 }),
    ...good,
    reason: 'path.key-weak',
    differs: { java: 'Java takes RSA from 1024 bits on', gnutls: 'certtool takes RSA from 1024 bits on' },
  },
  {
    says: 'SHA-1',
    leaf: make({ name: 'Leaf', issuer: middle, hash: 'sha1' }),
    ...good,
    reason: 'path.digest-weak',
    differs: { java: 'Java refuses SHA-1 below its own roots only' },
  },
  { says: 'lists without the leaf', leaf, ...good, crls: lists(), reason: 'ok' },
  { says: 'a revoked leaf', leaf, ...good, crls: lists(leaf), reason: 'path.revoked' },
  { says: 'a revoked intermediate', leaf, ...good, crls: lists(middle), reason: 'path.revoked' },
  {
    says: 'a list that has run out',
    leaf,
    ...good,
    crls: [list({ issuer: middle, to: '2025-12-24' }), list({ issuer: root, to: '2039-01-01' })],
    reason: 'path.crl-outdated',
    differs: { gnutls: 'GnuTLS does not look at when a list ends' },
  },
  {
    says: 'no list for the intermediate',
    leaf,
    ...good,
    crls: [list({ issuer: middle, to: '2039-01-01' })],
    reason: 'path.revocation-unknown',
    differs: { gnutls: 'GnuTLS looks at the lists that are there' },
  },
  {
    says: 'a list with a wrong signature',
    leaf,
    ...good,
    crls: [
      list({ issuer: middle, to: '2039-01-01', signer: keyOf('a stranger') }),
      list({ issuer: root, to: '2039-01-01' }),
    ],
    reason: 'path.crl-unsound',
    differs: { gnutls: 'GnuTLS passes such a list over' },
  },
]

const files = scratch()
const folders: string[] = []
const others = new Map<string, string>()
const pem = (all: readonly Made[]) => all.map((one) => toPem('CERTIFICATE', one.der)).join('')

beforeAll(async () => {
  for (const [i, row] of rows.entries()) {
    const folder = files.path(`${i}`)
    mkdirSync(folder)
    folders.push(folder)
    const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
    put('leaf.pem', pem([row.leaf]))
    put('pile.pem', pem(row.pile ?? []))
    put('roots.pem', pem(row.roots ?? []))
    put('crls.pem', (row.crls ?? []).map((crl) => toPem('X509 CRL', crl)).join(''))
    put('asked', `${day.toISOString()} ${row.purpose ?? 'any'} ${row.crls ? 'all' : 'none'}`)
  }
  const { stdout } = await run('java', ['test/support/PathJudge.java', ...folders])
  for (const [i, line] of stdout.toString().trim().split('\n').entries()) others.set(`java ${i}`, line)
}, 120_000)
afterAll(() => files.remove())

async function byOpenssl(row: Row, folder: string): Promise<string> {
  const { host: name, purpose, crls } = row
  const path = (file: string) => join(folder, file)
  const { code, stdout, stderr } = await run('openssl', [
    'verify',
    ...['-no-CAfile', '-no-CApath', '-no-CAstore', '-partial_chain', '-auth_level', '2'],
    ...['-CAfile', path('roots.pem'), '-attime', `${day.getTime() / 1000}`],
    ...(row.pile ? ['-untrusted', path('pile.pem')] : []),
    ...(crls ? ['-CRLfile', path('crls.pem'), '-crl_check_all'] : []),
    ...(purpose === 'client' ? ['-purpose', 'sslclient'] : purpose === 'server' ? ['-purpose', 'sslserver'] : []),
    ...(name ? [/^[\d.]+$/.test(name) ? '-verify_ip' : '-verify_hostname', name] : []),
    path('leaf.pem'),
  ])
  return code === 0 ? 'ok' : `no ${stdout}${stderr}`
}

async function byGnutls(row: Row, folder: string): Promise<string> {
  const { host: name, purpose, crls } = row
  const path = (file: string) => join(folder, file)
  writeFileSync(path('chain.pem'), pem([row.leaf, ...(row.pile ?? [])]))
  const { code, stdout, stderr } = await run('certtool', [
    ...['--verify', '--load-ca-certificate', path('roots.pem'), '--infile', path('chain.pem')],
    ...(crls ? ['--load-crl', path('crls.pem')] : []),
    ...(purpose === 'client'
      ? ['--verify-purpose', clientAuth]
      : purpose === 'server'
        ? ['--verify-purpose', serverAuth]
        : []),
    ...(name ? ['--verify-hostname', name] : []),
  ])
  return code === 0 ? 'ok' : `no ${stdout}${stderr}`
}

describe('the same verdict as OpenSSL, GnuTLS and Java', () => {
  it.each(rows.map((row, i) => [row.says, row, i] as const))('on %s', async (_, row, i) => {
    const folder = folders[i]!
    const ours = await checkTrust({
      leaf: row.leaf.der,
      pile: (row.pile ?? []).map((one) => one.der),
      roots: (row.roots ?? []).map((one) => one.der),
      crls: row.crls ?? [],
      purpose: row.purpose ?? 'any',
      at: day,
      ...(row.host && { host: row.host }),
      ...(row.crls && { revocation: 'all' }),
    })
    expect(ours.reason).toBe(row.reason)
    const theirs: Record<Tool, string> = {
      openssl: await byOpenssl(row, folder),
      gnutls: await byGnutls(row, folder),
      java: others.get(`java ${i}`) ?? '',
    }
    for (const tool of ['openssl', 'gnutls', 'java'] as const) {
      const agrees = (theirs[tool] === 'ok') === ours.trusted
      const why = row.differs?.[tool]
      expect(agrees, `${tool} ${why === undefined ? 'differs' : 'agrees now'}: ${theirs[tool]}`).toBe(why === undefined)
    }
  })
})
