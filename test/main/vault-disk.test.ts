import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFolderLock, FolderBusy } from '../../electron/vault/folder-lock.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { ok } from '../../shared/result.ts'
import { builtProgram } from '../support/built-reader.ts'
import { fixedKeychain } from '../support/fixed-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { value } from '../support/test-means.ts'

const secret = Buffer.from('a private key, in truth')
const one = identityRecord('Acme')
const isRoot = process.getuid?.() === 0

let program: string
let folder: string
const open = (by = {}) => createVault(join(folder, 'vault'), fixedKeychain, by)
const said = (out: string) =>
  out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

beforeAll(async () => {
  program = fileURLToPath(await builtProgram('test/support/vault-child.ts'))
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'disk-'))
  await open().identities.add(one.handle, one, { privateKey: secret })
})

/** As everything was: readable, whole, nothing half written but what the next write clears away. */
async function isAsBefore(names: string[]) {
  const { records, damaged } = await open().identities.list()
  expect([records.map(({ plan }) => plan.name).sort(), damaged]).toEqual([names, []])
  expect(await open().identities.secret(one.handle, 'privateKey')).toEqual(ok(secret))
  expect((await open().identities.change(one.handle, (it) => it))?.ok).toBe(true)
  const parts = readdirSync(join(folder, 'vault', 'identities')).filter((name) => name.endsWith('.part'))
  expect(parts).toEqual([])
}

describe('a full disk', () => {
  // The kernel itself refuses in the middle of a write, as it does when no block is left.
  it('refuses what does not fit, by the limit of a file’s size, and leaves everything as it was', async () => {
    const ran = spawnSync(
      'sh',
      ['-c', 'ulimit -f 64; exec "$@"', 'sh', process.execPath, program, 'grow', folder, 'new', '60000'],
      {
        encoding: 'utf8',
      },
    )
    expect(said(ran.stdout)).toEqual([{ added: true }, { added: 'vault.disk-full' }, { records: 2, damaged: [] }])
    await isAsBefore(['Acme', 'new 1'])
  })

  it('refuses what does not fit on a small disk of its own, where one can be mounted', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'small-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'none', disk]).status === 0
    // Without the right to mount, the limit above is all there is to try.
    if (!mounted) return void expect(isRoot && process.platform === 'linux' && canMount()).toBe(false)
    try {
      cpSync(join(folder, 'vault'), join(disk, 'vault'), { recursive: true })
      const before = folder
      folder = disk
      const ran = spawnSync(process.execPath, [program, 'grow', disk, 'new', '60000'], { encoding: 'utf8' })
      expect(said(ran.stdout)).toEqual([{ added: true }, { added: 'vault.disk-full' }, { records: 2, damaged: [] }])
      await isAsBefore(['Acme', 'new 1'])
      folder = before
    } finally {
      execFileSync('umount', [disk])
    }
  })
})

const canMount = () => spawnSync('unshare', ['-m', 'true']).status === 0

it('a read-only folder is read, and what would be written is refused', async () => {
  for (const path of [folder, join(folder, 'vault'), join(folder, 'vault', 'identities')]) chmodSync(path, 0o555)
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) chmodSync(join(file.parentPath, file.name), 0o444)
  }
  // For root nothing is read-only: somebody else tries.
  const place = join(program, '..')
  for (const name of ['', ...readdirSync(place)]) chmodSync(join(place, name), 0o755)
  const somebody = isRoot ? { uid: 65534, gid: 65534 } : {}
  const ran = spawnSync(process.execPath, [program, 'grow', folder, 'new', '10'], { encoding: 'utf8', ...somebody })
  expect(said(ran.stdout)).toEqual([
    { added: 'vault.not-writable' },
    { added: 'vault.not-writable' },
    { records: 1, damaged: [] },
  ])
  for (const path of [folder, join(folder, 'vault'), join(folder, 'vault', 'identities')]) chmodSync(path, 0o700)
  for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) chmodSync(join(file.parentPath, file.name), 0o600)
  }
  await isAsBefore(['Acme'])
})

it('a folder that goes away while the app runs is made again, with the vault’s own file in it', async () => {
  const vault = open()
  await vault.identities.list()
  rmSync(join(folder, 'vault'), { recursive: true })
  expect((await vault.identities.list()).records).toEqual([])
  expect((await vault.identities.add(one.handle, one, { privateKey: secret })).ok).toBe(true)
  expect(await open().identities.secret(one.handle, 'privateKey')).toEqual(ok(secret))
})

it('a clock that is set back and forward by years changes nothing about what is kept', async () => {
  let now = new Date('2026-03-01T12:00:00Z')
  const vault = open({ now: () => now })
  for (const year of [2041, 1999, 2026]) {
    now = new Date(`${year}-03-01T12:00:00Z`)
    const record = identityRecord(`${year}`)
    expect((await vault.identities.add(record.handle, record, { privateKey: secret })).ok).toBe(true)
    await vault.journal.note({ what: 'created', kind: 'identity', name: `${year}` })
    value(await vault.backups.automatic.run('now'))
    // Files of another time, as after a journey or a dead battery.
    for (const file of readdirSync(join(folder, 'vault'), { recursive: true, withFileTypes: true })) {
      utimesSync(join(file.parentPath, file.name), now, now)
    }
  }
  expect((await vault.identities.list()).records).toHaveLength(4)
  expect(await open().journal.verify()).toEqual({ lines: 6, faults: [] })
  expect((await open().backups.automatic.list()).map(({ madeAt }) => madeAt.slice(0, 4))).toEqual([
    '2026',
    '1999',
    '2041',
  ])
})

