import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ExpiringOut } from '../../electron/cli/output-expiry.ts'
import { countersign } from '../support/cli.ts'
import { nuapayPlan } from '../support/plans.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { issue, revoke } from '../support/throwaway-pki.ts'

let desk: TestDesk
let files: string

beforeAll(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
  for (const [name, days] of [
    ['Soon', 20],
    ['Later', 200],
  ] as const) {
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: { ...nuapayPlan, name } }))
    value(await desk.call('selfSign', { identity: handle, days }))
  }
  value(await desk.call('lockVault', {}))
  files = mkdtempSync(join(tmpdir(), 'files-'))
  const ca = issue({ subject: ['CN=File CA'], isCa: true, toDays: 4000 })
  const leaf = issue({ subject: ['CN=client.example'], issuer: ca, toDays: 10 })
  const old = issue({ subject: ['CN=old.example'], issuer: ca, fromDays: -400, toDays: -30 })
  mkdirSync(join(files, 'store'))
  writeFileSync(join(files, 'client.pem'), leaf.pem + ca.pem)
  writeFileSync(join(files, 'store', 'same.crt'), leaf.der)
  writeFileSync(join(files, 'store', 'old.crt'), old.pem)
  writeFileSync(join(files, 'store', 'list.crl'), revoke(ca, [old]))
  writeFileSync(join(files, 'ca.pem'), ca.pem)
  writeFileSync(join(files, 'notes.txt'), 'nothing of that kind')
})

const expiring = (...args: string[]) => countersign(['expiring', ...args], { cwd: files })
const json = (out: string) => ExpiringOut.parse(JSON.parse(out))

describe('countersign expiring, over the app’s vault', () => {
  it('lists what expires within the time while the vault is locked, with exit code 1', async () => {
    const { code, out } = await expiring('--data', desk.folder, '--within', '30d', '--json')
    expect(json(out)).toMatchObject({
      count: 1,
      items: [{ kind: 'identity', name: 'Soon', state: 'valid', provider: 'nuapay' }],
    })
    expect(code).toBe(1)
  })

  it('has exit code 0 when nothing does', async () => {
    const { code, out } = await expiring('--data', desk.folder, '--within', '2w')
    expect(out).toBe('Nothing of 2 things expires within 14 days.\n')
    expect(code).toBe(0)
  })

  it('writes all dates as calendar, table and metrics, beside what it says', async () => {
    const paths = ['dates.ics', 'dates.csv', 'dates.prom'].map((name) => join(files, name))
    const [ics = '', csv = '', prom = ''] = paths
    const { code, out } = await expiring(
      '--data',
      desk.folder,
      '--within',
      '1',
      '--ics',
      ics,
      '--csv',
      csv,
      '--prometheus',
      prom,
      '--json',
    )
    expect(json(out).files).toEqual(paths)
    expect(readFileSync(ics, 'utf8')).toMatch(/SUMMARY:Expires: identity “Later”/)
    expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(4)
    expect(readFileSync(prom, 'utf8')).toContain('countersign_not_after_timestamp_seconds{kind="identity",name="Soon"')
    expect(code).toBe(0)
  })

  it('says where it looked when there is no vault', async () => {
    const { code, out } = await expiring('--data', files, '--json')
    expect(JSON.parse(out).problem.code).toBe('vault.none-here')
    expect(code).toBe(1)
  })
})

describe('countersign expiring, over files', () => {
  it('finds certificates and lists in files and folders, the same one once, nearest end first', async () => {
    const { code, out } = await expiring('client.pem', 'store', '--within', '1y', '--json')
    const { items, problems } = json(out)
    expect(items[0]).toMatchObject({ kind: 'issued', name: 'old.example', state: 'expired' })
    expect(items.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
      'crl File CA',
      'issued client.example',
      'issued old.example',
    ])
    expect(items.find(({ name }) => name === 'client.example')?.usedBy).toEqual(['client.pem', 'store/same.crt'])
    expect(problems).toEqual([])
    expect(code).toBe(1)
  })

  it('has exit code 0 for what lasts longer, and 1 for a file that is none of it', async () => {
    expect((await expiring('ca.pem')).code).toBe(0)
    expect((await expiring('ca.pem', 'missing.pem')).code).toBe(1)
    expect((await expiring('notes.txt')).code).toBe(1)
  })

  it('refuses a time that is none, and a file that node_exporter would not read, with exit code 2', async () => {
    expect((await expiring('ca.pem', '--within', 'soon')).code).toBe(2)
    expect((await expiring('ca.pem', '--prometheus', 'dates.txt')).code).toBe(2)
  })
})
