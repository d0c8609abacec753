import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createAutoLock } from '../../electron/vault/auto-lock.ts'
import { delayAfter } from '../../electron/vault/tries.ts'
import { createVault } from '../../electron/vault/vault.ts'
import type { VaultOptions } from '../../electron/vault/vault-options.ts'
import { ok, refuse } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import { fakeKeychain, noKeychain } from '../support/fake-keychain.ts'
import { quickStretch } from '../support/fixed-keychain.ts'
import { identityRecord } from '../support/identity-record.ts'
import { codeOf, openTestDesk, value } from '../support/test-means.ts'

const passphrase = 'four plain words together'
const secret = Buffer.from('a private key, in truth')
const one = identityRecord('Acme')

let folder: string
let keychain: ReturnType<typeof fakeKeychain>
const open = (options: VaultOptions = {}, by: Parameters<typeof createVault>[1] = keychain) =>
  createVault(folder, by, { stretch: quickStretch, ...options })
const fileOf = () => readFileSync(join(folder, 'identities', `${one.handle}.json`), 'utf8')
const wraps = () =>
  JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')).wraps.map(({ by }: { by: string }) => by)
beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'ways-')), 'vault')
  keychain = fakeKeychain()
  await open().identities.add(one.handle, one, { privateKey: secret })
})

describe('ways into the vault', () => {
  it('come and go without a record being touched', async () => {
    const vault = open()
    const before = fileOf()
    expect(value(await vault.setPassphrase(passphrase)).ways).toEqual(['keychain', 'passphrase'])
    expect(value(await vault.removeWay('keychain'))).toMatchObject({ ways: ['passphrase'], keptBy: 'passphrase' })
    expect(wraps()).toEqual(['passphrase'])
    value(await vault.setPassphrase('another passphrase'))
    expect(value(await vault.addKeychain()).ways).toEqual(['keychain', 'passphrase'])
    expect(value(await vault.removeWay('passphrase')).ways).toEqual(['keychain'])
    expect(fileOf()).toBe(before)
    expect(await open().identities.secret(one.handle, 'privateKey')).toEqual(ok(secret))
    expect(await open({}, noKeychain).unlock(passphrase)).toEqual(refuse({ code: 'vault.keychain-lost' }))
  })

  it('never go all of them', async () => {
    const vault = open()
    expect(await vault.removeWay('keychain')).toEqual(refuse({ code: 'vault.last-way-in' }))
    expect(value(await vault.removeWay('passphrase')).ways).toEqual(['keychain'])
    await vault.setPassphrase(passphrase)
    await vault.removeWay('keychain')
    expect(await vault.removeWay('passphrase')).toEqual(refuse({ code: 'vault.last-way-in' }))
  })

  it('do not count a keychain that has forgotten its part', async () => {
    await open().setPassphrase(passphrase)
    keychain.reset()
    const vault = open()
    value(await vault.unlock(passphrase))
    expect(await vault.removeWay('passphrase')).toEqual(refuse({ code: 'vault.last-way-in' }))
    value(await vault.addKeychain())
    expect(value(await vault.removeWay('passphrase')).ways).toEqual(['keychain'])
  })

  it('cannot be changed while the vault is locked, nor with a keychain that is not there', async () => {
    await open().setPassphrase(passphrase)
    const locked = open({}, noKeychain)
    expect(await locked.removeWay('keychain')).toEqual(refuse({ code: 'vault.locked' }))
    expect(await locked.addKeychain()).toEqual(refuse({ code: 'vault.no-keychain' }))
  })
})