describe('the lock of a folder', () => {
  let place: string
  const quick = { beatMs: 20, silentMs: 200, patienceMs: 1000 }
  const file = () => join(place, 'lock')
  const holder = (change: object) =>
    JSON.stringify({ token: 'x', pid: process.pid, host: hostname(), started: '', ...change })
  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'lock-'))
  })

  it('lets one in at a time', async () => {
    const [a, b] = [createFolderLock(place, quick), createFolderLock(place, quick)]
    let inside = 0
    let most = 0
    const job = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 3))
      inside--
    }
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? a : b).hold(job)))
    expect(most).toBe(1)
    expect(readdirSync(place)).toEqual([])
  })

  it.each([
    ['of a process that is gone', () => holder({ pid: 2 ** 22 - 3 })],
    ['of a process whose number another one has now', () => holder({ pid: 1, started: '12345678901' })],
    ['that was never written', () => ''],
    ['of another computer that has fallen silent', () => holder({ host: 'elsewhere' })],
  ])('is taken over when it is one %s, whatever year the file is of', async (_, text) => {
    writeFileSync(file(), text())
    const later = new Date('2041-01-01T00:00:00Z')
    utimesSync(file(), later, later)
    expect(await createFolderLock(place, quick).hold(async () => 'in')).toBe('in')
    expect(readdirSync(place)).toEqual([])
  })

  it('of another computer that is at work is waited for, and not broken', async () => {
    writeFileSync(file(), holder({ host: 'elsewhere' }))
    const beat = setInterval(() => utimesSync(file(), new Date(), new Date()), 30)
    try {
      await expect(createFolderLock(place, quick).hold(async () => 'in')).rejects.toThrow(FolderBusy)
    } finally {
      clearInterval(beat)
    }
    expect(readdirSync(place)).toEqual(['lock'])
  })

  it('is taken over by one alone when many wait for a dead one', async () => {
    mkdirSync(place, { recursive: true })
    for (let round = 0; round < 5; round++) {
      writeFileSync(file(), holder({ pid: 2 ** 22 - 3 }))
      let inside = 0
      let most = 0
      await Promise.all(
        Array.from({ length: 12 }, () =>
          createFolderLock(place, quick).hold(async () => {
            most = Math.max(most, ++inside)
            await new Promise((resolve) => setTimeout(resolve, 2))
            inside--
          }),
        ),
      )
      expect(most).toBe(1)
    }
  })

  it('becomes a refusal with words when others never end', async () => {
    writeFileSync(join(folder, 'vault', 'lock'), holder({}))
    const vault = open({ patienceMs: 150 })
    expect(await vault.identities.change(one.handle, (it) => it)).toEqual({
      ok: false,
      problem: { code: 'vault.busy' },
    })
    expect((await vault.identities.list()).records).toHaveLength(1)
  })
})

describe('changes of another process', () => {
  it('are seen with the next answer, and told of once when somebody looks', async () => {
    const [mine, other] = [open(), open()]
    let told = 0
    mine.onOutsideChange(() => told++)
    expect((await mine.identities.list()).records).toHaveLength(1)
    await mine.look()
    await mine.identities.change(one.handle, (it) => it)
    await mine.look()
    expect(told).toBe(0)
    await other.identities.change(one.handle, (it) => ({ ...it, plan: { ...it.plan, name: 'Renamed elsewhere' } }))
    await mine.look()
    await mine.look()
    expect(told).toBe(1)
    expect((await mine.identities.find(one.handle))?.plan.name).toBe('Renamed elsewhere')
    await other.identities.remove(one.handle)
    expect((await mine.identities.list()).records).toEqual([])
    expect(told).toBe(2)
  })

  it('to the ways in are told too', async () => {
    const [mine, other] = [open(), open()]
    let told = 0
    await mine.look()
    mine.onOutsideChange(() => told++)
    await other.setPassphrase('four plain words together')
    await mine.look()
    expect(told).toBe(1)
    expect((await mine.state()).ways).toEqual(['keychain', 'passphrase'])
  })
})

it('a vault that is opened to look at it is not changed at all', async () => {
  writeFileSync(join(folder, 'vault', 'identities', `${one.handle}.json`), 'damaged')
  const before = readdirSync(folder, { recursive: true }).sort()
  const vault = open({ readOnly: true })
  expect((await vault.identities.list()).damaged).toHaveLength(1)
  await vault.journal.note({ what: 'exported', kind: 'identity' })
  expect(await vault.identities.add('abcdefgh', identityRecord('x'), {})).toMatchObject({
    problem: { code: 'vault.not-writable' },
  })
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before)
})

it('a damaged record in a folder that somebody else holds for ever is named where it lies, and the others are there', async () => {
  const other = identityRecord('Bolt')
  await open().identities.add(other.handle, other, {})
  writeFileSync(join(folder, 'vault', 'identities', `${one.handle}.json`), 'damaged')
  writeFileSync(
    join(folder, 'vault', 'lock'),
    JSON.stringify({ token: 'x', pid: process.pid, host: hostname(), started: '' }),
  )
  const { records, damaged } = await open({ patienceMs: 100 }).identities.list()
  expect([records.map(({ plan }) => plan.name), damaged]).toEqual([['Bolt'], [`${one.handle}.json`]])
})
