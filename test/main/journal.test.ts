import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { createVault, type Vault } from '../../electron/vault/vault.ts'
import { fakeKeychain } from '../support/fake-keychain.ts'
import { truvPlan } from '../support/plans.ts'
import { openTestDesk, value } from '../support/test-means.ts'

let folder: string
let keychain: ReturnType<typeof fakeKeychain>
let vault: Vault
const file = () => join(folder, 'journal.jsonl')
const lines = () => readFileSync(file(), 'utf8').split('\n').slice(0, -1)
const rewrite = (all: string[]) => writeFileSync(file(), all.map((line) => `${line}\n`).join(''))
const again = () => createVault(folder, keychain)
const faults = async () => (await again().journal.verify())?.faults

beforeEach(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'journal-')), 'vault')
  keychain = fakeKeychain()
  vault = createVault(folder, keychain)
  await vault.ready()
  for (const name of ['Acme', 'Bolt', 'Core', 'Dyne', 'Echo']) {
    expect(await vault.journal.note({ what: 'exported', kind: 'identity', id: 'abcdefgh', name })).toBe(true)
  }
})

describe('the journal', () => {
  it('keeps every line in order, each with the digest of the one before', async () => {
    const { lines: shown } = await again().journal.read({ search: '', most: 10 })
    expect(shown.map(({ n, name }) => `${n} ${name}`)).toEqual(['5 Echo', '4 Dyne', '3 Core', '2 Bolt', '1 Acme'])
    expect(await again().journal.verify()).toEqual({ lines: 5, faults: [] })
  })

  it('is searched in what one reads, and goes on from a line', async () => {
    const found = await again().journal.read({ search: 'exported dyn', most: 10 })
    expect(found.lines.map(({ name }) => name)).toEqual(['Dyne'])
    const first = await again().journal.read({ search: '', most: 2 })
    expect(first).toMatchObject({ more: true, lines: [{ n: 5 }, { n: 4 }] })
    expect(await again().journal.read({ search: '', before: 4, most: 2 })).toMatchObject({
      lines: [{ n: 3 }, { n: 2 }],
    })
  })

  it.each([
    ['a letter of a line', (all: string[]) => all.with(2, all[2]!.replace('Core', 'Cora')), [{ line: 3 }]],
    ['the last line', (all: string[]) => all.with(4, all[4]!.replace('Echo', 'Ecko')), [{ line: 5 }]],
    [
      'a line in the middle',
      (all: string[]) => all.filter((_, i) => i !== 1),
      [{ line: 2, says: 'Entry 2 is missing.' }],
    ],
    [
      'two lines at the end',
      (all: string[]) => all.slice(0, 3),
      [{ line: 0, says: expect.stringMatching(/Entries 4 to 5 .* cut off/) }],
    ],
    ['everything', () => [], [{ line: 0, says: expect.stringContaining('Entries 1 to 5') }]],
    ['a line that is there twice', (all: string[]) => [...all, all[4]!], [{ line: 6 }]],
    [
      'two lines swapped',
      (all: string[]) => [all[0]!, all[2]!, all[1]!, all[3]!, all[4]!],
      [{ line: 2 }, { line: 3 }, { line: 4 }],
    ],
    [
      'a line without its code',
      (all: string[]) => [...all, all[4]!.replace(/,"vouched":"[^"]*"/, '').replace('"n":5', '"n":6')],
      [{ line: 6 }],
    ],
  ])('names what was changed when %s is altered, taken or put in', async (_, change, expected) => {
    rewrite(change(lines()))
    expect(await faults()).toMatchObject(expected)
  })

  it('goes on where it should have ended after its end was cut off, so that the gap stays visible', async () => {
    rewrite(lines().slice(0, 3))
    await again().journal.note({ what: 'exported', kind: 'identity', name: 'Foxx' })
    expect(lines().map((line) => JSON.parse(line).n)).toEqual([1, 2, 3, 6])
    expect(await faults()).toMatchObject([{ line: 4, says: 'Entries 4 to 5 are missing.' }])
  })

  it('says so when nothing vouches for its end', async () => {
    rmSync(join(folder, 'manifest.json'))
    expect(await faults()).toMatchObject([{ line: 0, says: expect.stringContaining('manifest.json') }])
  })

  it('keeps for ever that its manifest was lost, whatever was cut off with it', async () => {
    rmSync(join(folder, 'manifest.json'))
    rewrite(lines().slice(0, 3))
    await again().journal.note({ what: 'exported', kind: 'identity', name: 'Foxx' })
    const { lines: shown } = await again().journal.read({ search: '', most: 9 })
    expect(shown.map(({ n, what }) => `${n} ${what}`).slice(0, 2)).toEqual(['5 manifest-lost', '4 exported'])
    expect(await faults()).toEqual([])
  })

  it('loses a line that a crash tore, and takes up lines that came after the last manifest', async () => {
    const manifest = readFileSync(join(folder, 'manifest.json'))
    await vault.journal.note({ what: 'signed', kind: 'identity', name: 'Foxx' })
    writeFileSync(join(folder, 'manifest.json'), manifest)
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}{"n":7,"at":"20`)
    await again().journal.note({ what: 'signed', kind: 'identity', name: 'Golf' })
    expect(
      lines()
        .map((line) => JSON.parse(line).name)
        .slice(-2),
    ).toEqual(['Foxx', 'Golf'])
    expect(await faults()).toEqual([])
  })

  it('takes names of any length and kind without taking itself for altered', async () => {
    const name = `"\n\u2028\ud800${'Ä'.repeat(400)}`
    await vault.journal.note({ what: 'Not A Verb', kind: 'identity', id: 'x'.repeat(99), name, detail: name })
    expect(await faults()).toEqual([])
    const { lines: shown } = await again().journal.read({ search: '', most: 1 })
    expect(shown[0]).toMatchObject({ n: 6, what: 'noted', name: name.slice(0, 200) })
  })

  it('waits with what happens while the vault is locked', async () => {
    await vault.setPassphrase('correct horse battery')
    await vault.lock('the screen was locked')
    expect(await vault.journal.note({ what: 'exported', kind: 'identity', name: 'Late' })).toBe(false)
    expect(await vault.journal.verify()).toBeNull()
    await vault.unlock('wrong horse battery')
    await vault.unlock('correct horse battery')
    const { lines: shown } = await vault.journal.read({ search: '', most: 4 })
    expect(shown.map(({ what, name, detail }) => [what, name ?? detail])).toEqual([
      ['unlocked', 'after 1 wrong passphrase'],
      ['exported', 'Late'],
      ['locked', 'the screen was locked'],
      ['passphrase-set', undefined],
    ])
  })
})

it('says of a journey what was done with the key, and no secret', async () => {
  const desk = openTestDesk()
  desk.outside.now = new Date()
  const { handle } = value(await desk.call('createIdentity', { work: 'w', plan: truvPlan }))
  const { running } = value(await desk.call('startPractice', { provider: 'truv', environment: 'sandbox' }))
  const { certificatePem, serverCaPem } = value(await desk.call('submitToPractice', { identity: handle }))
  value(await desk.call('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] }))
  value(
    await desk.call('testConnection', {
      work: 't',
      identity: handle,
      url: `${running!.apiUrl}/v1/orders/?token=hunter2`,
      method: 'GET',
      headers: [{ name: 'X-Access-Secret', value: 'hunter2' }],
      blanks: {},
      remember: false,
      trust: { by: 'pem', pem: serverCaPem },
    }),
  )
  desk.outside.saveAs = join(desk.folder, 'acme.p12')
  const as = { format: 'pkcs12', readers: 'modern', passphrase: 'hunter2-bundle' } as const
  value(await desk.call('exportIdentity', { identity: handle, as }))
  await desk.means.practice.stop()
  const text = await desk.means.vault.journal.text()
  const whats = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  expect(whats.map(({ what, name }) => [what, name])).toEqual([
    ['created', truvPlan.name],
    ['attached', truvPlan.name],
    ['used-in-test', truvPlan.name],
    ['exported', truvPlan.name],
  ])
  expect(text).not.toContain('hunter2')
  expect(await desk.means.vault.journal.verify()).toMatchObject({ faults: [] })
})