describe('wrong passphrases', () => {
  let wallMs: number
  let steadyMs: number
  const watches = { wall: () => wallMs, steady: () => steadyMs }
  const pass = (ms: number) => {
    wallMs += ms
    steadyMs += ms
  }
  beforeEach(async () => {
    await open().setPassphrase(passphrase)
    await open().removeWay('keychain')
    wallMs = Date.parse('2026-03-01T12:00:00Z')
    steadyMs = 0
  })

  it('wait longer and longer, up to a minute', () => {
    expect([0, 1, 2, 3, 4, 5, 6, 8, 9, 1000].map(delayAfter)).toEqual([
      0, 0, 0, 1000, 2000, 4000, 8000, 32_000, 60_000, 60_000,
    ])
  })

  it('a thousand times are refused in the same words, and the right one afterwards still opens', async () => {
    const vault = open({ watches })
    const answers = new Set<string>()
    let waited = 0
    for (let n = 0; n < 1000; n++) {
      // As near as one can get, and as far: the answer is the same.
      const wrong = n % 2 === 0 ? passphrase.slice(0, -1) + String.fromCharCode(33 + (n % 90)) : `${n}`
      const answer = await vault.unlock(wrong)
      answers.add(JSON.stringify(answer))
      // The right one has to wait as well, and is not looked at: no answer tells that it was right.
      if (n >= 2) expect(codeOf(await vault.unlock(passphrase))).toBe('vault.wait')
      waited += delayAfter(n + 1)
      pass(60_000)
    }
    expect(answers).toEqual(new Set([JSON.stringify(refuse({ code: 'vault.passphrase-wrong' }))]))
    expect(waited).toBeGreaterThan(990 * 60_000)
    expect(value(await vault.unlock(passphrase)).state).toBe('open')
  })

  it('are counted over restarts and over processes, and before the try is made', async () => {
    for (let n = 0; n < 5; n++) {
      await open({ watches }).unlock('wrong')
      pass(n < 2 ? 0 : 10_000)
    }
    pass(-10_000)
    expect(await open({ watches }).unlock(passphrase)).toEqual(refuse({ code: 'vault.wait', seconds: 4 }))
    pass(4000)
    expect((await open({ watches }).unlock(passphrase)).ok).toBe(true)
    // It was right: the count begins anew.
    expect(codeOf(await open({ watches }).unlock('wrong'))).toBe('vault.passphrase-wrong')
  })

  it.each([
    ['back', -10],
    ['forward', 10],
  ])('neither lock out nor let through for ever when the clock is set %s by years', async (_, years) => {
    const vault = open({ watches })
    for (let n = 0; n < 6; n++) {
      await vault.unlock('wrong')
      pass(10_000)
    }
    await vault.unlock('wrong')
    wallMs += years * 365 * 86_400_000
    // This process has a watch of its own, whatever the clock says.
    expect(codeOf(await vault.unlock(passphrase))).toBe('vault.wait')
    pass(60_000)
    expect((await vault.unlock(passphrase)).ok).toBe(true)
    await vault.lock()
  })

  it('say nothing of a passphrase in the time they take: it is stretched first, whatever it is', async () => {
    let stretched = 0
    const vault = open({
      watches,
      stretch: (...asked) => {
        stretched++
        return quickStretch(...asked)
      },
    })
    for (const wrong of ['', 'x', passphrase.slice(1), 'x'.repeat(1000)]) {
      pass(60_000)
      await vault.unlock(wrong)
    }
    expect(stretched).toBe(4)
  })
})

describe('locking by itself', () => {
  let idle = 0
  let busy = false
  let settings: Settings['lock']
  const heard = new Map<string, () => void>()
  const power = {
    getSystemIdleTime: () => idle,
    on: (event: string, listener: () => void) => void heard.set(event, listener),
    off: (event: string) => void heard.delete(event),
  }
  beforeEach(() => {
    idle = 0
    busy = false
    settings = { idleMinutes: 15, onScreenLock: true, onSuspend: true }
  })
  const around = (vault: ReturnType<typeof open>) =>
    createAutoLock({ power, settings: () => settings, state: vault.state, lock: vault.lock, isBusy: () => busy })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30))

  it('happens after the minutes that were chosen, not before, not while a listener runs, not when it is off', async () => {
    const vault = open()
    await vault.setPassphrase(passphrase)
    const lock = around(vault)
    idle = 15 * 60 - 1
    expect(await lock.look()).toBe(false)
    idle = 15 * 60
    busy = true
    expect(await lock.look()).toBe(false)
    busy = false
    settings.idleMinutes = 0
    expect(await lock.look()).toBe(false)
    settings.idleMinutes = 15
    expect(await lock.look()).toBe(true)
    expect(await vault.identities.secret(one.handle, 'privateKey')).toEqual(refuse({ code: 'vault.locked' }))
    expect(await lock.look()).toBe(false)
  })

  it.each([
    ['the screen is locked', 'lock-screen', 'onScreenLock', 'the screen was locked'],
    ['the computer sleeps', 'suspend', 'onSuspend', 'the computer went to sleep'],
  ] as const)('happens when %s, unless that is off, and says so in the journal', async (_, event, switched, says) => {
    const vault = open()
    await vault.setPassphrase(passphrase)
    const lock = around(vault)
    lock.start(() => {})
    settings[switched] = false
    heard.get(event)?.()
    await settle()
    expect((await vault.state()).state).toBe('open')
    settings[switched] = true
    heard.get(event)?.()
    await settle()
    expect((await vault.state()).state).toBe('locked')
    lock.stop()
    expect(heard.size).toBe(0)
    value(await vault.unlock(passphrase))
    const { lines } = await vault.journal.read({ search: 'locked', most: 5 })
    expect(lines.map(({ what, detail }) => `${what} ${detail ?? ''}`.trim())).toEqual(['unlocked', `locked ${says}`])
  })

  it('does not happen where only the keychain opens it, which would open it again at once', async () => {
    const vault = open()
    idle = 100_000
    expect(await around(vault).look()).toBe(false)
    expect((await vault.state()).state).toBe('open')
  })

  it('takes the keys out of memory: their bytes are zeros then', async () => {
    const { createVaultKey } = await import('../../electron/vault/vault-key.ts')
    const { createVaultFile } = await import('../../electron/vault/vault-file.ts')
    const { createTries } = await import('../../electron/vault/tries.ts')
    const key = createVaultKey({
      keychain,
      file: createVaultFile(folder, `${folder}-backups`),
      tries: createTries(folder, { wall: Date.now, steady: () => performance.now() }),
      stretch: quickStretch,
    })
    const keys = value(await key.open(false))
    expect(keys.sealing.some((byte) => byte !== 0)).toBe(true)
    key.forget()
    for (const bytes of [keys.sealing, keys.vouching, keys.backup]) expect(bytes.every((byte) => byte === 0)).toBe(true)
  })
})

