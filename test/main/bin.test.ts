import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyBin } from '../../electron/handlers/renewal/bin.ts'
import { truvPlan } from '../support/plans.ts'
import { codeOf, openTestDesk, type TestDesk, value } from '../support/test-means.ts'
import { openTestProvider } from '../support/test-provider.ts'

const dayMs = 86_400_000
const create = async (desk: TestDesk, name = 'Acme') =>
  value(await desk.call('createIdentity', { work: 'w', plan: { ...truvPlan, name } }))
const names = async (desk: TestDesk) =>
  value(await desk.call('listIdentities', {}))
    .identities.map(({ name }) => name)
    .sort()
const inBin = async (desk: TestDesk) =>
  value(await desk.call('listBin', {})).entries.map(({ identity, daysLeft }) => [identity.name, daysLeft])

describe('the bin', () => {
  it('gives back what was removed, with its handle, its key and its tags', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    const identities = [handle]
    value(await desk.call('tagIdentities', { identities, add: ['pci'], remove: [] }))
    const provider = await openTestProvider(desk.outside.now)
    value(await desk.call('removeIdentity', { identity: handle }))
    expect(await names(desk)).toEqual([])
    expect(await inBin(desk)).toEqual([['Acme', 30]])
    for (const call of ['readIdentity', 'removeIdentity', 'saveRequest'] as const) {
      expect(codeOf(await desk.call(call, { identity: handle }))).toBe('vault.no-such-identity')
    }
    value(await desk.call('restoreIdentities', { identities }))
    const back = value(await desk.call('readIdentity', { identity: handle }))
    expect([back.tags, back.history.map(({ what }) => what)]).toEqual([['pci'], ['created', 'removed', 'restored']])
    const text = await provider.sign(back.requestPem, { days: 10, at: desk.outside.now })
    const source = { from: 'text' as const, text }
    value(await desk.call('attachCertificate', { identity: handle, source, despite: [] }))
    desk.outside.saveAs = join(desk.folder, 'back.p12')
    const as = { format: 'pkcs12' as const, readers: 'modern' as const, passphrase: 'words' }
    expect(value(await desk.call('exportIdentity', { identity: handle, as })).saved).toHaveLength(1)
  })

  it('does not find an owner for a certificate of what is in it', async () => {
    const desk = openTestDesk()
    const { handle, requestPem } = await create(desk)
    value(await desk.call('removeIdentity', { identity: handle }))
    const provider = await openTestProvider(desk.outside.now)
    const source = { from: 'text' as const, text: await provider.sign(requestPem, { days: 9, at: desk.outside.now }) }
    expect(codeOf(await desk.call('attachCertificate', { source, despite: [] }))).toBe('attach.no-identity')
  })

  it('removes for good without a trace: the version before included', async () => {
    const desk = openTestDesk()
    const { handle, spkiSha256 } = await create(desk)
    value(await desk.call('renameIdentity', { identity: handle, name: 'Renamed' }))
    const identities = [handle]
    expect(codeOf(await desk.call('eraseIdentities', { identities }))).toBe('bin.not-there')
    value(await desk.call('removeIdentities', { identities }))
    const folder = join(desk.folder, 'vault', 'identities')
    expect(existsSync(join(folder, `${handle}.json.previous`))).toBe(true)
    value(await desk.call('eraseIdentities', { identities }))
    expect(await inBin(desk)).toEqual([])
    expect(codeOf(await desk.call('restoreIdentities', { identities }))).toBe('bin.not-there')
    const left = readdirSync(join(desk.folder, 'vault'), { recursive: true, withFileTypes: true })
    const texts = left
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    expect(texts.filter((text) => text.includes(spkiSha256))).toEqual([])
    expect(readdirSync(folder).filter((name) => name.startsWith(handle))).toEqual([])
  })

  it('is emptied of what has been there for thirty days, and of nothing else', async () => {
    const desk = openTestDesk()
    const [first, second] = [await create(desk, 'First'), await create(desk, 'Second')]
    value(await desk.call('removeIdentity', { identity: first.handle }))
    desk.outside.now = new Date(desk.outside.now.getTime() + 20 * dayMs)
    value(await desk.call('removeIdentity', { identity: second.handle }))
    expect(await inBin(desk)).toEqual([
      ['Second', 30],
      ['First', 10],
    ])
    desk.outside.now = new Date(desk.outside.now.getTime() + 10 * dayMs - 1)
    expect(await emptyBin(desk.means)).toBe(0)
    desk.outside.now = new Date(desk.outside.now.getTime() + 1)
    expect(await emptyBin(desk.means)).toBe(1)
    expect(await inBin(desk)).toEqual([['Second', 20]])
  })

  it('is not emptied while the vault is locked, and is once it is open', async () => {
    const desk = openTestDesk()
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
    const { handle } = await create(desk)
    value(await desk.call('removeIdentity', { identity: handle }))
    value(await desk.call('lockVault', {}))
    desk.outside.now = new Date(desk.outside.now.getTime() + 31 * dayMs)
    expect(await emptyBin(desk.means)).toBe(0)
    value(await desk.call('unlockVault', { passphrase: 'correct horse' }))
    expect(await emptyBin(desk.means)).toBe(1)
    expect(await inBin(desk)).toEqual([])
  })

  it('keeps what was removed when the clock is set back', async () => {
    const desk = openTestDesk()
    const { handle } = await create(desk)
    value(await desk.call('removeIdentity', { identity: handle }))
    desk.outside.now = new Date(desk.outside.now.getTime() - 3000 * dayMs)
    expect(await inBin(desk)).toEqual([['Acme', 30]])
  })

  it('takes many at once, passing over what is gone, and refuses while the vault is locked', async () => {
    const desk = openTestDesk()
    const all = [await create(desk, 'A'), await create(desk, 'B'), await create(desk, 'C')]
    const identities = all.map(({ handle }) => handle)
    expect(value(await desk.call('removeIdentities', { identities: [...identities, 'gonegonegone'] }))).toEqual({
      removed: 3,
    })
    value(await desk.call('restoreIdentities', { identities: identities.slice(1) }))
    expect(await names(desk)).toEqual(['B', 'C'])
    value(await desk.call('setVaultPassphrase', { passphrase: 'correct horse' }))
    value(await desk.call('lockVault', {}))
    expect(codeOf(await desk.call('removeIdentities', { identities: identities.slice(1) }))).toBe('vault.locked')
  })
})

