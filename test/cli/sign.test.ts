import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { AuthoritiesOut, AuthorityOut, SignOut } from '../../electron/cli/output-authority.ts'
import { countersign } from '../support/cli.ts'
import { scratchFolder } from '../support/test-servers.ts'

const cwd = scratchFolder()
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const vault = ['--data', 'desk', '--passphrase-file', 'pass.txt', '--json']
const run = (...args: string[]) => countersign([...args, ...vault], { cwd })
const sign = async (...args: string[]): Promise<z.infer<typeof SignOut>> => {
  const ran = await run('sign', 'apata.csr', '--authority', 'Acme CA', ...args)
  if (ran.code !== 0) throw new Error(`${ran.code} ${ran.out}${ran.err}`)
  return SignOut.parse(ran.json())
}
const refusal = async (...args: string[]) => {
  const ran = await run('sign', ...args)
  return [ran.code, (ran.json() as { problem: { code: string } }).problem.code]
}
const issued = (out: z.infer<typeof SignOut>, label: string) => out.rows.find((row) => row.label === label)?.issued

beforeAll(async () => {
  writeFileSync(join(cwd, 'pass.txt'), 'four plain words together\n')
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const name = ['-subj', '/C=IE/O=Apata/CN=out.apata.example', '-addext', 'extendedKeyUsage=serverAuth']
  openssl('req', '-new', ...ec, '-keyout', 'apata.key', '-out', 'apata.csr', ...name)
  openssl('req', '-x509', ...ec, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '300', '-subj', '/CN=Company CA')
  const made = await run('authority', 'create', '--name', 'Acme CA', '--organization', 'Acme', '--out', 'acme.crt')
  expect(AuthorityOut.parse(made.json())).toMatchObject({ name: 'Acme CA', kind: 'root', file: 'acme.crt' })
})

describe('countersign authority', () => {
  it('keeps the key in the vault, and nowhere else', () => {
    const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    const holding = files.filter((one) => readFileSync(join(one.parentPath, one.name), 'utf8').includes('PRIVATE KEY'))
    expect(holding.map(({ name }) => name).sort()).toEqual(['apata.key', 'ca.key'])
  })

  it('brings the CA of a company, and lists both', async () => {
    expect((await run('authority', 'bring', 'ca.key', 'ca.crt')).code).toBe(0)
    const { authorities } = AuthoritiesOut.parse((await run('authority', 'list')).json())
    expect(authorities.map(({ name }) => name)).toEqual(['Acme CA', 'Company CA'])
  })

  it('says no to a wrong vault passphrase and to half a CA', async () => {
    writeFileSync(join(cwd, 'wrong.txt'), 'something else\n')
    const wrong = ['authority', 'list', '--data', 'desk', '--passphrase-file', 'wrong.txt', '--json']
    const ran = await countersign(wrong, { cwd })
    expect([ran.code, ran.json()]).toMatchObject([1, { problem: { code: 'key.passphrase-wrong' } }])
    const half = await run('authority', 'bring', 'ca.crt')
    expect([half.code, half.json()]).toMatchObject([1, { problem: { code: 'authority.nothing-to-bring' } }])
  })
})

describe('countersign sign', () => {
  it('writes what is handed back, which OpenSSL accepts', async () => {
    const out = await sign('--profile', 'apata', '--days', '365', '--out', 'back')
    expect(out.files).toEqual({
      certificate: 'back/apata-outbound.crt',
      authority: 'back/ca.crt',
      text: 'back/read-me.txt',
    })
    expect(openssl('verify', '-purpose', 'sslclient', '-CAfile', 'back/ca.crt', 'back/apata-outbound.crt')).toContain(
      'OK',
    )
    expect(issued(out, 'What it may be used for')).toEqual(['clientAuth (TLS Web Client Authentication)'])
    expect(await refusal('apata.csr', '--authority', 'Acme CA', '--profile', 'apata', '--out', 'back')).toEqual([
      1,
      'file.exists',
    ])
  })

  it('shows a plan, and signs nothing by it', async () => {
    const out = await sign('--plan', '--set', 'OU=Webhooks', '--drop', 'C', '--set', 'san=DNS:a.example,DNS:b.example')
    expect(out.files).toBeNull()
    expect(out.subject).toBe('OU=Webhooks,CN=out.apata.example,O=Apata')
    expect(issued(out, 'Further names')).toEqual(['DNS:a.example', 'DNS:b.example'])
    const { issued: count } = AuthoritiesOut.parse((await run('authority', 'list')).json()).authorities[0]!
    expect(count).toBe(1)
  })

  it('asks before the use that the request wants is taken', async () => {
    const taking = ['apata.csr', '--authority', 'Acme CA', '--take', 'uses', '--out', 'server']
    const ran = await run('sign', ...taking)
    expect([ran.code, ran.json()]).toMatchObject([
      1,
      { problem: { code: 'sign.needs-consent' }, findings: [{ code: 'sign.foreign-use' }] },
    ])
    expect(existsSync(join(cwd, 'server'))).toBe(false)
    const out = await sign('--take', 'uses', '--despite', 'sign.foreign-use', '--out', 'server')
    expect(issued(out, 'What it may be used for')).toEqual(['serverAuth (TLS Web Server Authentication)'])
  })

  it('refuses an unknown provider, and a request whose content was changed', async () => {
    const stranger = ['apata.csr', '--authority', 'Acme CA', '--profile', 'nobody', '--out', 'x']
    expect(await refusal(...stranger)).toEqual([1, 'plan.provider-unknown'])
    const der = execFileSync('openssl', ['req', '-in', 'apata.csr', '-outform', 'DER'], { cwd })
    der[der.indexOf('out.apata')] = 0x4f
    writeFileSync(join(cwd, 'changed.csr'), der)
    expect(await refusal('changed.csr', '--authority', 'Acme CA', '--out', 'x')).toEqual([1, 'sign.unproven'])
  })

  it('uses a key that is set to ask only when that is allowed', async () => {
    await run('authority', 'create', '--name', 'Careful CA', '--ask-each-time')
    const careful = ['apata.csr', '--authority', 'Careful CA', '--out', 'careful']
    expect(await refusal(...careful)).toEqual([1, 'authority.use-declined'])
    expect((await run('sign', ...careful, '--use-key')).code).toBe(0)
  })

  it('wants to know which authority, where there are several', async () => {
    expect(await refusal('apata.csr', '--out', 'x')).toEqual([2, 'cli.usage'])
  })
})
