import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AttachedOut, RenewOut } from '../../electron/cli/output-renewal.ts'
import { fileNameOf } from '../../shared/handover/file-name.ts'
import { dayOf } from '../../shared/renewal/renewal.ts'
import { countersign } from '../support/cli.ts'
import { verifyKeyPair } from '../support/key-pair.ts'
import { truvPlan } from '../support/plans.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'

const passphrase = 'correct horse battery'
let desk: TestDesk
let old: string
let provider: Awaited<ReturnType<typeof openTestProvider>>

const today = new Date()
const put = (name: string, text: string) => writeFileSync(join(desk.folder, name), text)
const run = (...args: string[]) =>
  countersign([...args, '--data', desk.folder, '--passphrase-file', 'vault.txt', '--json'], { cwd: desk.folder })
const read = async (identity: string) => value(await desk.call('readIdentity', { identity }))

beforeAll(async () => {
  desk = openTestDesk()
  desk.outside.now = today
  value(await desk.call('setVaultPassphrase', { passphrase }))
  put('vault.txt', `${passphrase}\n`)
  provider = await openTestProvider(today)
  const plan = { ...truvPlan, name: 'Acme' }
  const made = value(await desk.call('createIdentity', { work: 'w', plan }))
  old = made.handle
  const text = await provider.sign(made.requestPem, { days: 365, at: today })
  value(await desk.call('attachCertificate', { identity: old, source: { from: 'text', text }, despite: [] }))
})

describe('countersign renew', () => {
  const name = `Acme ${today.getFullYear()}`
  let fresh: string

  it('makes the successor with a new key, and writes its request', async () => {
    const ran = await run('renew', 'Acme', '--out', 'renewal')
    expect(ran.err).toBe('')
    expect(RenewOut.parse(ran.json())).toMatchObject({
      name,
      renews: { identity: old, name: 'Acme' },
      made: true,
      sameKey: false,
      stage: 'to-send',
      findings: [],
    })
    expect(ran.out).not.toMatch(/PRIVATE KEY/)
    const { identity, files } = ran.json() as { identity: string; files: { request: string } }
    fresh = identity
    const detail = await read(fresh)
    expect(readFileSync(join(desk.folder, files.request), 'utf8')).toBe(detail.requestPem)
    expect(detail.history.map(({ what }) => what)).toEqual(['created', 'saved-request'])
    expect(detail.spkiSha256).not.toBe((await read(old)).spkiSha256)
    expect(detail.renewal).toMatchObject({ side: 'new', old: { handle: old } })
    const { lines } = value(await desk.call('readJournal', { search: '' }))
    expect(lines[0]).toMatchObject({ what: 'created', id: fresh, by: 'command-line' })
  })

  it('makes no second key for a renewal that is under way, whichever side is named', async () => {
    for (const named of ['Acme', name]) {
      const again = await run('renew', named, '--out', 'again', '--force')
      expect(again.json()).toMatchObject({ identity: fresh, made: false })
    }
    const { identities } = value(await desk.call('listIdentities', {}))
    expect(identities).toHaveLength(2)
  })

  it('makes no key where its request could not be written', async () => {
    const plan = { ...truvPlan, name: 'Other' }
    value(await desk.call('createIdentity', { work: 'w', plan }))
    put(`other-${today.getFullYear()}.csr`, 'mine')
    const files = ['--out', '.', '--name', `other-${today.getFullYear()}`]
    const ran = await run('renew', 'Other', ...files)
    expect([ran.code, ran.json()]).toMatchObject([1, { problem: { code: 'file.exists' } }])
    const { identities } = value(await desk.call('listIdentities', {}))
    expect(identities).toHaveLength(3)
  })

  it('ticks what only a person knows, in its order', async () => {
    const sent = await run('renew', 'Acme', '--sent', 'portal')
    expect(sent.json()).toMatchObject({ identity: fresh, stage: 'waiting' })
    expect((await read(fresh)).renewal?.sent).toEqual({ to: 'portal', on: dayOf(today) })
    expect((await run('renew', 'Acme', '--switched')).json()).toMatchObject({
      problem: { code: 'renewal.not-here-yet' },
    })
  })

  it('gets what came back attached, by the name of either side', async () => {
    const wrong = await run('attach', '--identity', 'Acme', `renewal/${fileNameOf(name)}.csr`)
    expect(wrong.json()).toMatchObject({ problem: { code: 'attach.is-own-request' } })
    put('returned.pem', await provider.sign((await read(fresh)).requestPem, { days: 365, at: today }))
    const ran = await run('attach', '--identity', 'Acme', 'returned.pem')
    expect(ran.err).toBe('')
    expect(AttachedOut.parse(ran.json())).toMatchObject({ identity: fresh, name, stage: 'to-test' })
    const { certificatePem } = await read(fresh)
    const sealed = value(await desk.means.vault.identities.secret(fresh, 'privateKey'))
    expect(verifyKeyPair(sealed!, certificatePem!)).toBe(true)
    // The one before stays as it was: both are in use.
    expect((await read(old)).state).toBe('ready')
  })

  it('is over when the old one was retired', async () => {
    expect((await run('renew', name, '--retired')).json()).toMatchObject({ problem: { code: 'renewal.not-switched' } })
    expect((await run('renew', name, '--switched', '--retired')).json()).toMatchObject({ stage: 'done' })
    expect(await read(old)).toMatchObject({ state: 'replaced', replacedBy: fresh })
    expect((await run('renew', name, '--retired')).json()).toMatchObject({
      problem: { code: 'renewal.none-under-way' },
    })
    expect((await run('renew', 'Acme', '--out', 'x')).json()).toMatchObject({ problem: { code: 'cli.usage' } })
  })

  it('keeps the key where that is asked for', async () => {
    const ran = await run('renew', name, '--out', 'same', '--name', 'Pinned', '--same-key')
    expect(ran.json()).toMatchObject({ name: 'Pinned', sameKey: true, spkiSha256: (await read(fresh)).spkiSha256 })
  })

  it.each<[string, string[], string]>([
    ['nobody', ['renew', '--out', 'x'], 'cli.usage'],
    ['a name that there is not', ['renew', 'Nobody', '--out', 'x'], 'handover.no-identity'],
    ['no folder', ['renew', 'Acme'], 'cli.usage'],
    ['a folder and a tick', ['renew', 'Acme', '--out', 'x', '--switched'], 'cli.usage'],
    ['a certificate of nobody here', ['attach', '--identity', 'Pinned', 'stranger.pem'], 'attach.no-identity'],
    ['files beside an identity', ['attach', '--identity', 'Pinned', '--key', 'a.key', 'b.pem'], 'cli.usage'],
    ['a file that is not there', ['attach', '--identity', 'Pinned', 'nowhere.pem'], 'file.not-found'],
  ])('refuses %s', async (_, args, code) => {
    put('stranger.pem', provider.caPem)
    expect((await run(...args)).json()).toMatchObject({ problem: { code, guide: expect.stringMatching(/^docs\//) } })
  })

  it('and an export are told in the history of the identity', async () => {
    const out = ['--passphrase-to', 'export/pass.txt', '--out', 'export']
    expect((await run('export', '--for', 'java', '--identity', name, ...out)).code).toBe(0)
    const { history } = await read(fresh)
    expect(history.at(-1)).toMatchObject({ what: 'exported', detail: expect.stringContaining('by the command line') })
  })
})
