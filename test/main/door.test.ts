import { describe, expect, it, vi } from 'vitest'
import { createDoor, type Frame, type Handlers, isOurPage, waysOf } from '../../electron/ipc.ts'
import type { Log } from '../../electron/log.ts'
import { createNews } from '../../electron/news.ts'
import { type CallName, contract } from '../../shared/contract.ts'
import { ok, refuse } from '../../shared/result.ts'

const ourPage: Frame = { url: 'app://countersign/index.html', parent: null }
const secretKey = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n'

/** A door before handlers of which only those named do anything. */
function doorWith(handlers: Partial<Record<CallName, (input: never) => Promise<unknown>>>) {
  const log = { note: vi.fn<Log['note']>(), bug: vi.fn<Log['bug']>() }
  const all = Object.fromEntries(Object.keys(contract).map((name) => [name, async () => ok({})]))
  const ways = waysOf(contract, { ...all, ...handlers } as unknown as Handlers)
  return { door: createDoor((name) => ways.get(name), log), log }
}

describe('who may call', () => {
  it.each<[string, Frame | null | undefined, boolean]>([
    ['the top frame of our page', ourPage, true],
    ['our page with a fragment', { url: 'app://countersign/index.html#/test', parent: null }, true],
    ['a frame inside our page', { url: 'app://countersign/index.html', parent: ourPage }, false],
    ['a web page', { url: 'https://example.com/', parent: null }, false],
    ['a page whose host only begins like ours', { url: 'app://countersign.example.com/', parent: null }, false],
    [
      'a page with our address in its user name',
      { url: 'https://app://countersign/@example.com/', parent: null },
      false,
    ],
    ['a file', { url: 'file:///app://countersign/index.html', parent: null }, false],
    ['an empty page', { url: 'about:blank', parent: null }, false],
    ['a frame that is gone', null, false],
    ['no frame at all', undefined, false],
  ])('%s: %#', (_, frame, may) => {
    expect(isOurPage(frame)).toBe(may)
  })

  it('refuses a stranger before any handler runs', async () => {
    const listIdentities = vi.fn()
    const { door } = doorWith({ listIdentities })
    const answer = await door({ url: 'https://example.com/', parent: null }, 'listIdentities', {})
    expect(answer).toEqual(refuse({ code: 'app.stranger' }))
    expect(listIdentities).not.toHaveBeenCalled()
  })
})

const large = 'x'.repeat(5 * 1024 * 1024)
const paths = Array(2001).fill('/tmp/a')
const contents = (mebibytes: number) => ({
  from: 'contents',
  files: [{ name: 'a', bytes: new Uint8Array(mebibytes * 1024 * 1024 + 1) }],
})
const looking = (source: unknown) => ({ work: 'w', source })
const attaching = (source: unknown) => ({ source, despite: [] })

describe('what may be asked', () => {
  it.each([['launchMissiles'], ['__proto__'], ['constructor'], ['toString'], [''], [7], [null], [{ call: 'about' }]])(
    'refuses the unknown call %j',
    async (name) => {
      const { door } = doorWith({})
      expect(await door(ourPage, name, {})).toEqual(refuse({ code: 'app.input-invalid', field: 'call' }))
    },
  )

  it.each<[string, CallName, unknown, string]>([
    ['an unknown field', 'readIdentity', { identity: 'abcdefgh', path: '/etc/passwd' }, 'path'],
    ['an unknown field deep inside', 'changeSettings', { test: { timeoutMs: 900, proxy: 'x' } }, 'test.proxy'],
    ['a value of another kind', 'readIdentity', { identity: ['abcdefgh'] }, 'identity'],
    ['no input', 'about', undefined, 'input'],
    ['a handle that is a path', 'readIdentity', { identity: '../../vault' }, 'identity'],
    ['a text beyond its length', 'renameIdentity', { identity: 'abcdefgh', name: 'x'.repeat(121) }, 'name'],
    ['five megabytes of pasted text', 'startInspection', looking({ from: 'text', text: large }), 'source.text'],
    ['two thousand and one paths', 'startInspection', looking({ from: 'paths', paths }), 'source.paths'],
    ['a dropped file of more than 64 MiB', 'startInspection', looking(contents(64)), 'source.files.0.bytes'],
    ['a certificate of more than 16 MiB', 'attachCertificate', attaching(contents(16)), 'source.files.0.bytes'],
  ])('refuses %s and names the field', async (_, name, input, field) => {
    const handler = vi.fn()
    const { door } = doorWith({ [name]: handler })
    expect(await door(ourPage, name, input)).toEqual(refuse({ code: 'app.input-invalid', field }))
    expect(handler).not.toHaveBeenCalled()
  })

  it('names the field but never repeats its value', async () => {
    const { door, log } = doorWith({})
    const answer = await door(ourPage, 'unlockVault', { passphrase: 'hunter2-hunter2', hint: 'hunter2-hunter2' })
    expect(JSON.stringify([answer, log.note.mock.calls])).not.toContain('hunter2')
  })
})

