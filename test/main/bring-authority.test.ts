import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'

const folder = mkdtempSync(join(tmpdir(), 'company-'))
const run = (cwd: string, ...args: string[]) =>
  execFileSync('openssl', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const openssl = (...args: string[]) => run(folder, ...args)
const put = (name: string, text: string, at = folder) => {
  writeFileSync(join(at, name), text)
  return join(at, name)
}
const at = (...names: string[]) => names.map((name) => join(folder, name))

const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '900', '-subj', '/O=Acme/CN=Acme CA')
openssl('pkcs12', '-export', '-in', 'ca.crt', '-inkey', 'ca.key', '-out', 'ca.p12', '-passout', 'pass:secret')
openssl('ec', '-in', 'ca.key', '-aes256', '-passout', 'pass:secret', '-out', 'sealed.key')
openssl('req', '-new', ...ec, '-keyout', 'leaf.key', '-out', 'leaf.csr', '-subj', '/CN=leaf.example')
openssl('x509', '-req', '-in', 'leaf.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-set_serial', '7', '-out', 'v1.crt')
openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'other.key')

const bring = (paths: string[], passphrase?: string, on = openTestDesk()) => {
  on.outside.now = new Date()
  const given = passphrase === undefined ? {} : { passphrase }
  return on.call('bringAuthority', { source: { from: 'paths', paths }, askEachTime: false, ...given })
}

describe('a company’s own authority is brought', () => {
  it.each([
    ['key and certificate', at('ca.key', 'ca.crt'), undefined],
    ['a bundle (PKCS#12)', at('ca.p12'), 'secret'],
    ['a protected key and its certificate', at('sealed.key', 'ca.crt'), 'secret'],
  ])('as %s', async (_, paths, passphrase) => {
    const brought = value(await bring(paths, passphrase))
    expect(brought).toMatchObject({
      outcome: 'brought',
      authority: { name: 'Acme CA', kind: 'root', key: 'ec-p256', subject: 'CN=Acme CA,O=Acme' },
    })
    expect(JSON.stringify(brought)).not.toContain('PRIVATE')
  })

  it('after its passphrase was asked for in the page', async () => {
    const desk = openTestDesk()
    desk.outside.files = at('sealed.key', 'ca.crt')
    const ask = (source: 'files' | 'again', passphrase?: string) =>
      desk.call('bringAuthority', {
        source: { from: source },
        askEachTime: false,
        ...(passphrase !== undefined && { passphrase }),
      })
    expect(value(await ask('files'))).toEqual({ outcome: 'locked', files: ['sealed.key'], tried: false })
    expect(value(await ask('again', 'wrong'))).toMatchObject({ outcome: 'locked', tried: true })
    expect(value(await ask('again', 'secret')).outcome).toBe('brought')
  })

  it('and signs what OpenSSL accepts under the company’s certificate', async () => {
    const desk = openTestDesk()
    const brought = value(await bring(at('ca.key', 'ca.crt'), undefined, desk))
    if (brought.outcome !== 'brought') throw new Error(brought.outcome)
    const { request } = value(await desk.call('openRequest', { source: { from: 'paths', paths: at('leaf.csr') } }))
    const wish = { authority: brought.authority.handle, choices: [] }
    const { plan } = value(await desk.call('planSigning', { requestPem: request!.pem, wish }))
    const signed = value(await desk.call('signRequest', { plan, despite: [] }))
    put('signed.crt', signed.certificatePem)
    expect(openssl('verify', '-purpose', 'sslclient', '-CAfile', 'ca.crt', 'signed.crt')).toContain('OK')
  })

  it('once', async () => {
    const desk = openTestDesk()
    value(await bring(at('ca.key', 'ca.crt'), undefined, desk))
    expect(codeOf(await bring(at('ca.p12'), 'secret', desk))).toBe('authority.already-here')
  })

  it('as a folder of openssl ca, with the certificates that its index lists', async () => {
    const demo = join(folder, 'demoCA')
    mkdirSync(join(demo, 'newcerts'), { recursive: true })
    mkdirSync(join(demo, 'private'))
    put('serial', '1000\n', demo)
    put('index.txt', '', demo)
    put('cacert.pem', openssl('x509', '-in', 'ca.crt'), demo)
    put('private/cakey.pem', openssl('pkey', '-in', 'ca.key'), demo)
    const config = `[ca]\ndefault_ca=x\n[x]\ndir=${demo}\ndatabase=$dir/index.txt\nnew_certs_dir=$dir/newcerts\nserial=$dir/serial\nprivate_key=$dir/private/cakey.pem\ncertificate=$dir/cacert.pem\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n`
    put('openssl.cnf', config)
    const sign = (name: string) => {
      openssl('req', '-new', ...ec, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}.example`)
      openssl('ca', '-batch', '-config', 'openssl.cnf', '-days', '90', '-in', `${name}.csr`, '-out', `${name}.crt`)
    }
    sign('one')
    sign('two')
    openssl('ca', '-config', 'openssl.cnf', '-revoke', 'two.crt', '-crl_reason', 'keyCompromise')
    // An entry whose file is gone is known all the same.
    sign('three')
    execFileSync('rm', [join(demo, 'newcerts', '1002.pem')])

    const desk = openTestDesk()
    desk.outside.folder = demo
    desk.outside.now = new Date()
    const brought = value(await desk.call('bringAuthority', { source: { from: 'folder' }, askEachTime: false }))
    expect(brought).toMatchObject({ outcome: 'brought', book: 3 })
    const { issued } = value(await desk.call('readBook', {}))
    const book = issued.map(({ serial, name, here, revoked }) => [serial, name, here, revoked?.reason]).sort()
    expect(book).toEqual([
      ['1000', 'one.example', true, undefined],
      ['1001', 'two.example', true, 'keyCompromise'],
      ['1002', 'three.example', false, undefined],
    ])
  })
})

describe('a near miss is named', () => {
  it.each([
    ['another key', at('other.key', 'ca.crt'), 'authority.key-differs'],
    ['the certificate alone', at('ca.crt'), 'authority.nothing-to-bring'],
    ['the key alone', at('ca.key'), 'authority.nothing-to-bring'],
    ['a certificate for use', at('leaf.key', 'v1.crt'), 'authority.not-a-ca'],
    ['a request', at('leaf.csr'), 'authority.nothing-to-bring'],
  ])('%s', async (_, paths, code) => {
    expect(codeOf(await bring(paths))).toBe(code)
  })

  it('and nothing is kept of it', async () => {
    const desk = openTestDesk()
    await bring(at('leaf.key', 'v1.crt'), undefined, desk)
    expect(value(await desk.call('listAuthorities', {})).authorities).toEqual([])
  })
})
