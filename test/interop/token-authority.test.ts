import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeList } from '../../electron/authority/make-list.ts'
import { tokenChild } from '../../electron/tokens/token-child.ts'
import { createTokens, type Tokens } from '../../electron/tokens/tokens.ts'
import type { AuthorityDetail } from '../../shared/calls/authority.ts'
import type { LibraryId, TokenInfo } from '../../shared/tokens/token.ts'
import { builtProgram } from '../support/built-reader.ts'
import { issueHere } from '../support/issue-here.ts'
import { pkcs11Tool, softHsm } from '../support/softhsm.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openssl, scratch } from '../support/tools.ts'

const hsm = softHsm(['CA token'])
const files = scratch()
let tokens: Tokens
let desk: TestDesk
let library: LibraryId
let token: TokenInfo
let authority: AuthorityDetail

const named = () => ({ label: token.label, serial: token.serial })
const unlock = () => desk.call('unlockToken', { library, token: named(), pin: hsm.pin })
const plan = {
  name: 'Acme webhooks',
  commonName: 'Acme Root CA',
  organization: 'Acme Ltd',
  key: 'ec-p384' as const,
  years: 10,
  issuing: { commonName: 'Acme Issuing CA', years: 5 },
  askEachTime: false,
}
const labels = () =>
  [...pkcs11Tool(['--list-objects', '--login', '--pin', hsm.pin, '--type', 'privkey']).matchAll(/label:\s+(.*)/g)].map(
    ([, label]) => label,
  )

beforeAll(async () => {
  const worker = await builtProgram('electron/tokens/token-worker.ts')
  tokens = createTokens(tokenChild(worker))
  desk = openTestDesk({ tokens: async () => tokens })
  desk.outside.now = new Date()
  library = value(await desk.call('listTokenLibraries', {})).libraries.find(({ path }) => path === hsm.library)!.id
  token = value(await desk.call('listTokens', { library })).tokens.find(({ initialised }) => initialised)!
})
afterAll(() => {
  tokens?.lockAll()
  files.remove()
  hsm.remove()
})

describe('an authority whose keys are in a token', () => {
  it('is not made while the token is locked', async () => {
    const choice = { library, token: named() }
    expect(codeOf(await desk.call('createAuthority', { work: 'a', plan, token: choice }))).toBe('token.pin-needed')
    expect(value(await desk.call('listAuthorities', {})).authorities).toEqual([])
  })

  it('has both of its keys there, and none in the vault', async () => {
    value(await unlock())
    const choice = { library, token: named() }
    authority = value(await desk.call('createAuthority', { work: 'b', plan, token: choice }))
    expect(authority).toMatchObject({ kind: 'issuing', keyAt: 'token', key: 'ec-p384' })
    expect(labels().sort()).toEqual(['Acme Issuing CA', 'Acme Root CA'])
    const { keys } = value(await desk.call('listTokenKeys', { library, token: named() }))
    const users = keys.map(({ label, usedBy }) => [label, usedBy[0]]).sort()
    expect(users).toEqual([
      ['Acme Issuing CA', 'Acme webhooks'],
      ['Acme Root CA', 'Acme webhooks (root)'],
    ])
    expect(value(await desk.means.vault.authorities.secret(authority.handle, 'privateKey'))).toBeUndefined()
    expect(value(await desk.means.vault.authorities.secret(authority.parent!, 'privateKey'))).toBeUndefined()
  })

  it('signs certificates there that OpenSSL verifies up to its root', async () => {
    const issued = await issueHere(desk.means, authority.handle, 'partner.example')
    const root = files.put('root.pem', authority.chain[0]!.pem)
    const issuing = files.put('issuing.pem', authority.certificatePem)
    const leaf = files.put('leaf.pem', issued.certificatePem!)
    const verified = await openssl(['verify', '-x509_strict', '-CAfile', root, '-untrusted', issuing, leaf])
    expect(verified.toString()).toContain('leaf.pem: OK')
  })

  it('signs revocation lists there that OpenSSL verifies', async () => {
    const record = value(await makeList(desk.means, authority.handle))
    const list = files.put('list.pem', record.crl!.pem)
    const read = await openssl(['crl', '-in', list, '-CAfile', files.path('issuing.pem'), '-noout', '-issuer'])
    expect(read.toString()).toContain('Acme Issuing CA')
  })

  it('is followed by a root whose key is in the same token', async () => {
    const { issuing: _, ...alone } = plan
    const next = { ...alone, name: 'Acme next', commonName: 'Acme Root CA 2', key: 'ec-p256' as const }
    const input = { work: 'n', authority: authority.parent!, plan: next, underParent: false }
    const made = value(await desk.call('succeedAuthority', input))
    expect(made).toMatchObject({ name: 'Acme next', keyAt: 'token', keyPlace: 'CA token' })
    expect(labels()).toContain('Acme Root CA 2')
  })

  it('signs nothing while the token is locked, nor with a library that was never chosen', async () => {
    value(await desk.call('lockToken', { library, token: named() }))
    await expect(issueHere(desk.means, authority.handle, 'later.example')).rejects.toThrow('token.pin-needed')
    const elsewhere = '/opt/somebody/libelse.so'
    await desk.means.vault.authorities.change(authority.handle, (record) => ({
      ...record,
      keyPlace: { at: 'token', library: elsewhere, token: token.label, keyId: 'aa' },
    }))
    const refused = await makeList(desk.means, authority.handle)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'token.library-unknown', library: elsewhere } })
  })
})
