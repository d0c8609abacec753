import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { HandoverOut } from '../../electron/cli/output-handover.ts'
import { countersign } from '../support/cli.ts'
import { nuapayPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

let data: string
let cwd: string
beforeAll(async () => {
  const desk = openTestDesk()
  data = desk.folder
  cwd = mkdtempSync(join(tmpdir(), 'cli-handover-'))
  value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse battery' }))
  const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: nuapayPlan }))
  value(await desk.call('selfSign', { identity: handle, days: 365 }))
  value(await desk.call('tickHandover', { identity: handle, steps: ['switch-on'], tick: { on: '2026-03-01' } }))
})

const run = (...args: string[]) => countersign(['handover', ...args], { cwd })
const mine = () => ['--identity', nuapayPlan.name, '--data', data]

describe('countersign handover', () => {
  it('tells the state of an identity of the app, whose vault stays locked', async () => {
    const ran = await run(...mine(), '--json')
    expect([ran.code, ran.err]).toEqual([0, ''])
    const told = HandoverOut.parse(ran.json())
    expect(told).toMatchObject({ provider: 'nuapay', environment: 'sandbox', done: 2, next: 'upload' })
    expect(told.steps.find(({ id }) => id === 'switch-on')).toMatchObject({
      state: 'done',
      on: '2026-03-01',
      seen: false,
    })
    expect(told.steps.find(({ id }) => id === 'sign')).toMatchObject({ state: 'done', seen: true })
    expect(ran.out).not.toContain('PRIVATE KEY')
  })

  it('prints the curl line of a step as a shell takes it, without the API key', async () => {
    const ran = await run(...mine(), '--step', 'upload')
    expect(ran.out).toMatch(/^printf 'user = "%s:"\\n' "\$NUAPAY_API_KEY" \|\ncurl --config - /)
    expect(ran.out).toContain('https://sandbox.nuapay.com/tpp/certificates')
  })

  it('writes the sheet in both forms, and refuses to replace it', async () => {
    const sheets = ['--sheet', 'sheet.md', '--sheet', 'sheet.html']
    expect((await run(...mine(), ...sheets)).code).toBe(0)
    expect(readFileSync(join(cwd, 'sheet.md'), 'utf8')).toMatch(/- \[x\] Switch mutual TLS on \(2026-03-01\)/)
    expect(readFileSync(join(cwd, 'sheet.html'), 'utf8')).toContain('<title>Onboarding sheet: Nuapay test</title>')
    const again = await run(...mine(), ...sheets, '--json')
    expect([again.code, (again.json() as { problem: { code: string } }).problem.code]).toEqual([1, 'file.exists'])
  })

  it.each<[string, string[], number, string]>([
    ['no identity of that name', ['--identity', 'Nobody'], 1, 'handover.no-identity'],
    ['no step of that name', ['--provider', 'truv', '--environment', 'sandbox', '--step', 'dance'], 2, 'cli.usage'],
    ['a sheet as PDF', ['--provider', 'truv', '--environment', 'sandbox', '--sheet', 'a.pdf'], 2, 'cli.usage'],
    ['both ways at once', ['--provider', 'truv'], 2, 'cli.usage'],
  ])('refuses %s', async (what, args, code, problem) => {
    const own = what === 'both ways at once' ? [...mine(), ...args] : [...args, '--data', data]
    const ran = await run(...own, '--json')
    expect([ran.code, (ran.json() as { problem: { code: string } }).problem.code]).toEqual([code, problem])
  })
})
