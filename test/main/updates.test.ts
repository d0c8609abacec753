import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { enforce } from '../../electron/policy/in-force.ts'
import { type LoadedPolicy, ungoverned } from '../../electron/policy/load-policy.ts'
import type { HttpProxy } from '../../electron/tls/proxy-address.ts'
import { createLastCheck } from '../../electron/updates/last-check.ts'
import { howInstalled } from '../../electron/updates/update-build.ts'
import { createUpdates } from '../../electron/updates/updates.ts'
import type { UpdatesState } from '../../shared/updates/updates.ts'
import { type Cast, makeCast } from '../support/mtls-cast.ts'
import { closeHere, proxyServer } from '../support/proxy-servers.ts'
import { codeOf, value } from '../support/test-means.ts'
import { closeAll, scratchFolder } from '../support/test-servers.ts'

// The real electron-updater, for an AppImage, against a feed on this computer. scripts/package-test/app-image-update.mjs does
// the same with real AppImages, to the start of the new one.

type Answer = (request: IncomingMessage, response: ServerResponse) => void

let folder: string
let keys: { publicKey: KeyObject; privateKey: KeyObject }
let server: Server
let port: number
let files: Record<string, Buffer | string | Answer>
let asked: { url: string; headers: IncomingMessage['headers'] }[]
const appImage = Buffer.concat([Buffer.from('#!/bin/sh\necho new > "$0.ran"\n'), Buffer.alloc(300_000, '#')])

const serve: Answer = (request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers })
  const file = files[decodeURIComponent((request.url ?? '').split('?')[0] ?? '').slice(1)]
  if (file === undefined) response.writeHead(404).end()
  else if (typeof file === 'function') file(request, response)
  else response.end(file)
}
const listen = (one: Server) =>
  new Promise<number>((done) => one.listen(0, '127.0.0.1', () => done((one.address() as AddressInfo).port)))

beforeAll(async () => {
  folder = scratchFolder()
  keys = generateKeyPairSync('ed25519')
  server = createServer(serve)
  port = await listen(server)
})
beforeEach(() => {
  asked = []
  publish('1.2.0')
})
afterEach(() => {
  delete process.env.APPIMAGE
  delete process.env.APPDIR
  enforce(ungoverned())
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await closeAll()
})

const sha512 = (bytes: Buffer) => createHash('sha512').update(bytes).digest('base64')

/** A feed as electron-builder writes it and the release signs it. */
function publish(version: string, { key = keys.privateKey, of = appImage, more = '' } = {}) {
  const name = `Countersign-${version}.AppImage`
  const feed = `version: ${version}\nfiles:\n  - url: ${name}\n    sha512: ${sha512(of)}\n    size: ${of.length}\npath: ${name}\nsha512: ${sha512(of)}\nreleaseDate: '2026-03-01T10:00:00.000Z'\n${more}`
  files = {
    'latest-linux.yml': feed,
    'latest-linux.yml.sig': sign(null, Buffer.from(feed), key).toString('base64'),
    [name]: of,
  }
}

type Wish = {
  feed?: string
  policy?: Partial<LoadedPolicy>
  version?: string
  silentMs?: number
  now?: () => Date
  /** Of the AppImage. */
  name?: string
  wayTo?: () => Promise<HttpProxy | null>
}

