import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorityKey } from '../../shared/authority/authority-plan.ts'
import { makeAuthority, type NewAuthority } from '../../shared/authority/new-authority.ts'
import { type PlanRules, planSigning } from '../../shared/authority/sign-plan.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { generateKey } from '../../shared/pki/keys.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { readRequest } from '../../shared/pki/request.ts'
import { buildRequest } from '../../shared/pki/x509.ts'
import { apataRules, planAuthority, signPlan } from '../support/signing.ts'
import { run, scratch } from '../support/tools.ts'

/** What is issued here, judged by OpenSSL (strictly), GnuTLS and Java: every kind of authority, every kind of client key. */
const files = scratch()
/** GnuTLS judges as of now. */
const now = new Date()

type Case = { says: string; authority: AuthorityKey; below: boolean; client: KeyAlgorithm; rules: PlanRules }
const cases: Case[] = [
  { says: 'a P-256 root for an RSA 2048 client', authority: 'ec-p256', below: false, client: 'rsa-2048' },
  { says: 'a P-256 issuing authority for a P-256 client', authority: 'ec-p256', below: true, client: 'ec-p256' },
  { says: 'a P-384 issuing authority for a P-384 client', authority: 'ec-p384', below: true, client: 'ec-p384' },
  {
    says: 'an RSA 3072 issuing authority for an RSA 3072 client',
    authority: 'rsa-3072',
    below: true,
    client: 'rsa-3072',
  },
  { says: 'a P-256 root for a P-521 client', authority: 'ec-p256', below: false, client: 'ec-p521' },
].map((one) => ({ ...one, rules: apataRules }) as Case)

type Made = { folder: string; leaf: string; roots: string; pile: string }
const made: Made[] = []
let java: string[] = []

const pemOf = (...ders: Uint8Array[]) => ders.map((one) => toPem('CERTIFICATE', one)).join('')

async function make({ authority, below, client, rules }: Case, folder: string): Promise<Made> {
  const plan = {
    name: 'x',
    commonName: 'Acme Root',
    organization: 'Acmé GmbH',
    country: 'DE',
    key: authority,
    years: 10,
  }
  const issuing = below ? { issuing: { commonName: 'Acme Issuing', years: 5 } } : {}
  const own = (await makeAuthority({ ...plan, ...issuing, askEachTime: false }, now))!
  const signer: NewAuthority = own.issuing ?? own.root
  const { pkcs8 } = await generateKey(client)
  const subject = [
    { type: 'O', value: 'Zürich AG' },
    { type: 'CN', value: 'outbound.example' },
  ]
  const request = await buildRequest({ pkcs8, key: client, subject, subjectAltNames: ['DNS:outbound.example'] })
  const urls = { crlUrls: ['http://ca.example/a.crl'], issuerUrls: ['http://ca.example/a.crt'] }
  const planned = await planSigning({
    request: readRequest(request.der)!,
    authority: planAuthority(signer, urls),
    rules,
    choices: [],
    now,
  })
  if (!planned.ok || planned.value.blocked) throw new Error(JSON.stringify(planned))
  const leaf = await signPlan(planned.value, signer)
  mkdirSync(folder)
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  put('crls.pem', '')
  put('asked', `${new Date(Math.floor(now.getTime() / 1000) * 1000).toISOString()} client none`)
  const pile = own.issuing ? pemOf(own.issuing.certificateDer) : ''
  return {
    folder,
    leaf: put('leaf.pem', pemOf(leaf)),
    pile: put('pile.pem', pile),
    roots: put('roots.pem', pemOf(own.root.certificateDer)),
  }
}

beforeAll(async () => {
  for (const [i, one] of cases.entries()) made.push(await make(one, files.path(`${i}`)))
  const { stdout } = await run('java', ['test/support/PathJudge.java', ...made.map(({ folder }) => folder)])
  java = stdout.toString().trim().split('\n')
}, 60_000)
afterAll(() => files.remove())

describe('what an authority of one’s own issues is accepted by OpenSSL, GnuTLS and Java', () => {
  it.each(cases.map(({ says }, i) => [says, i] as const))('%s', async (_, i) => {
    const { leaf, roots, pile } = made[i]!
    const below = cases[i]!.below
    const strict = ['-x509_strict', '-purpose', 'sslclient', '-auth_level', '2', '-no-CApath', '-no-CAstore']
    const untrusted = below ? ['-untrusted', pile] : []
    const verified = await run('openssl', ['verify', ...strict, '-CAfile', roots, ...untrusted, leaf])
    expect(`${verified.stdout}${verified.stderr}`).toContain('OK')
    const chain = files.path(`${i}-chain.pem`)
    writeFileSync(chain, readFileSync(leaf, 'utf8') + readFileSync(pile, 'utf8'))
    const gnutls = await run('certtool', [
      ...['--verify', '--load-ca-certificate', roots, '--infile', chain],
      ...['--verify-purpose', '1.3.6.1.5.5.7.3.2'],
    ])
    expect(gnutls.code, `${gnutls.stdout}`).toBe(0)
    expect(java[i]).toBe('ok')
  })

  it('and not for a server', async () => {
    const { leaf, roots } = made[0]!
    const { code } = await run('openssl', ['verify', '-purpose', 'sslserver', '-CAfile', roots, leaf])
    expect(code).not.toBe(0)
  })

  it('and no authority can be made below it', async () => {
    const { leaf, roots } = made[0]!
    const text = (await run('openssl', ['x509', '-in', leaf, '-noout', '-text'])).stdout.toString()
    expect(text).toContain('CA:FALSE')
    const rootText = (await run('openssl', ['x509', '-in', roots, '-noout', '-text'])).stdout.toString()
    expect(rootText).toContain('CA:TRUE, pathlen:0')
    expect(rootText).toContain('Certificate Sign, CRL Sign')
  })
})
