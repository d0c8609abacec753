import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createVault } from '../../electron/vault/vault.ts'
import { builtProgram } from '../support/built-reader.ts'
import { crashRounds } from '../support/crash-rounds.ts'
import { fixedKeychain, quickStretch } from '../support/fixed-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { filesWithSecrets } from '../support/vault-marker.ts'

/** `npm run crash` makes it five hundred. */
const rounds = Number(process.env.COUNTERSIGN_CRASHES ?? 20)
const report = process.env.COUNTERSIGN_CRASH_REPORT

it(
  'a process that is killed at random moments while it writes leaves every identity whole',
  async () => {
    const counts = await crashRounds(rounds, (now) => report && writeFileSync(report, JSON.stringify(now)))
    expect(counts.faults).toEqual([])
    expect(counts.rounds).toBe(rounds)
    expect(counts.done).toBeGreaterThan(rounds)
  },
  60_000 + rounds * 2000,
)

it('two windows and ten command lines that write at once lose nothing', async () => {
  const program = fileURLToPath(await builtProgram('test/support/vault-child.ts'))
  const folder = mkdtempSync(join(tmpdir(), 'together-'))
  const windows = ['window-a', 'window-b'].map((name) => ({
    name,
    vault: createVault(join(folder, 'vault'), fixedKeychain, { stretch: quickStretch }),
  }))
  const shared = identityRecord('shared')
  await windows[0]!.vault.identities.add(shared.handle, shared, {})
  const each = 4
  const children = Array.from({ length: 10 }, (_, n) => {
    const child = spawn(process.execPath, [program, 'add', folder, `line-${n}`, `${each}`], { stdio: 'ignore' })
    return new Promise<number | null>((resolve) => child.on('close', resolve))
  })
  const inWindows = windows.map(async ({ name, vault }) => {
    for (let n = 0; n < each; n++) {
      const record = identityRecord(`${name} ${n}`)
      expect((await vault.identities.add(record.handle, record, { privateKey: Buffer.from('x') })).ok).toBe(true)
      const mark = `${name}.${n}`
      await vault.identities.change(shared.handle, (it) => ({ ...it, accepted: [...it.accepted, mark] }))
      await vault.journal.note({ what: 'exported', kind: 'identity', name: mark })
    }
  })
  expect(await Promise.all(children)).toEqual(Array(10).fill(0))
  await Promise.all(inWindows)
  for (const { vault } of windows) {
    const { records, damaged } = await vault.identities.list()
    expect(damaged).toEqual([])
    expect(records).toHaveLength(12 * each + 1)
    expect(new Set(records.find(({ handle }) => handle === shared.handle)?.accepted).size).toBe(12 * each)
    expect(await vault.journal.verify()).toEqual({ lines: 2 * each, faults: [] })
  }
  expect(filesWithSecrets(folder)).toEqual([])
}, 60_000)
