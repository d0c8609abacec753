import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DoorReport } from '../../shared/door/door-report.ts'
import { usualWish } from '../../shared/serverconfig/usual-wish.ts'
import { allShut, type DoorCast, doorCast, verdicts } from '../support/door-cast.ts'
import { nginxDoor } from '../support/door-servers.ts'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

const desk = openTestDesk()
const cast = doorCast()
const folder = scratchFolder()
let authority = ''
let caPem = ''
let crl = ''

const question = (port: number, more: object = {}) => ({
  work: 'door-1',
  url: `https://localhost:${port}/hook?token=hidden`,
  trust: { by: 'pem' as const, pem: cast.serverCa.pem },
  pinned: false,
  ...more,
})

/** nginx with the vault's authority as the one that clients come from. */
const door = (lines: string) =>
  nginxDoor({ ...cast, clientCa: { ...cast.clientCa, pem: caPem }, crl } as DoorCast, ({ crl: list }) =>
    lines.replace('LIST', list),
  )

beforeAll(async () => {
  // Certificates are for the present day: servers know no other.
  desk.outside.now = new Date()
  const plan = {
    name: 'Webhooks',
    commonName: 'Acme Webhooks CA',
    key: 'ec-p256',
    years: 5,
    askEachTime: true,
  } as const
  const made = value(await desk.call('createAuthority', { work: 'w', plan }))
  authority = made.handle
  caPem = made.certificatePem
})
afterAll(closeAll)

describe('before a check', () => {
  it('asks once for each host whether it may be tested', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    expect(codeOf(await desk.call('checkDoor', question(port)))).toBe('door.not-confirmed')
    const { host } = value(await desk.call('confirmDoorHost', { url: `https://localhost:${port}/elsewhere` }))
    expect(host).toBe(`localhost:${port}`)
    expect(value(await desk.call('checkDoor', question(port))).rows).toHaveLength(18)
    const other = `https://localhost:${port + 1}/`
    expect(codeOf(await desk.call('checkDoor', { ...question(port), url: other }))).toBe('door.not-confirmed')
  })

  it('does not check a server that is not trusted, and says which certificate it shows', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client off;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    const asked = await desk.call('checkDoor', question(port, { trust: { by: 'system' } }))
    expect(asked).toMatchObject({ ok: false, problem: { code: 'door.server-untrusted', subject: 'CN=localhost' } })
    const sha256 = asked.ok || asked.problem.code !== 'door.server-untrusted' ? '' : asked.problem.sha256
    value(await desk.call('checkDoor', question(port, { trust: { by: 'once', sha256 } })))
  })

  it('says so when nothing listens there', async () => {
    value(await desk.call('confirmDoorHost', { url: 'https://localhost:1/' }))
    expect(codeOf(await desk.call('checkDoor', { ...question(1), url: 'https://localhost:1/' }))).toBe(
      'door.unreachable',
    )
  })

  it('refuses what is no https address', async () => {
    for (const url of ['http://localhost/', 'https://user:secret@localhost/', 'localhost', 'https://local host/'])
      expect(codeOf(await desk.call('confirmDoorHost', { url }))).toBe('test.url-invalid')
  })
})

