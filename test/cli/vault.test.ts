import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { BackupOut, JournalOut } from '../../electron/cli/output-vault.ts'
import { countersign } from '../support/cli.ts'
import { truvPlan } from '../support/plans.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const passphrase = 'correct horse battery'

let desk: TestDesk
let cwd: string
beforeAll(async () => {
  desk = openTestDesk()
  cwd = mkdtempSync(join(tmpdir(), 'cli-vault-'))
  value(await desk.call('setVaultPassphrase', { passphrase }))
  value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  writeFileSync(join(cwd, 'vault.txt'), `${passphrase}\n`)
  writeFileSync(join(cwd, 'backup.txt'), 'four plain words together\n')
  writeFileSync(join(cwd, 'new.txt'), 'another vault elsewhere\n')
})

const own = () => ['--data', desk.folder, '--passphrase-file', 'vault.txt']
const forBackup = ['--backup-passphrase-file', 'backup.txt']

describe('countersign backup', () => {
  it('writes everything into one file for its owner alone, lists it, and refuses to replace it', async () => {
    const made = await countersign(['backup', 'all.backup', ...own(), ...forBackup, '--json'], { cwd })
    expect([made.code, made.err]).toEqual([0, ''])
    expect(BackupOut.parse(made.json())).toMatchObject({ file: 'all.backup', records: 1 })
    expect(statSync(join(cwd, 'all.backup')).mode & 0o777).toBe(0o600)
    const again = await countersign(['backup', 'all.backup', ...own(), ...forBackup, '--json'], { cwd })
    expect([again.code, (again.json() as { problem: { code: string } }).problem.code]).toEqual([1, 'file.exists'])
    const listed = await countersign(['backup', 'all.backup', '--list', ...forBackup, '--json'], { cwd })
    expect(BackupOut.parse(listed.json())).toMatchObject({
      records: 1,
      items: [{ kind: 'identity', name: truvPlan.name, hasKey: true }],
    })
  })

  it('restores into a vault that is made for it, and finds everything the same the next time', async () => {
    const data = join(cwd, 'elsewhere')
    const restore = ['backup', 'all.backup', '--restore', '--data', data, '--passphrase-file', 'new.txt', ...forBackup]
    const first = await countersign([...restore, '--json'], { cwd })
    expect([first.code, first.err]).toEqual([0, ''])
    expect(BackupOut.parse(first.json())).toMatchObject({ restored: 1, items: [{ is: 'new' }] })
    const second = await countersign([...restore, '--json'], { cwd })
    expect(BackupOut.parse(second.json())).toMatchObject({ restored: 0, items: [{ is: 'same' }] })
    const journal = await countersign(['journal', '--data', data], { cwd })
    expect(journal.out).toMatch(/restored {2}identity “Acme sandbox” {2}\(from all\.backup, .*command line\)/)
  })

  it('says no to a wrong passphrase, another file, and words it does not know', async () => {
    const codeOf = async (args: string[]) => {
      const ran = await countersign(['backup', ...args, '--json'], { cwd })
      return [ran.code, (ran.json() as { problem: { code: string } }).problem.code]
    }
    const wrong = ['--backup-passphrase-file', 'new.txt']
    expect(await codeOf(['all.backup', '--list', ...wrong])).toEqual([1, 'key.passphrase-wrong'])
    expect(await codeOf(['vault.txt', '--list', ...forBackup])).toEqual([1, 'backup.not-one'])
    expect(await codeOf(['all.backup', '--list', '--restore'])).toEqual([2, 'cli.usage'])
    expect(await codeOf(['all.backup', '--restore', '--take', 'all'])).toEqual([2, 'cli.usage'])
    expect(await codeOf(['x.backup', ...forBackup, '--data', join(cwd, 'nowhere')])).toEqual([1, 'vault.none-here'])
  })
})

describe('countersign journal', () => {
  it('shows what was done without a passphrase, and is searched', async () => {
    const { code, out, err } = await countersign(['journal', '--data', desk.folder, '--json'], { cwd })
    expect([code, err]).toEqual([0, ''])
    const shown = JournalOut.parse(JSON.parse(out)) as { lines: { what: string; by: string }[] }
    expect(shown.lines.map(({ what, by }) => `${what} ${by}`)).toEqual([
      // The second time, when the file was there already.
      'unlocked command-line',
      'backed-up command-line',
      'unlocked command-line',
      'created window',
      'passphrase-set window',
    ])
    const found = await countersign(['journal', '--search', 'created acme', '--data', desk.folder], { cwd })
    expect(found.out).toMatch(/^2026-03-01 12:00:00 {2}created {2}identity “Acme sandbox”/)
  })

  it('checks it: whole, and with exit code 1 once a line was altered', async () => {
    const verify = () => countersign(['journal', '--verify', ...own(), '--json'], { cwd })
    const good = await verify()
    expect([good.code, JournalOut.parse(good.json())]).toMatchObject([0, { faults: [] }])
    const file = join(desk.folder, 'vault', 'journal.jsonl')
    writeFileSync(file, readFileSync(file, 'utf8').replace('Acme sandbox', 'Acme sandbag'))
    const bad = await verify()
    expect([bad.code, bad.json()]).toMatchObject([1, { faults: [{ line: 2, says: 'Line 2 was altered.' }] }])
  })
})