/** The app, installed as an AppImage of version 1.0.0 in a folder of the user's. */
function installed({
  feed = `http://127.0.0.1:${port}/`,
  policy = {},
  version = '1.0.0',
  silentMs = 2000,
  now,
  name = 'Countersign.AppImage',
  wayTo = async () => null,
}: Wish = {}) {
  const home = mkdtempSync(join(folder, 'home-'))
  const resources = join(home, 'resources')
  mkdirSync(resources)
  const updateKey = keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  writeFileSync(
    join(resources, 'app-update.yml'),
    `provider: generic\nurl: ${feed}\nupdaterCacheDirName: countersign-updater\n`,
  )
  writeFileSync(join(home, 'package.json'), JSON.stringify({ updateKey }))
  process.env.APPIMAGE = join(home, name)
  process.env.APPDIR = '/'
  writeFileSync(process.env.APPIMAGE, 'old', { mode: 0o755 })
  const told: UpdatesState[] = []
  const order: string[] = []
  const updates = createUpdates({
    installed: howInstalled({ platform: 'linux', env: process.env, resources, appFolder: home, packed: true }),
    policy: { ...ungoverned(), ...policy },
    app: {
      version,
      name: 'Countersign',
      userDataPath: home,
      baseCachePath: join(home, 'cache'),
      quit: () => void order.push('quit'),
    },
    lastCheck: createLastCheck(home),
    wayTo,
    now: now ?? (() => new Date('2026-03-02T12:00:00Z')),
    tell: (state) => void told.push(state),
    settle: async () => void order.push('settled'),
    platform: 'linux',
    silentMs,
    restartAs: async (file) => void order.push(`restart as ${basename(file)}`),
  })
  const pending = () => {
    const cache = join(home, 'cache', 'countersign-updater', 'pending')
    return existsSync(cache) ? readdirSync(cache).filter((name) => name.endsWith('.AppImage')) : []
  }
  return { updates, told, order, home, pending, appImage: process.env.APPIMAGE }
}
const stageOf = (state: UpdatesState) => (state.from === 'feed' ? state.stage : state.from)

describe('an update', () => {
  it('is looked for, offered with its notes, downloaded, checked, and installed only when that is said', async () => {
    publish('1.2.0', { more: 'releaseNotes: "<p>Reads <b>more</b></p><script>x</script>"\n' })
    const app = installed()
    expect(await app.updates.state()).toMatchObject({ from: 'feed', lastChecked: null, stage: { at: 'idle' } })
    expect(asked).toEqual([])
    const found = value(await app.updates.check())
    expect(found).toMatchObject({
      host: `127.0.0.1:${port}`,
      lastChecked: '2026-03-02T12:00:00.000Z',
      stage: {
        at: 'offered',
        offer: { version: '1.2.0', bytes: appImage.length, releasedAt: '2026-03-01T10:00:00.000Z' },
      },
    })
    expect(JSON.stringify(found)).toContain('Reads more')
    expect(JSON.stringify(found)).not.toContain('<')
    expect(asked.some(({ url }) => url.includes('AppImage'))).toBe(false)
    expect(stageOf(value(await app.updates.download()))).toMatchObject({ at: 'ready' })
    expect(app.told.map((state) => (state.from === 'feed' ? state.stage.at : ''))).toContain('downloading')
    expect(app.pending()).toHaveLength(1)
    expect(readFileSync(app.appImage, 'utf8')).toBe('old')
    expect(app.order).toEqual([])
  })

  const ready = async (app: ReturnType<typeof installed>) => {
    value(await app.updates.check())
    value(await app.updates.download())
    return app
  }
  const filesIn = (home: string) => readdirSync(home).filter((name) => name.includes('AppImage'))

  it('replaces the AppImage once nothing is being written, and lets it start after the end', async () => {
    const app = await ready(installed())
    chmodSync(app.appImage, 0o750)
    value(await app.updates.install())
    expect(app.order).toEqual(['settled', 'restart as Countersign.AppImage', 'quit'])
    expect(readFileSync(app.appImage)).toEqual(appImage)
    expect(statSync(app.appImage).mode & 0o777).toBe(0o750)
    expect([filesIn(app.home), app.pending()]).toEqual([['Countersign.AppImage'], []])
  })

  it('takes the name of the new version where the old name had one', async () => {
    const app = await ready(installed({ name: 'Countersign-1.0.0.AppImage' }))
    value(await app.updates.install())
    expect(app.order).toContain('restart as Countersign-1.2.0.AppImage')
    expect(filesIn(app.home)).toEqual(['Countersign-1.2.0.AppImage'])
  })

  it('compares the file once more before it is put in place; one that was altered or is gone can be downloaded anew', async () => {
    const app = await ready(installed())
    const cached = join(app.home, 'cache/countersign-updater/pending/Countersign-1.2.0.AppImage')
    for (const alter of [() => writeFileSync(cached, 'other'), () => rmSync(cached)]) {
      alter()
      expect(codeOf(await app.updates.install())).toBe('update.damaged')
      expect(readFileSync(app.appImage, 'utf8')).toBe('old')
      expect(filesIn(app.home)).toEqual(['Countersign.AppImage'])
      value(await app.updates.download())
    }
    expect(app.order).not.toContain('quit')
    value(await app.updates.install())
    expect(readFileSync(app.appImage)).toEqual(appImage)
  })

  it('stays where it is when its folder belongs to somebody else', async () => {
    const app = installed()
    if (process.getuid?.() === 0) process.env.APPIMAGE = '/proc/Countersign.AppImage'
    await ready(app)
    if (process.getuid?.() !== 0) chmodSync(app.home, 0o500)
    expect(codeOf(await app.updates.install())).toBe('update.not-writable')
    chmodSync(app.home, 0o700)
    expect(readFileSync(app.appImage, 'utf8')).toBe('old')
  })

  it('says nothing of who asks: no id, no system, no cookie', async () => {
    const app = installed()
    value(await app.updates.check())
    value(await app.updates.download())
    expect(asked.map(({ url }) => url)).toEqual([
      '/latest-linux.yml',
      '/latest-linux.yml.sig',
      '/Countersign-1.2.0.AppImage',
    ])
    for (const { headers } of asked) {
      expect(headers).toEqual({
        accept: '*/*',
        'user-agent': 'Countersign',
        host: `127.0.0.1:${port}`,
        connection: 'close',
      })
    }
    expect(readdirSync(app.home)).not.toContain('.updaterId')
  })
})

