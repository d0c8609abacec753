import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CrlOut, RevokeOut } from '../../electron/cli/output-book.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { countersign } from '../support/cli.ts'
import { issueHere } from '../support/issue-here.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { closeAll, nginxServer } from '../support/test-servers.ts'
import { run } from '../support/tools.ts'

const passphrase = 'correct horse battery'
const plan = { name: 'Acme CA', commonName: 'Acme CA', key: 'ec-p256' as const, years: 5, askEachTime: false }

let desk: TestDesk
let files: string
let serial: string
const path = (name: string) => join(files, name)

beforeAll(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  files = mkdtempSync(join(tmpdir(), 'book-cli-'))
  writeFileSync(path('pass.txt'), `${passphrase}\n`, { mode: 0o600 })
  value(await desk.call('setVaultPassphrase', { passphrase }))
  const issuing = { commonName: 'Acme Issuing CA', years: 2 }
  const { handle } = value(await desk.call('createAuthority', { work: 'w', plan: { ...plan, issuing } }))
  const issued = await issueHere(desk.means, handle, 'api.example.com')
  serial = issued.serial.toUpperCase()
  const good = await issueHere(desk.means, handle, 'good.example.com')
  const server = await issueHere(desk.means, handle, 'localhost', { purposes: ['serverAuth'], sans: ['DNS:localhost'] })
  const { certificatePem: issuer = '' } = (await desk.means.vault.authorities.find(handle)) ?? {}
  for (const [name, one] of Object.entries({ api: issued, good, server })) {
    writeFileSync(path(`${name}.chain`), (one.certificatePem ?? '') + issuer)
    writeFileSync(path(`${name}.key`), toPem('PRIVATE KEY', one.pkcs8), { mode: 0o600 })
  }
  await issueHere(desk.means, handle, 'twin.example.com')
  await issueHere(desk.means, handle, 'twin.example.com')
  writeFileSync(path('api.crt'), issued.certificatePem ?? '')
})

afterAll(closeAll)

const call = (...args: string[]) =>
  countersign([...args, '--data', desk.folder, '--passphrase-file', path('pass.txt'), '--json'], { cwd: files })
const codeOf = (ran: { json: () => unknown }) => (ran.json() as { problem: { code: string } }).problem.code

describe('countersign revoke and crl', () => {
  it('revoke what the serial number names, as any tool prints it, and sign the list at once', async () => {
    const spelt = serial.replace(/(..)(?=.)/g, '$1:')
    const reason = ['--reason', 'keyCompromise', '--invalid-since', '2026-01-02']
    const ran = await call('revoke', spelt, ...reason, '--crl', path('first.pem'))
    expect(ran.err).toBe('')
    const said = RevokeOut.parse(ran.json())
    expect(said).toMatchObject({ name: 'api.example.com', serial, reason: 'keyCompromise', authority: 'Acme CA' })
    expect(said.list?.file).toBe(path('first.pem'))
    expect(codeOf(await call('revoke', serial))).toBe('issued.revoked-already')
  })

  it('write lists that OpenSSL obeys, with trust and index beside them', async () => {
    const wanted = ['--out', path('lists.pem'), '--trust', path('trust.pem'), '--index', path('index.txt')]
    const ran = await call('crl', '--authority', 'Acme CA', '--days', '3', ...wanted)
    const said = CrlOut.parse(ran.json())
    expect(said).toMatchObject({ made: true, revoked: 1, of: ['Acme CA', 'Acme CA (root)'], missing: [] })
    writeFileSync(path('all.pem'), readFileSync(path('trust.pem'), 'utf8') + readFileSync(path('lists.pem'), 'utf8'))
    const verify = await run('openssl', ['verify', '-crl_check_all', '-CAfile', path('all.pem'), path('api.crt')])
    expect(verify.stderr + verify.stdout).toContain('certificate revoked')
    expect(readFileSync(path('index.txt'), 'utf8')).toContain(`,keyTime,20260102000000Z\t${serial}\t`)
    expect(codeOf(await call('crl', ...wanted))).toBe('file.exists')
  })

  it('write what nginx refuses the revoked by', async () => {
    const text = (name: string) => readFileSync(path(name), 'utf8')
    const [trust, crl] = [text('trust.pem'), text('lists.pem')]
    const { port } = await nginxServer({ cert: text('server.chain'), key: text('server.key'), clientCa: trust, crl })
    const status = async (name: string) => {
      const shown = ['--cacert', path('trust.pem'), '--cert', path(`${name}.chain`), '--key', path(`${name}.key`)]
      const url = `https://localhost:${port}/`
      const out = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '--noproxy', '*', ...shown, url])
      return out.stdout.toString()
    }
    expect([await status('good'), await status('api')]).toEqual(['200', '400'])
  })

  it('sign a list only when it is due, where that is asked', async () => {
    const again = ['--if-due', '--out', path('lists.pem'), '--force']
    const first = CrlOut.parse((await call('crl', ...again)).json())
    const second = CrlOut.parse((await call('crl', ...again)).json())
    expect([second.made, second.number]).toEqual([false, first.number])
    const der = CrlOut.parse((await call('crl', '--der', '--out', path('own.crl'))).json())
    expect(der.number).toBeGreaterThan(first.number)
    const read = await run('openssl', ['crl', '-inform', 'DER', '-in', path('own.crl'), '-noout', '-crlnumber'])
    expect(read.stdout.toString()).toContain(`0x${der.number.toString(16).toUpperCase()}`)
  })

  it('refuse what names nothing or several', async () => {
    expect(codeOf(await call('revoke', 'nobody.example.com'))).toBe('issued.not-found')
    expect(codeOf(await call('revoke', 'twin.example.com'))).toBe('issued.several')
    expect(codeOf(await call('revoke', 'api.example.com', '--reason', 'lost'))).toBe('cli.usage')
    expect(codeOf(await call('revoke', 'x', '--reason', 'superseded', '--invalid-since', '2026-01-02'))).toBe(
      'cli.usage',
    )
    expect(codeOf(await call('crl', '--out', path('x'), '--authority', 'Nobody'))).toBe('cli.usage')
  })
})