describe('with an authority of the vault', () => {
  it('prepares a revoked certificate, and asks once before the key signs', async () => {
    desk.outside.saveAs = join(folder, 'clients.crl')
    desk.outside.confirm = true
    const made = value(await desk.call('prepareRevoked', { authority }))
    expect(made.saved).toBe(join(folder, 'clients.crl'))
    crl = readFileSync(made.saved ?? '', 'utf8')
    const text = execFileSync('openssl', ['crl', '-noout', '-text'], { input: crl }).toString()
    expect(text.match(/Serial Number/g)).toHaveLength(1)
    expect(value(await desk.call('preparedRevoked', {})).prepared).toEqual([{ authority, until: made.until }])

    const port = await door('ssl_verify_client on; ssl_crl LIST;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    desk.outside.asked.length = 0
    const report = value(await desk.call('checkDoor', question(port, { authority })))
    expect(desk.outside.asked).toHaveLength(1)
    expect(verdicts(report)).toEqual(allShut)
    expect(report.outcome).toBe('shut')
  })

  it('finds the door open whose list is not loaded', async () => {
    const port = await door('ssl_verify_client on;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    const report = value(await desk.call('checkDoor', question(port, { authority })))
    expect(verdicts(report)).toEqual({ ...allShut, revoked: 'open' })
  })

  it('signs nothing when the user says no', async () => {
    const port = await door('ssl_verify_client on;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    desk.outside.confirm = false
    expect(codeOf(await desk.call('checkDoor', question(port, { authority })))).toBe('authority.use-declined')
    desk.outside.confirm = true
  })

  it('keeps the throw-aways out of the book and their signing in the history', async () => {
    const { history } = value(await desk.call('readAuthority', { authority }))
    expect(history.filter(({ what }) => what === 'door-check')).toHaveLength(2)
    expect((await desk.means.vault.issued.list()).records).toHaveLength(1)
  })
})

describe('a certificate out of files', () => {
  it('is chosen with its key, which stays in the main process', async () => {
    writeFileSync(join(folder, 'provider.pem'), cast.provider.pem + cast.provider.keyPem)
    desk.outside.files = [join(folder, 'provider.pem')]
    const { chosen } = value(await desk.call('chooseDoorFile', { what: 'identity' }))
    expect(chosen).toMatchObject({ name: 'provider.pem', subject: 'CN=hooks.provider.example,O=Provider', isCa: false })
    expect(JSON.stringify(chosen)).not.toContain('PRIVATE')
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    const right = { by: 'files' as const, token: chosen?.token ?? '' }
    const report = value(await desk.call('checkDoor', question(port, { right, issuerPem: cast.clientCa.pem })))
    expect(verdicts(report)).toMatchObject({ right: 'lets-in', 'same-name-ca': 'shut', expired: 'not-tried' })
  })

  it('is asked for its passphrase', async () => {
    const locked = join(folder, 'locked.p12')
    const args = ['pkcs12', '-export', '-in', join(folder, 'provider.pem'), '-out', locked, '-passout', 'pass:sesame']
    execFileSync('openssl', args)
    desk.outside.files = [locked]
    expect(codeOf(await desk.call('chooseDoorFile', { what: 'identity' }))).toBe('key.passphrase-needed')
    const wrong = await desk.call('chooseDoorFile', { what: 'identity', again: true, passphrase: 'open' })
    expect(codeOf(wrong)).toBe('key.passphrase-wrong')
    const { chosen } = value(await desk.call('chooseDoorFile', { what: 'identity', again: true, passphrase: 'sesame' }))
    expect(chosen?.token).toBeDefined()
  })

  it('is forgotten when the vault is locked', async () => {
    const [one, other] = [openTestDesk(), join(folder, 'provider.pem')]
    one.outside.files = [other]
    const { chosen } = value(await one.call('chooseDoorFile', { what: 'identity' }))
    value(await one.call('confirmDoorHost', { url: 'https://localhost:1/' }))
    await one.call('lockVault', {})
    const right = { by: 'files' as const, token: chosen?.token ?? '' }
    const asked = await one.call('checkDoor', { ...question(1, { right }), url: 'https://localhost:1/' })
    expect(codeOf(asked)).toBe('door.files-gone')
  })

  it('is of an authority where one is asked for', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    const asked = await desk.call('checkDoor', question(port, { issuerPem: cast.provider.pem }))
    expect(codeOf(asked)).toBe('door.no-issuer')
  })
})

describe('a report', () => {
  it('is saved as Markdown and as JSON, without query and keys', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client optional_no_ca;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    const url = `https://localhost:${port}/?token=hidden`
    const { id } = value(await desk.call('checkDoor', { ...question(port), url }))
    desk.outside.saveAs = join(folder, 'report.md')
    value(await desk.call('saveDoorReport', { report: id, as: 'markdown' }))
    const text = readFileSync(join(folder, 'report.md'), 'utf8')
    expect(text).toContain(`# Is the door shut? https://localhost:${port}/\n`)
    expect(text).toMatch(
      /\| No certificate \| TLS 1\.3 \| refused \| HTTP 200 OK \| ✗ \*\*Accepts what it must refuse\*\*/,
    )
    expect(text).toMatch(/Checked: \d{4}-\d\d-\d\dT/)
    desk.outside.saveAs = join(folder, 'report.json')
    value(await desk.call('saveDoorReport', { report: id, as: 'json' }))
    const json = readFileSync(join(folder, 'report.json'), 'utf8')
    expect(DoorReport.parse(JSON.parse(json)).outcome).toBe('open')
    for (const told of [text, json]) expect(told).not.toMatch(/hidden|PRIVATE KEY/)
    const gone = '00000000-0000-0000-0000-000000000000'
    expect(codeOf(await desk.call('saveDoorReport', { report: gone, as: 'json' }))).toBe('door.report-gone')
  })

  it('tells of each connection as it comes, one at a time', async () => {
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    value(await desk.call('confirmDoorHost', { url: question(port).url }))
    desk.outside.news.length = 0
    value(await desk.call('checkDoor', question(port)))
    const told = desk.outside.news.flatMap((piece) => (piece.kind === 'door' ? [piece.rows] : []))
    expect(told.length).toBeGreaterThan(12)
    for (const rows of told) expect(rows.filter(({ state }) => state === 'running').length).toBeLessThan(2)
  })

  it('holds what was seen until it was cancelled', async () => {
    const slow = openTestDesk({
      probe: async (options) => {
        const made = await desk.means.probe(options)
        if (++calls === 3) await slow.call('cancelWork', { work: 'door-1' })
        return made
      },
    })
    let calls = 0
    const port = await nginxDoor(cast, () => 'ssl_verify_client on;')
    value(await slow.call('confirmDoorHost', { url: question(port).url }))
    const report = value(await slow.call('checkDoor', question(port)))
    expect(report).toMatchObject({ cancelled: true, connections: 2, outcome: 'cannot-tell' })
    expect(report.rows.every(({ state }) => state === 'done')).toBe(true)
  })
})

describe('a server configuration', () => {
  it('is written with the authority and its list beside it', async () => {
    desk.outside.folder = scratchFolder()
    const wish = { ...usualWish, pin: { by: 'name' as const, name: 'hooks.example.com' } }
    const saved = value(await desk.call('saveServerConfiguration', { server: 'nginx', wish, authority }))
    expect(saved.files).toEqual(['hooks.example.com.conf', 'clients.crt', 'clients.crl'])
    const text = readFileSync(join(desk.outside.folder, 'hooks.example.com.conf'), 'utf8')
    expect(text).toContain('ssl_verify_client on;')
    const args = [
      'verify',
      '-CAfile',
      join(desk.outside.folder, 'clients.crt'),
      join(desk.outside.folder, 'clients.crt'),
    ]
    expect(execFileSync('openssl', args).toString()).toContain('OK')
    desk.outside.mayReplace = false
    expect(value(await desk.call('saveServerConfiguration', { server: 'nginx', wish })).saved).toBeNull()
  })

  it('takes the listener’s certificate along, its key for nobody else to read', async () => {
    const setup = value(await desk.call('readListenerSetup', { provider: 'truv' }))
    expect(setup).toBeDefined()
    desk.outside.folder = scratchFolder()
    const asked = { server: 'node' as const, wish: usualWish, listener: 'truv' }
    expect(codeOf(await desk.call('saveServerConfiguration', asked))).toBe('listener.not-running')
    expect(readdirSync(desk.outside.folder)).toEqual([])
    const kept = { setup: { ...setup.setup, server: { by: 'authority' as const, authority } } }
    value(await desk.means.vault.listeners.add('truv', kept, {}))
    const { files } = value(await desk.call('saveServerConfiguration', asked))
    expect(files).toEqual(['door.mjs', 'server.crt', 'server.key'])
    expect(statSync(join(desk.outside.folder, 'server.key')).mode & 0o777).toBe(0o600)
    expect(existsSync(join(desk.outside.folder, 'clients.crt'))).toBe(false)
  })
})
