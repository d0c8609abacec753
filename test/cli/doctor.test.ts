import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IdentityDetail } from '../../shared/identity.ts'
import { countersign } from '../support/cli.ts'
import { truvPlan } from '../support/plans.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const passphrase = 'correct horse battery'

let desk: TestDesk
let identity: IdentityDetail
let apiUrl: string
let passphraseFile: string

beforeEach(async () => {
  desk = openTestDesk()
  desk.outside.now = new Date()
  passphraseFile = join(mkdtempSync(join(tmpdir(), 'pass-')), 'pass.txt')
  writeFileSync(passphraseFile, `${passphrase}\n`, { mode: 0o600 })
  value(await desk.call('setVaultPassphrase', { passphrase }))
  identity = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  apiUrl = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' })).running!.apiUrl
  const { certificatePem, serverCaPem } = value(await desk.call('submitToPractice', { identity: identity.handle }))
  value(await desk.call('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] }))
  value(
    await desk.call('testConnection', {
      work: 't',
      identity: identity.handle,
      url: `${apiUrl}/v1/orders/`,
      method: 'GET',
      headers: [
        { name: 'X-Access-Client-Id', value: '{clientId}' },
        { name: 'X-Access-Secret', value: '{accessKey}' },
      ],
      blanks: { clientId: 'client-0815', accessKey: 'sandbox-hunter2' },
      remember: true,
      trust: { by: 'pem', pem: serverCaPem },
    }),
  )
})
afterEach(() => desk.means.practice.stop())

const doctor = (...more: string[]) =>
  countersign(['doctor', '--data', desk.folder, '--passphrase-file', passphraseFile, ...more], { cwd: desk.folder })

describe('countersign doctor', () => {
  it('tests every identity as it was tested before, tokens included, and prints none', async () => {
    const { code, out } = await doctor('--json')
    const { identities, damaged } = JSON.parse(out)
    expect(damaged).toEqual([])
    expect(identities).toMatchObject([
      { name: truvPlan.name, provider: 'truv', well: true, tests: [{ outcome: 'accepted', cause: 'ok' }] },
    ])
    expect(out).not.toContain('hunter2')
    expect(code).toBe(0)
  })

  it('says in a sentence what is wrong where an endpoint is gone, with exit code 1', async () => {
    await desk.means.practice.stop()
    const { code, out } = await doctor()
    expect(out).toContain('net.refused')
    expect(out).toContain('1 of 1 need attention.')
    expect(code).toBe(1)
  })

  it('refuses a wrong passphrase', async () => {
    writeFileSync(passphraseFile, 'something else\n')
    const { code, out } = await doctor('--json')
    expect(JSON.parse(out).problem.code).toBe('key.passphrase-wrong')
    expect(code).toBe(1)
  })

  it('says where it looked when there is no vault', async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'nowhere-'))
    const { code, out } = await countersign(['doctor', '--data', nowhere, '--json'], { cwd: nowhere })
    expect(JSON.parse(out).problem).toMatchObject({ code: 'vault.none-here' })
    expect(JSON.parse(out).problem.title).toContain(nowhere)
    expect(code).toBe(1)
  })
})