describe('exporting many', () => {
  it('writes each form into one folder, under names that differ, and says who has no certificate', async () => {
    const desk = openTestDesk()
    const provider = await openTestProvider(desk.outside.now)
    const all = [await create(desk, 'Acme live'), await create(desk, 'Acme Live'), await create(desk, 'Open')]
    for (const { handle, requestPem } of all.slice(0, 2)) {
      const text = (await provider.sign(requestPem, { days: 10, at: desk.outside.now })) + provider.caPem
      const source = { from: 'text' as const, text }
      value(await desk.call('attachCertificate', { identity: handle, source, despite: [] }))
    }
    desk.outside.folder = join(desk.folder, 'vault', '..')
    const identities = all.map(({ handle }) => handle)
    const bundles = { passphrase: 'one for all', readers: 'modern' as const }
    const wish = { certificates: true, requests: true, chains: true, bundles }
    const done = value(await desk.call('exportIdentities', { work: 'x', identities, wish }))
    expect([done.files, done.without]).toEqual([9, ['Open']])
    const written = readdirSync(desk.folder).filter((name) => name.startsWith('acme') || name.startsWith('open'))
    expect(written.sort()).toEqual(
      ['acme-live', 'acme-live-2']
        .flatMap((name) => ['.chain.pem', '.crt', '.csr', '.p12'].map((form) => name + form))
        .concat('open.csr')
        .sort(),
    )
    const { openPkcs12 } = await import('../../shared/pki/pkcs12.ts')
    const opened = value(await openPkcs12(readFileSync(join(desk.folder, 'acme-live-2.p12')), 'one for all', 'p12'))
    expect([opened.keys.length, opened.certificates.length]).toEqual([1, 2])
    const { history } = value(await desk.call('readIdentity', { identity: identities[1]! }))
    expect(history.at(-1)).toMatchObject({ what: 'exported', detail: 'acme-live-2.p12' })

    // Nothing is overwritten without consent.
    desk.outside.asked = []
    expect(value(await desk.call('exportIdentities', { work: 'x', identities, wish })).folder).toBeNull()
    expect(desk.outside.asked.at(-1)).toBe('replace 9')
  })
})
