import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DoorOut, ServerConfigOut } from '../../electron/cli/output-door.ts'
import { DoorReport } from '../../shared/door/door-report.ts'
import { countersign } from '../support/cli.ts'
import { allShut, doorCast, verdicts } from '../support/door-cast.ts'
import { nginxDoor } from '../support/door-servers.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

const cast = doorCast()
let cwd: string
let shut: string
let open: string
beforeAll(async () => {
  cwd = scratchFolder()
  const put = (name: string, text: string) => writeFileSync(join(cwd, name), text)
  put('server-ca.crt', cast.serverCa.pem)
  put('ca.crt', cast.clientCa.pem)
  put('ca.key', cast.clientCa.keyPem)
  put('provider.pem', cast.provider.pem + cast.provider.keyPem)
  put('revoked.crt', cast.revoked.pem)
  put('revoked.key', cast.revoked.keyPem)
  shut = `https://localhost:${await nginxDoor(cast, ({ crl }) => `ssl_verify_client on; ssl_crl ${crl};`)}/`
  open = `https://localhost:${await nginxDoor(cast, () => 'ssl_verify_client optional_no_ca;')}/`
})
afterAll(closeAll)

const run = (...args: string[]) => countersign(args, { cwd })
const whole = ['--ca', 'server-ca.crt', '--cert', 'provider.pem', '--issuer', 'ca.crt', '--issuer-key', 'ca.key']
const revoked = ['--revoked', 'revoked.crt', '--revoked-key', 'revoked.key']

describe('countersign door', () => {
  it('calls a shut door shut, and writes the report', async () => {
    const ran = await run(
      'door',
      shut,
      '--mine',
      ...whole,
      ...revoked,
      '--report',
      'a.md',
      '--report',
      'a.json',
      '--json',
    )
    expect(ran).toMatchObject({ code: 0, err: '' })
    const report = DoorReport.parse(ran.json())
    expect(verdicts(report)).toEqual(allShut)
    expect(DoorReport.parse(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')))).toEqual(report)
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toContain('| Revoked | TLS 1.3 | refused |')
    expect((await run('door', shut, '--mine', ...whole, '--report', 'a.md')).err).toContain('--force')
  })

  it('names what an open door accepts, with exit code 1', async () => {
    const ran = await run('door', open, '--mine', ...whole, ...revoked)
    expect(ran.code).toBe(1)
    expect(ran.out).toMatch(/^x Self-signed +TLS 1\.3 +OPEN/m)
    expect(ran.out).toMatch(/^\+ Expired +TLS 1\.2 +shut/m)
    expect(ran.out).toContain('The door is open')
  })

  it('presents nothing before the server was said to be one’s own', async () => {
    const ran = await run('door', shut, ...whole, '--json')
    expect(ran.code).toBe(1)
    expect(DoorOut.parse(ran.json())).toMatchObject({ problem: { code: 'door.not-confirmed' } })
    expect(ran.err).toContain('--mine')
  })

  it.each([
    [['door'], 2, 'Say which server'],
    [['door', 'http://localhost/', '--mine'], 1, 'https'],
    [['door', 'https://localhost:1/', '--mine', '--issuer-key', 'ca.key'], 2, '--issuer'],
    [['door', 'https://localhost:1/', '--mine', '--issuer', 'provider.pem'], 1, 'no certificate of an authority'],
    [
      ['door', 'https://localhost:1/', '--mine', '--issuer', 'ca.crt', '--issuer-key', 'revoked.key'],
      1,
      'does not belong',
    ],
    [['door', 'https://localhost:1/', '--mine'], 1, 'could not be reached'],
  ])('refuses %j', async (args, code, says) => {
    const ran = await run(...args)
    expect(ran.code).toBe(code)
    expect(ran.err).toContain(says)
  })

  it('does not check a server that is not trusted', async () => {
    const ran = await run('door', open, '--mine', '--json')
    expect(ran.json()).toMatchObject({ problem: { code: 'door.server-untrusted' } })
    expect(ran.err).toContain('--trust-once')
  })
})

describe('countersign server-config', () => {
  it('pins the certificate that it is given', async () => {
    const ran = await run('server-config', '--for', 'haproxy', '--pin', 'provider.pem', '--json')
    const made = ServerConfigOut.parse(ran.json())
    expect(made.files[0]?.text).toMatch(/sha2\(256\),hex,lower -m str [0-9a-f]{64}/)
  })

  it.each([
    [['--for', 'iis'], '--for is one of nginx'],
    [['--for', 'nginx', '--host', 'a;b'], '--host cannot be taken'],
    [['--for', 'nginx', '--client-ca', '/etc/my files/ca.crt'], '--client-ca cannot be taken'],
    [['--for', 'nginx', '--subject-header', 'X Y'], '--subject-header cannot be taken'],
    [['--for', 'nginx', '--crl', 'a.crl', '--no-crl'], 'either --crl or --no-crl'],
    [['--for', 'nginx', '--provider', 'truv', '--call', 'nothing'], '--call is one of'],
  ])('does not understand %j', async (args, says) => {
    const ran = await run('server-config', ...args)
    expect(ran.code).toBe(2)
    expect(ran.err).toContain(says)
  })
})
