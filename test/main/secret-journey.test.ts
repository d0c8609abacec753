import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CallName, Input, Output } from '../../shared/contract.ts'
import type { IdentityPlan } from '../../shared/identity.ts'
import type { KeyAlgorithm } from '../../shared/pki/key-plan.ts'
import { toPem } from '../../shared/pki/pem.ts'
import { filesBelow, foundIn, keyNeedles, passphraseNeedle } from '../support/secret-scan.ts'
import { openTestDesk, type TestDesk, value } from '../support/test-means.ts'

const passphrase = 'Wandering-Otter-4711'
const vaultPassphrase = 'Lantern under seven bridges'
const phrases = [passphraseNeedle(passphrase), passphraseNeedle(vaultPassphrase)]

/** The kinds of keys that the app makes beside those of `secret-scan.test.ts`, where every form is written with EC. */
const kinds: KeyAlgorithm[] = ['rsa-2048', 'ed25519']

const planFor = (key: KeyAlgorithm): IdentityPlan => ({
  provider: 'other',
  environment: 'test',
  name: `Journey ${key}`,
  answers: {},
  subject: { CN: 'journey.example.com' },
  subjectAltNames: [],
  key,
})

const desks: TestDesk[] = []
afterAll(() => Promise.all(desks.map((desk) => desk.means.practice.stop())))

/** A desk that remembers all that its page was told: every reply, and the news. */
function listeningDesk() {
  const desk = openTestDesk()
  desks.push(desk)
  desk.outside.now = new Date()
  desk.outside.mayReplace = true
  const replies: string[] = []
  const ask = async <N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const reply = await desk.call(name, input)
    replies.push(`${name}: ${JSON.stringify(reply)}`)
    return value(reply)
  }
  const folder = (name: string) => {
    desk.outside.folder = join(desk.folder, 'out', name)
    mkdirSync(desk.outside.folder, { recursive: true })
    return desk.outside.folder
  }
  return { desk, ask, folder, replies }
}

describe.each(kinds)('a journey with a key of the kind %s', (key) => {
  it('leaves the key and the passphrases in no reply, no news, no log and no file that is not meant to hold them', async () => {
    const { desk, ask, folder, replies } = listeningDesk()
    await ask('setVaultPassphrase', { passphrase: vaultPassphrase })
    const { handle: identity } = await ask('createIdentity', { work: 'w', plan: planFor(key) })
    const pkcs8 = (value(await desk.means.vault.identities.secret(identity, 'privateKey')) as Uint8Array).slice()
    const keys = keyNeedles(pkcs8)
    const found = (content: string | Uint8Array) => foundIn(Buffer.from(content as Uint8Array), [...keys, ...phrases])

    await ask('startPractice', { provider: 'other', environment: 'test' })
    const { certificatePem } = await ask('submitToPractice', { identity })
    await ask('attachCertificate', { source: { from: 'text', text: certificatePem }, despite: [] })
    const { apiUrl } = (await ask('practiceState', {})).running!
    const call = { work: 't', identity, url: `${apiUrl}/`, method: 'GET' as const, headers: [], blanks: {} }
    const tested = await ask('testConnection', { ...call, remember: false, trust: { by: 'practice' } })
    expect(tested.verdict.outcome).toBe('accepted')
    const attempt = tested.kept ?? ''
    folder('saved')
    for (const as of ['text', 'json', 'pcapng', 'keylog'] as const) {
      desk.outside.saveAs = join(desk.folder, 'out', 'saved', `transcript.${as}`)
      desk.outside.confirm = true
      await ask('saveTranscript', { attempt, as })
    }
    desk.outside.saveAs = join(desk.folder, 'out', 'saved', 'support.zip')
    await ask('saveSupportBundle', { attempt })

    folder('locked')
    for (const receiver of ['openssl', 'colleague'] as const) await ask('exportFor', { identity, receiver, passphrase })
    // Its own key, dropped and opened: the page learns what it is, and no number of it.
    const text = `${toPem('PRIVATE KEY', pkcs8)}${certificatePem}`
    const files = [{ name: 'own.pem', bytes: new TextEncoder().encode(text) }]
    const { inspection } = await ask('startInspection', { work: 'd', source: { from: 'contents', files } })
    const { inspection: drop, rows } = inspection!
    for (const { id: object } of rows) {
      await ask('openObject', { inspection: drop, object })
      // Refused for a key by its own words.
      replies.push(JSON.stringify(await desk.call('objectStructure', { inspection: drop, object })))
    }
    await ask('lockVault', {})
    await ask('unlockVault', { passphrase: vaultPassphrase })

    expect(replies.length).toBeGreaterThan(15)
    for (const reply of replies) expect(found(reply), reply.slice(0, 60)).toEqual([])
    expect(found(JSON.stringify(desk.outside.news))).toEqual([])
    expect(found(desk.outside.logged.join('\n'))).toEqual([])
    expect(found(desk.outside.asked.join('\n'))).toEqual([])
    const written = filesBelow(desk.folder)
    expect(written.length).toBeGreaterThan(10)
    expect(written.flatMap(({ name, content }) => found(content).map((what) => `${name}: ${what}`))).toEqual([])

    // Chosen to lie in the clear it does, and the scan sees it: in that one file.
    const open = folder('open')
    await ask('exportFor', { identity, receiver: 'openssl', passphrase: null })
    const holding = filesBelow(open).filter(({ content }) => found(content).length > 0)
    expect(holding.map(({ name }) => name.replace(/^.*\./, '.'))).toEqual(['.key'])
  })
})