describe('what may be answered', () => {
  it('lets a proper answer through', async () => {
    const { door } = doorWith({ readDraft: async () => ok({ draft: null }) })
    expect(await door(ourPage, 'readDraft', {})).toEqual(ok({ draft: null }))
  })

  it('does not let a field out that the contract does not know', async () => {
    const { door, log } = doorWith({ readDraft: async () => ok({ draft: null, pkcs8: 'MC4CAQAwBQ==' }) })
    expect(await door(ourPage, 'readDraft', {})).toEqual(refuse({ code: 'app.unexpected' }))
    expect(log.note.mock.calls.join()).toContain('pkcs8')
    expect(log.note.mock.calls.join()).not.toContain('MC4CAQ')
  })

  it('does not let a private key out in a field that may hold text', async () => {
    const answer = { certificatePem: `x\n${secretKey}`, serverCaPem: '', says: '' }
    const { door, log } = doorWith({ submitToPractice: async () => ok(answer) })
    expect(await door(ourPage, 'submitToPractice', { identity: 'abcdefgh' })).toEqual(
      refuse({ code: 'app.unexpected' }),
    )
    expect(log.note).toHaveBeenCalled()
    expect(JSON.stringify(log.note.mock.calls)).not.toContain('MC4CAQ')
  })

  it('does not let a private key out in a problem', async () => {
    const { door } = doorWith({ about: async () => refuse({ code: 'file.not-found', name: secretKey }) })
    expect(await door(ourPage, 'about', {})).toEqual(refuse({ code: 'app.unexpected' }))
  })

  it('does not let a problem carry a whole object', async () => {
    const problem = { code: 'file.not-found', name: { pkcs8: [1, 2, 3] } }
    const { door } = doorWith({ about: async () => ({ ok: false, problem }) })
    expect(await door(ourPage, 'about', {})).toEqual(refuse({ code: 'app.unexpected' }))
  })

  it('answers a thrown error as unexpected and hands it to the log', async () => {
    const thrown = new Error('key is hunter2')
    const about = async () => {
      throw thrown
    }
    const { door, log } = doorWith({ about })
    expect(await door(ourPage, 'about', {})).toEqual(refuse({ code: 'app.unexpected' }))
    expect(log.bug).toHaveBeenCalledWith('call about', thrown)
  })
})

describe('news', () => {
  it('sends what the contract knows, in the order in which it came, and drops what it does not', async () => {
    const send = vi.fn()
    const note = vi.fn()
    const news = createNews(send, { note, bug: vi.fn() })
    news({ kind: 'identities-changed' })
    news({ kind: 'work', work: 'w1', says: 'x', elapsedMs: 1, pkcs8: 'AAAA' } as never)
    news({ kind: 'tokens-changed' })
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2))
    news({ kind: 'reminders-changed' })
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(3))
    const sent = ['identities-changed', 'tokens-changed', 'reminders-changed']
    expect(send.mock.calls).toEqual(sent.map((kind) => [{ kind }]))
    expect(note).toHaveBeenCalledTimes(1)
    expect(note.mock.calls.join()).not.toContain('AAAA')
  })
})