describe('the calls of the page', () => {
  it('add and take away ways in, and say why the last one stays', async () => {
    const desk = openTestDesk()
    value(await desk.call('createIdentity', { work: 'w', plan: { ...one.plan } }))
    expect(codeOf(await desk.call('removeVaultWay', { way: 'keychain' }))).toBe('vault.last-way-in')
    value(await desk.call('setVaultPassphrase', { passphrase }))
    expect(value(await desk.call('removeVaultWay', { way: 'keychain' })).ways).toEqual(['passphrase'])
    expect(desk.outside.news.some((piece) => piece.kind === 'vault-changed')).toBe(true)
  })

  it('save a backup, open it again, restore from it, and close it', async () => {
    const desk = openTestDesk()
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: { ...one.plan } }))
    desk.outside.saveAs = join(desk.folder, 'mine.backup')
    expect(value(await desk.call('saveBackup', { passphrase }))).toEqual({ saved: desk.outside.saveAs, records: 1 })
    expect(desk.outside.asked.at(-1)).toBe('countersign-2026-03-01.backup')
    value(await desk.call('removeIdentity', { identity: handle }))
    value(await desk.call('eraseIdentities', { identities: [handle] }))
    desk.outside.files = [desk.outside.saveAs]
    expect(value(await desk.call('openBackup', { from: 'choose' }))).toMatchObject({ outcome: 'locked', records: 1 })
    expect(codeOf(await desk.call('openBackup', { from: 'again', passphrase: 'wrong one' }))).toBe(
      'backup.passphrase-wrong',
    )
    const opened = value(await desk.call('openBackup', { from: 'again', passphrase }))
    if (opened.outcome !== 'open') throw new Error(opened.outcome)
    const { backup, items } = opened.preview
    expect(items).toMatchObject([{ kind: 'identity', id: handle, is: 'new', hasKey: true }])
    const choices = [{ kind: 'identity', id: handle, take: 'theirs' }] as const
    expect(value(await desk.call('restoreBackup', { backup, choices: [...choices] }))).toEqual({ restored: 1 })
    value(await desk.call('closeBackup', { backup }))
    expect(value(await desk.call('readIdentity', { identity: handle })).plan.name).toBe('Acme')
    const { lines } = value(await desk.call('readJournal', { search: '' }))
    expect(lines.map(({ what }) => what)).toEqual(['restored', 'erased', 'removed', 'backed-up', 'created'])
    expect(value(await desk.call('verifyJournal', {}))).toEqual({ lines: 5, faults: [] })
    desk.outside.saveAs = join(desk.folder, 'journal.jsonl')
    value(await desk.call('saveJournal', {}))
    expect(readFileSync(desk.outside.saveAs, 'utf8').split('\n')).toHaveLength(6)
  })

  it('name a damaged record, and bring it back from an automatic backup', async () => {
    const desk = openTestDesk()
    const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: { ...one.plan } }))
    const { made } = value(await desk.call('backupNow', {}))
    expect(value(await desk.call('backupNow', {})).made).toBeNull()
    expect(value(await desk.call('listBackups', {})).backups).toMatchObject([{ name: made, records: 1 }])
    writeFileSync(join(desk.folder, 'vault', 'identities', `${handle}.json`), '{}')
    // Its previous version is not there: it was written once.
    const { records } = value(await desk.call('vaultDamage', {}))
    expect(records).toMatchObject([
      { kind: 'identity', id: handle, why: 'damaged', isThere: false, backups: [{ name: made }] },
    ])
    value(await desk.call('restoreRecord', { kind: 'identity', id: handle, backup: made! }))
    expect(value(await desk.call('vaultDamage', {})).records).toEqual([])
    expect(value(await desk.call('readIdentity', { identity: handle })).plan.name).toBe('Acme')
  })

  it('refuse a file that is no backup, and an automatic one in its place', async () => {
    const desk = openTestDesk()
    value(await desk.call('createIdentity', { work: 'w', plan: { ...one.plan } }))
    const { made } = value(await desk.call('backupNow', {}))
    desk.outside.files = []
    expect(value(await desk.call('openBackup', { from: 'choose' }))).toEqual({ outcome: 'cancelled' })
    desk.outside.files = [join(desk.folder, 'backups', made!)]
    expect(codeOf(await desk.call('openBackup', { from: 'choose' }))).toBe('backup.automatic')
    desk.outside.files = [join(desk.folder, 'vault', 'vault.json')]
    expect(codeOf(await desk.call('openBackup', { from: 'choose' }))).toBe('backup.not-one')
  })
})
