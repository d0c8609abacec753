import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAttemptStore, type MadeTest } from '../../electron/history/attempt-store.ts'
import { supportFiles } from '../../electron/history/support-bundle.ts'
import type { Attempt, Verdict } from '../../shared/tls/attempt.ts'

const secretToken = 'tok_4f0aNeverShown'

const attemptAt = (at: number, more: Partial<Attempt> = {}): Attempt => ({
  url: `https://api.example.com:8443/v1/{account}?token=${secretToken}#part`,
  startedAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
  durationMs: 12,
  serverChain: [],
  acceptableAuthorities: [],
  signatureSchemes: [],
  certificateConfigured: true,
  http: {
    status: 200,
    statusText: 'OK',
    headers: [
      ['Date', 'today'],
      ['Set-Cookie', `session=${secretToken}`],
      ['X-Request-Id', 'abc-123'],
      ['Location', `https://api.example.com/next?token=${secretToken}`],
    ],
    body: `{"access_token":"${secretToken}"}`,
    bodyBytes: 40,
    truncated: false,
  },
  steps: [],
  ...more,
})

const worked: Verdict = {
  outcome: 'accepted',
  title: 'It works',
  cause: 'ok',
  causes: [{ code: 'ok', because: '200' }],
}
const refused: Verdict = {
  outcome: 'refused',
  title: 'Your certificate has expired',
  cause: 'client.expired',
  causes: [
    { code: 'client.expired', because: 'It was valid until 2026-01-01.', for: ['It was valid until 2026-01-01.'] },
  ],
}

const made = (at: number, verdict: Verdict, more: Partial<MadeTest> = {}): MadeTest => ({
  identity: 'abcdefghijkl',
  identityName: 'Acme live',
  method: 'GET',
  trust: 'system',
  attempt: attemptAt(at),
  verdict,
  by: 'hand',
  ...more,
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-history-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function everyByte(of: string): Promise<string> {
  const names = await readdir(of, { recursive: true, withFileTypes: true })
  const texts = names
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'))
  return (await Promise.all(texts)).join('\n')
}

describe('the history of an endpoint', () => {
  it('tells since when it fails and when it last worked, after a restart too', async () => {
    const store = createAttemptStore(folder)
    await store.keep(made(1, worked))
    await store.keep(made(2, refused))
    await store.keep(made(3, refused))
    for (const one of [store, createAttemptStore(folder)]) {
      const [endpoint, ...others] = await one.endpoints()
      expect(others).toEqual([])
      expect(endpoint).toMatchObject({ host: 'api.example.com', port: 8443, attempts: 3, watched: false })
      expect(endpoint?.failsSince).toBe('2026-01-01T00:02:00.000Z')
      expect(endpoint?.lastWorked).toBe('2026-01-01T00:01:00.000Z')
      expect(endpoint?.last.cause).toBe('client.expired')
    }
  })

  it('does not fail when the last test worked', async () => {
    const store = createAttemptStore(folder)
    await store.keep(made(1, refused))
    await store.keep(made(2, worked))
    const [endpoint] = await store.endpoints()
    expect(endpoint?.failsSince).toBeUndefined()
  })

  it('keeps the last hundred attempts, and their files only', async () => {
    const store = createAttemptStore(folder)
    const first = await store.keep(made(0, worked))
    for (let at = 1; at <= 104; at++) await store.keep(made(at, worked))
    const [endpoint] = await store.endpoints()
    expect(endpoint?.attempts).toBe(100)
    expect((await readdir(join(folder, endpoint?.id ?? ''))).length).toBe(100)
    const gone = await store.read(first?.attempt ?? '')
    expect(gone.ok || gone.problem.code).toBe('history.attempt-lost')
  })

  it('loses no attempt when several are kept at once', async () => {
    const store = createAttemptStore(folder)
    await Promise.all(Array.from({ length: 20 }, (_, at) => store.keep(made(at, worked))))
    expect((await store.endpoints())[0]?.attempts).toBe(20)
  })

  it('writes no body, token, cookie or query to the disk', async () => {
    const store = createAttemptStore(folder)
    const kept = await store.keep(made(1, worked))
    const text = await everyByte(folder)
    expect(text).not.toContain(secretToken)
    expect(text).toContain('abc-123')
    const read = await store.read(kept?.attempt ?? '')
    expect(read.ok && read.value.attempt.url).toBe('https://api.example.com:8443/v1/{account}')
  })

  it('costs one endpoint when a file is damaged, and the rest stays', async () => {
    const store = createAttemptStore(folder)
    const one = await store.keep(made(1, worked))
    await store.keep(made(2, worked, { identity: null, identityName: null }))
    await writeFile(join(folder, `${one?.endpoint.id}.json`), '{"half')
    const after = await createAttemptStore(folder).endpoints()
    expect(after.map(({ identity }) => identity)).toEqual([null])
  })

  it('forgets an endpoint, its files and all', async () => {
    const store = createAttemptStore(folder)
    const kept = await store.keep(made(1, worked))
    expect(await store.forget(kept?.endpoint.id ?? '')).toBe(true)
    expect(await readdir(folder)).toEqual([])
  })

  it('forgets with an identity what was tested with it', async () => {
    const store = createAttemptStore(folder)
    await store.keep(made(1, worked))
    await store.keep(made(2, worked, { identity: null, identityName: null }))
    await store.forgetIdentity('abcdefghijkl')
    expect((await store.endpoints()).map(({ identity }) => identity)).toEqual([null])
  })

  it('remembers that an endpoint is watched through the next test', async () => {
    const store = createAttemptStore(folder)
    const kept = await store.keep(made(1, worked))
    await store.watch(kept?.endpoint.id ?? '', true)
    await store.keep(made(2, worked))
    expect((await createAttemptStore(folder).endpoints())[0]?.watched).toBe(true)
  })

  it('keeps nothing of what has no address', async () => {
    const attempt = attemptAt(1, { url: 'not an address' })
    expect(await createAttemptStore(folder).keep(made(1, refused, { attempt }))).toBeNull()
  })
})

describe('a support bundle', () => {
  const certificate = {
    pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    facts: { subject: 'CN=acme' },
  }
  const versions: [string, string][] = [['Countersign', '0.1.0']]

  it('holds transcript, certificates, findings and versions, and no token, body or cookie', () => {
    const finding = { code: 'certificate.expired', severity: 'refuses' as const, message: 'It has expired.' }
    const identity = { name: 'Acme live', certificate, chain: [], findings: [finding] }
    const { files, fileName } = supportFiles({ attempt: attemptAt(1), verdict: refused, identity, versions })
    const all = files.map(({ text }) => text).join('\n')
    expect(all).not.toContain(secretToken)
    expect(files.map(({ name }) => name)).toEqual([
      'README.txt',
      'transcript.txt',
      'transcript.json',
      'versions.txt',
      'certificates/client.pem',
      'certificates/client.txt',
      'findings.txt',
    ])
    expect(all).toContain('client.expired')
    expect(fileName).toBe('countersign-api.example.com-2026-01-01-00-01.zip')
  })

  it('is not made when a private key would get into it', () => {
    const key = {
      ...certificate,
      pem: `${certificate.pem}-----BEGIN PRIVATE KEY-----\nMC4\n-----END PRIVATE KEY-----\n`,
    }
    const identity = { name: 'Acme live', certificate: key, chain: [], findings: [] }
    expect(() => supportFiles({ attempt: attemptAt(1), verdict: refused, identity, versions })).toThrow(/private key/)
  })
})
