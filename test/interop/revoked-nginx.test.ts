import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { IssuedRecord } from '../../electron/vault/authority-record.ts'
import type { Bytes } from '../../shared/pki/der.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { issueHere } from '../support/issue-here.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { closeAll, nginxServer } from '../support/test-servers.ts'
import { openssl, run, scratch } from '../support/tools.ts'

/** Real servers with the files that the book writes: who is revoked is refused, whom an old or a new authority vouches for is let in. */
const files = scratch()
afterAll(async () => {
  await closeAll()
  files.remove()
})

type Client = { name: string; issued: IssuedRecord & { pkcs8: Bytes }; chain: string }

function newDesk(): TestDesk {
  const desk = openTestDesk()
  desk.outside.now = new Date()
  return desk
}

const plan = { name: 'Acme', commonName: 'Acme CA', key: 'ec-p256' as const, years: 5, askEachTime: false }

async function saved(desk: TestDesk, call: 'saveList' | 'saveTrustBundle', authority: string): Promise<string> {
  const path = files.path(`${call}-${authority}.pem`)
  desk.outside.saveAs = path
  if (call === 'saveList') value(await desk.call('saveList', { authority, format: 'pem' }))
  else value(await desk.call('saveTrustBundle', { authority }))
  return readFileSync(path, 'utf8')
}

async function clientOf(desk: TestDesk, authority: string, name: string): Promise<Client> {
  const { chainPem = [] } = (await desk.means.vault.authorities.find(authority)) ?? {}
  return { name, issued: await issueHere(desk.means, authority, name), chain: chainPem.join('') }
}

/** The status that curl gets with a client certificate; `alert` when the handshake itself was refused. */
async function statusOf(port: number, serverCa: string, { name, issued, chain }: Client, version: string) {
  const cert = files.put(`${name}.crt`, (issued.certificatePem ?? '') + chain)
  const key = files.put(`${name}.key`, toPem('PRIVATE KEY', issued.pkcs8))
  const ca = files.put('server-ca.crt', serverCa)
  const args = ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--cacert', ca, '--cert', cert, '--key', key]
  const limits = version === '1.2' ? ['--tls-max', '1.2'] : ['--tlsv1.3']
  const { code, stdout } = await run('curl', [...args, ...limits, `https://localhost:${port}/`])
  return code === 0 ? stdout.toString() : 'alert'
}

async function serverFor(desk: TestDesk, authority: string, clientCa: string, crl: string) {
  const sans = ['DNS:localhost', 'IP:127.0.0.1']
  const own = await issueHere(desk.means, authority, 'localhost', { purposes: ['serverAuth'], sans })
  const { chainPem = [], certificatePem = '' } = (await desk.means.vault.authorities.find(authority)) ?? {}
  const chain = chainPem.length > 0 ? certificatePem : ''
  const cert = (own.certificatePem ?? '') + chain
  return nginxServer({ cert, key: toPem('PRIVATE KEY', own.pkcs8), clientCa, crl })
}

describe('nginx with the revocation list of the book', () => {
  let desk: TestDesk
  let authority: string
  let port: number
  let trust: string
  let good: Client
  let gone: Client
  beforeAll(async () => {
    desk = newDesk()
    // A root and an issuing authority: nginx then wants the lists of both.
    const issuing = { commonName: 'Acme Issuing CA', years: 2 }
    authority = value(await desk.call('createAuthority', { work: 'w', plan: { ...plan, issuing } })).handle
    ;[good, gone] = [await clientOf(desk, authority, 'good'), await clientOf(desk, authority, 'gone')]
    value(await desk.call('revokeIssued', { issued: gone.issued.handle, reason: 'keyCompromise' }))
    trust = await saved(desk, 'saveTrustBundle', authority)
    port = (await serverFor(desk, authority, trust, await saved(desk, 'saveList', authority))).port
  }, 30_000)

  it.each(['1.2', '1.3'])('lets in who is not on it, and answers 400 to who is (TLS %s)', async (version) => {
    expect(await statusOf(port, trust, good, version)).toBe('200')
    expect(await statusOf(port, trust, gone, version)).toBe('400')
  })

  it('agrees with `openssl verify`', async () => {
    const all = files.put('trust.pem', trust + (await saved(desk, 'saveList', authority)))
    const leaf = files.put('gone.pem', gone.issued.certificatePem ?? '')
    const refused = await run('openssl', ['verify', '-crl_check_all', '-purpose', 'sslclient', '-CAfile', all, leaf])
    expect(refused.stderr + refused.stdout).toContain('certificate revoked')
    const fine = files.put('good.pem', good.issued.certificatePem ?? '')
    await openssl(['verify', '-crl_check_all', '-purpose', 'sslclient', '-CAfile', all, fine])
  })
})

describe('a roll-over of authorities, with nginx trusting both', () => {
  it.each([
    ['of the same name', 'Acme CA'],
    ['of a new name', 'Acme CA G2'],
  ])(
    'lets in certificates of the old one and of a successor %s, and refuses the revoked of either',
    async (_, name) => {
      const desk = newDesk()
      const old = value(await desk.call('createAuthority', { work: 'w', plan })).handle
      const [before, goneBefore] = [await clientOf(desk, old, 'before'), await clientOf(desk, old, 'gone-before')]
      const next = { ...plan, name: 'Acme G2', commonName: name }
      const follow = { work: 'w', authority: old, plan: next, underParent: false }
      const { handle: successor } = value(await desk.call('succeedAuthority', follow))
      const [after, goneAfter] = [
        await clientOf(desk, successor, 'after'),
        await clientOf(desk, successor, 'gone-after'),
      ]
      for (const { issued } of [goneBefore, goneAfter]) {
        value(await desk.call('revokeIssued', { issued: issued.handle, reason: 'superseded' }))
      }
      const trust = await saved(desk, 'saveTrustBundle', successor)
      const { port } = await serverFor(desk, successor, trust, await saved(desk, 'saveList', successor))
      const seen: string[] = []
      for (const client of [before, after, goneBefore, goneAfter]) seen.push(await statusOf(port, trust, client, '1.3'))
      expect(seen).toEqual(['200', '200', '400', '400'])
    },
    20_000,
  )
})