describe('what is refused', () => {
  const refusedCheck = async (code: string, wish: Wish = {}) => {
    const app = installed(wish)
    expect(codeOf(await app.updates.check())).toBe(code)
    expect(stageOf(await app.updates.state())).toEqual({ at: 'idle' })
    expect(codeOf(await app.updates.download())).toBe('update.none')
    expect(codeOf(await app.updates.install())).toBe('update.none')
  }
  const refusedDownload = async (code: string) => {
    const app = installed()
    value(await app.updates.check())
    expect(codeOf(await app.updates.download())).toBe(code)
    expect(stageOf(await app.updates.state())).toMatchObject({ at: 'offered' })
    expect(codeOf(await app.updates.install())).toBe('update.none')
    expect(app.pending()).toEqual([])
  }

  it('a feed without a signature, with another’s, with one over other octets', async () => {
    delete files['latest-linux.yml.sig']
    await refusedCheck('update.not-signed')
    publish('1.2.0', { key: generateKeyPairSync('ed25519').privateKey })
    await refusedCheck('update.not-signed')
    publish('1.2.0')
    files['latest-linux.yml'] = String(files['latest-linux.yml']).replaceAll('1.2.0', '1.3.0')
    await refusedCheck('update.not-signed')
    files['latest-linux.yml.sig'] = '<html>Sign in</html>'
    await refusedCheck('update.not-signed')
  })

  it('an older version, and the same one, as no update; signed or not', async () => {
    for (const version of ['0.9.0', '1.0.0', '1.0.0-beta.1']) {
      publish(version)
      const app = installed()
      expect(stageOf(value(await app.updates.check()))).toEqual({ at: 'current' })
      expect(codeOf(await app.updates.download())).toBe('update.none')
    }
  })

  it('a file with other content, a shorter one, an endless one', async () => {
    files['Countersign-1.2.0.AppImage'] = Buffer.alloc(appImage.length, 'x')
    await refusedDownload('update.damaged')
    files['Countersign-1.2.0.AppImage'] = appImage.subarray(0, 1000)
    await refusedDownload('update.damaged')
    files['Countersign-1.2.0.AppImage'] = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
      }
      response.on('drain', more)
      more()
    }
    await refusedDownload('update.damaged')
  })

  it('a download that breaks off or falls silent; the next one can succeed', async () => {
    const whole = files['Countersign-1.2.0.AppImage'] as Buffer
    files['Countersign-1.2.0.AppImage'] = (_, response) => {
      response.writeHead(200, { 'content-length': whole.length })
      response.write(whole.subarray(0, 1000), () => response.destroy())
    }
    await refusedDownload('update.unreachable')
    files['Countersign-1.2.0.AppImage'] = (_, response) => void response.write('x')
    const app = installed({ silentMs: 300 })
    value(await app.updates.check())
    expect(codeOf(await app.updates.download())).toBe('update.unreachable')
    files['Countersign-1.2.0.AppImage'] = whole
    expect(stageOf(value(await app.updates.download()))).toMatchObject({ at: 'ready' })
  })

  it('a feed that is not there, is no feed, is endless, or leads in circles', async () => {
    delete files['latest-linux.yml']
    await refusedCheck('update.feed-wrong')
    const signed = (text: string) => {
      files['latest-linux.yml'] = text
      files['latest-linux.yml.sig'] = sign(null, Buffer.from(text), keys.privateKey).toString('base64')
    }
    signed('just text')
    await refusedCheck('update.feed-wrong')
    signed('version: 1.2.0\nfiles:\n  - url: ../../evil.AppImage\n    sha512: x\n    size: 1\n')
    await refusedCheck('update.feed-wrong')
    files['latest-linux.yml'] = Buffer.alloc(1024 * 1024, 'x')
    await refusedCheck('update.damaged')
    files['latest-linux.yml'] = (_, response) => response.writeHead(302, { location: '/latest-linux.yml' }).end()
    await refusedCheck('update.feed-wrong')
    expect(asked.length).toBeLessThan(60)
  })

  it('an address where nobody listens, or nobody is', async () => {
    await refusedCheck('update.unreachable', { feed: 'http://127.0.0.1:9/' })
    await refusedCheck('update.unreachable', { feed: 'https://nobody.invalid/' })
  })
})

