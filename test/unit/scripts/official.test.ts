import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { installOfficial, judge, mirrorIn, withProxy } from '../../../scripts/runtime/official.mjs'
import { zipOf } from '../../support/make-archives.ts'

const installed = join(import.meta.dirname, '../../../node_modules')
const patience = { answerMs: 1500, stallMs: 800, unpackMs: 20_000 }

let room: string
let server: Server | undefined

/** Electron's own installer, with nothing installed yet, and a download cache that nobody else has. */
beforeEach(() => {
  // The scripts print their progress; here it would stand between the test results.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  room = mkdtempSync(join(tmpdir(), 'countersign-official-'))
  mkdirSync(join(room, 'electron'))
  for (const name of ['install.js', 'package.json', 'checksums.json']) {
    cpSync(join(installed, 'electron', name), join(room, 'electron', name))
  }
  symlinkSync(installed, join(room, 'node_modules'))
})

afterEach(() => {
  vi.restoreAllMocks()
  server?.closeAllConnections()
  server?.close()
  server = undefined
  rmSync(room, { recursive: true, force: true })
})

async function mirror(answer: RequestListener) {
  server = createServer(answer)
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

function install(url: string, more: NodeJS.ProcessEnv = {}) {
  const env = { PATH: process.env.PATH, HOME: room, ELECTRON_MIRROR: url, electron_config_cache: join(room, 'cache') }
  return installOfficial({ electronDir: join(room, 'electron'), env: { ...env, ...more }, patience })
}

describe('the official way to Electron, against a mirror on loopback', () => {
  it('stops at a mirror that does not have the file, and says what to set', async () => {
    const url = await mirror((_, answer) => answer.writeHead(404).end())
    const result = await install(url)
    expect(result).toMatchObject({ outcome: 'failed', why: expect.stringContaining('HTTP 404') })
    expect(JSON.stringify(result)).toContain(`ELECTRON_MIRROR is set to ${url}`)
  })

  it('calls a host that refuses the connection unreachable', async () => {
    const url = await mirror(() => {})
    server?.close()
    expect(await install(url)).toMatchObject({ outcome: 'unreachable', why: expect.stringContaining('ECONNREFUSED') })
  })

  it('calls a host that never answers unreachable, and does not wait for ever', async () => {
    const url = await mirror(() => {})
    const from = performance.now()
    expect(await install(url)).toMatchObject({ outcome: 'unreachable' })
    expect(performance.now() - from).toBeLessThan(5000)
  })

  it('does not take the fallback for a download that stops halfway', async () => {
    const url = await mirror((_, answer) => {
      answer.writeHead(200, { 'content-length': '90000000' })
      answer.write(Buffer.alloc(3_000_000))
    })
    const result = await install(url)
    expect(result).toMatchObject({ outcome: 'failed', why: expect.stringContaining('stopped sending') })
  })

  it('does not take the fallback for a download that is cut off', async () => {
    const url = await mirror((_, answer) => {
      answer.writeHead(200, { 'content-length': '90000000' })
      answer.write(Buffer.alloc(3_000_000), () => setTimeout(() => answer.destroy(), 200))
    })
    const result = await install(url)
    expect(result).toMatchObject({ outcome: 'failed', why: expect.stringContaining('broke off') })
  })

  it('refuses a file that is not the one Electron published', async () => {
    const url = await mirror((_, answer) => answer.writeHead(200).end(zipOf({ electron: 'not Electron at all' })))
    const result = await install(url)
    expect(result).toMatchObject({ outcome: 'failed', why: expect.stringContaining('SHA-256 differs') })
    expect(existsSync(join(room, 'electron', 'dist', 'electron'))).toBe(false)
  })

  it.runIf(process.platform === 'linux' && process.arch === 'x64')('installs what a mirror vouches for', async () => {
    const { version } = JSON.parse(readFileSync(join(room, 'electron', 'package.json'), 'utf8'))
    const zip = zipOf({ electron: '#!/bin/sh\n', version })
    const sum = createHash('sha256').update(zip).digest('hex')
    const name = `electron-v${version}-linux-x64.zip`
    const url = await mirror((request, answer) =>
      answer.end(request.url?.endsWith('SHASUMS256.txt') ? `${sum} *${name}\n` : zip),
    )
    expect(await install(url, { electron_use_remote_checksums: '1' })).toEqual({ outcome: 'installed' })
    expect(readFileSync(join(room, 'electron', 'dist', 'version'), 'utf8')).toBe(version)
    expect(readFileSync(join(room, 'electron', 'path.txt'), 'utf8')).toBe('electron')
  })
})

describe('what the last news from the installer means', () => {
  const url = 'https://github.com/electron/electron/releases/download/v45.4.1/electron-v45.4.1-linux-x64.zip'
  const seen = { url, mirror: undefined, silent: false, output: '' }
  const broken = (code: string) => ({ at: 'broken', url, code, message: code })

  it.each(['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT', 'EAI_AGAIN', 'UND_ERR_ABORTED'])(
    'is that the host cannot be reached: %s',
    (code) => {
      expect(judge({ ...seen, news: broken(code) })).toMatchObject({ outcome: 'unreachable', host: 'github.com' })
    },
  )

  it.each([403, 407, 451, 502, 503])('is that a filter answers in place of the release site: HTTP %i', (status) => {
    expect(judge({ ...seen, news: { at: 'answered', status } }).outcome).toBe('unreachable')
  })

  it.each([403, 404, 500, 503])('is that the chosen mirror is wrong: HTTP %i', (status) => {
    const mirror = 'https://mirror.example/electron/'
    expect(judge({ ...seen, mirror, news: { at: 'answered', status } }).outcome).toBe('failed')
  })

  it('names NODE_EXTRA_CA_CERTS where a mirror shows an unknown certificate', () => {
    const result = judge({ ...seen, mirror: 'https://m.example/', news: broken('SELF_SIGNED_CERT_IN_CHAIN') })
    expect(result.outcome).toBe('failed')
    expect(JSON.stringify(result)).toContain('NODE_EXTRA_CA_CERTS')
  })

  it('names the full disk and the folder that cannot be written', () => {
    const received = { at: 'received', done: 1 }
    expect(judge({ ...seen, news: received, output: 'Error: ENOSPC: no space left on device, write' })).toMatchObject({
      outcome: 'failed',
      why: expect.stringContaining('disk is full'),
    })
    expect(
      judge({ ...seen, news: received, output: "Error: EACCES: permission denied, mkdir '/x/dist'" }),
    ).toMatchObject({ why: expect.stringContaining("mkdir '/x/dist'") })
  })
})

describe('settings of the download', () => {
  it('finds a mirror in each spelling the installer knows', () => {
    expect(mirrorIn({ ELECTRON_MIRROR: 'a' })).toBe('a')
    expect(mirrorIn({ npm_config_electron_mirror: 'b', ELECTRON_MIRROR: 'a' })).toBe('b')
    expect(mirrorIn({})).toBeUndefined()
  })

  it("hands npm's proxy on to the installer, and switches it on", () => {
    expect(withProxy({ npm_config_https_proxy: 'http://p:1' })).toMatchObject({
      HTTPS_PROXY: 'http://p:1',
      ELECTRON_GET_USE_PROXY: '1',
    })
    expect(withProxy({ HOME: '/h' })).toEqual({ HOME: '/h' })
  })
})