describe('behind a proxy', () => {
  it('the feed and the file come through it', async () => {
    const proxy = await proxyServer()
    const wayTo = async () => ({ address: proxy.address })
    const app = installed({ feed: `http://updates.acme.example:${port}/`, wayTo })
    value(await app.updates.check())
    expect(stageOf(value(await app.updates.download()))).toMatchObject({ at: 'ready' })
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT updates.acme.example:${port}`]))
    await closeHere()
  })
})

describe('a redirect', () => {
  it('to another address is followed, because the signature counts', async () => {
    const elsewhere = createServer((_, response) => void response.end(appImage))
    const other = await listen(elsewhere)
    files['Countersign-1.2.0.AppImage'] = (_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${other}/x` }).end()
    const app = installed()
    value(await app.updates.check())
    expect(stageOf(value(await app.updates.download()))).toMatchObject({ at: 'ready' })
    elsewhere.closeAllConnections()
    elsewhere.close()
  })

  it('out of TLS is refused, and a server that nobody trusts as well', async () => {
    const cast: Cast = makeCast()
    const secure = createTlsServer({ cert: cast.serverPem, key: cast.server.keyPem }, serve)
    const feed = `https://localhost:${await listen(secure as unknown as Server)}/`
    expect(codeOf(await installed({ feed }).updates.check())).toBe('update.unreachable')
    const governed = { ...ungoverned(), state: 'good' as const, roots: [cast.serverRoot.pem] }
    enforce({ ...governed, policy: { trust: { roots: 'only', files: ['/x'] } } })
    expect(stageOf(value(await installed({ feed }).updates.check()))).toMatchObject({ at: 'offered' })
    files['latest-linux.yml'] = (_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere.yml` }).end()
    expect(codeOf(await installed({ feed }).updates.check())).toBe('update.feed-wrong')
    secure.closeAllConnections()
    secure.close()
  })
})

describe('a download under way', () => {
  it('is cancelled, leaves nothing, and can be begun again', async () => {
    const app = installed()
    let begun = () => {}
    const first = new Promise<void>((done) => {
      begun = done
    })
    files['Countersign-1.2.0.AppImage'] = (_, response) => {
      response.writeHead(200, { 'content-length': appImage.length })
      response.write(appImage.subarray(0, 100_000))
      begun()
    }
    value(await app.updates.check())
    const download = app.updates.download()
    await first
    expect(codeOf(await app.updates.check())).toBe('update.busy')
    expect(codeOf(await app.updates.download())).toBe('update.busy')
    await app.updates.cancel()
    expect(stageOf(value(await download))).toMatchObject({ at: 'offered' })
    await expect.poll(app.pending).toEqual([])
    files['Countersign-1.2.0.AppImage'] = appImage
    expect(stageOf(value(await app.updates.download()))).toMatchObject({ at: 'ready' })
  })
})

describe('the daily look', () => {
  it('is one a day, also across clocks that are set back, and keeps quiet about failure', async () => {
    let now = new Date('2026-03-02T12:00:00Z')
    const app = installed({ now: () => now })
    expect(await app.updates.checkIfDue()).toMatchObject({ version: '1.2.0' })
    const before = asked.length
    const later = installed({ now: () => now })
    await createLastCheck(later.home).write('2026-03-02T11:00:00.000Z')
    expect(await later.updates.checkIfDue()).toBeNull()
    expect(asked).toHaveLength(before)
    now = new Date('2026-02-01T00:00:00Z')
    expect(await later.updates.checkIfDue()).toMatchObject({ version: '1.2.0' })
    files = {}
    expect(await installed().updates.checkIfDue()).toBeNull()
  })
})

describe('who brings updates', () => {
  const at = (change: Partial<Parameters<typeof howInstalled>[0]> = {}, type?: string) => {
    const resources = mkdtempSync(join(folder, 'resources-'))
    if (type) writeFileSync(join(resources, 'package-type'), type)
    return howInstalled({ platform: 'linux', env: {}, resources, appFolder: resources, packed: true, ...change })
  }

  it('is the package manager for packages and archives, nobody for a checkout', () => {
    expect(at({}, 'deb')).toEqual({ from: 'package-manager', kind: 'deb' })
    expect(at({ env: { APPIMAGE: '/x' } }, 'rpm\n')).toEqual({ from: 'package-manager', kind: 'rpm' })
    expect(at()).toEqual({ from: 'package-manager', kind: null })
    // A terminal that is an AppImage leaves its name to what it starts.
    expect(at({ env: { APPIMAGE: '/x', APPDIR: folder } })).toEqual({ from: 'package-manager', kind: null })
    expect(at({ env: { APPIMAGE: '/x' } })).toEqual({ from: 'package-manager', kind: null })
    expect(at({ env: { APPIMAGE: '/x', APPDIR: '/' } })).toEqual({ from: 'not-built-in' })
    expect(at({ packed: false })).toEqual({ from: 'not-built-in' })
    expect(at({ platform: 'win32', env: { PORTABLE_EXECUTABLE_FILE: 'C:\\x.exe' } })).toEqual({ from: 'portable' })
    expect(at({ platform: 'darwin' })).toEqual({ from: 'not-built-in' })
  })

  it('is nobody where a policy switches them off or is broken there; another feed is the policy’s to name', async () => {
    const off = installed({ policy: { state: 'good', policy: { updates: { enabled: false } } } })
    expect(await off.updates.state()).toEqual({ from: 'off' })
    expect(codeOf(await off.updates.check())).toBe('update.not-here')
    expect(await off.updates.checkIfDue()).toBeNull()
    const fault = { file: 'p', field: 'updates', why: 'is wrong', governs: ['updates' as const] }
    expect(await installed({ policy: { state: 'broken', faults: [fault] } }).updates.state()).toEqual({ from: 'off' })
    expect(asked).toEqual([])
    const feed = `http://127.0.0.1:${port}/`
    const moved = installed({
      feed: 'https://nobody.invalid/',
      policy: { state: 'good', policy: { updates: { feed } } },
    })
    expect(stageOf(value(await moved.updates.check()))).toMatchObject({ at: 'offered' })
  })
})
