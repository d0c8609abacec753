// @ts-check
// The official way: Electron's own installer, watched. Tells "the host cannot be reached from here" (then the fallback
// may step in) from everything else (then the user has something to put right).

import { fork } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stopGroup, tail } from '../run.mjs'
import { progress } from '../say.mjs'

/**
 * @typedef {{ outcome: 'installed' }
 *   | { outcome: 'unreachable', host: string, why: string }
 *   | { outcome: 'failed', why: string, next: string[] }} Official
 */

/** How long a host may say nothing: before it answers, between two pieces, and while the archive is unpacked. */
const patience = { answerMs: 20_000, stallMs: 60_000, unpackMs: 180_000 }

/** Nobody answered: name, route, port, connection, or the proxy that should have led there. */
const unreachableCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_ABORTED',
])

/** What a filter between us and the release site answers in its place. */
const barredStatus = new Set([401, 403, 407, 451, 502, 503, 504])

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ERR_TLS/

/** @param {string} url */
const hostOf = (url) => {
  try {
    return new URL(url).host
  } catch {
    return url
  }
}

/** @param {NodeJS.ProcessEnv} env @returns {string | undefined} the mirror somebody has set, in any of the installer's spellings */
export function mirrorIn(env) {
  return (
    env.npm_config_electron_mirror ||
    env.NPM_CONFIG_ELECTRON_MIRROR ||
    env.npm_package_config_electron_mirror ||
    env.ELECTRON_MIRROR ||
    undefined
  )
}

/**
 * The installer reads a proxy only when told to, and not from npm's settings.
 * @param {NodeJS.ProcessEnv} env
 */
export function withProxy(env) {
  const https = env.HTTPS_PROXY || env.https_proxy || env.npm_config_https_proxy || env.npm_config_proxy
  const http = env.HTTP_PROXY || env.http_proxy || env.npm_config_proxy
  if (!https && !http) return { ...env }
  return {
    ...env,
    ...(https ? { HTTPS_PROXY: https } : {}),
    ...(http ? { HTTP_PROXY: http } : {}),
    ELECTRON_GET_USE_PROXY: env.ELECTRON_GET_USE_PROXY ?? '1',
  }
}

/** @typedef {{ at: string, url?: string, code?: string, message?: string, status?: number, done?: number, total?: number }} News */

/**
 * What the last news and the installer's own words come to.
 * @param {{ news: News, url: string, mirror: string | undefined, silent: boolean, output: string }} seen
 * @returns {Exclude<Official, { outcome: 'installed' }>}
 */
export function judge({ news, url, mirror, silent, output }) {
  const host = hostOf(url)
  const from = `Tried: ${url || 'the release site of Electron'}`
  const where = mirror
    ? `ELECTRON_MIRROR is set to ${mirror}; it must end, with a slash, where the folders of the versions (v45.4.1/) begin.`
    : 'ELECTRON_MIRROR=https://<mirror>/electron/ takes it from another place.'
  if (silent && (news.at === 'asking' || news.at === 'starting')) {
    return { outcome: 'unreachable', host, why: `said nothing for ${patience.answerMs / 1000} s` }
  }
  if (news.at === 'broken') {
    const code = news.code ?? ''
    if (certificateCodes.test(code)) {
      const why = `shows a certificate this machine does not trust (${code})`
      if (!mirror) return { outcome: 'unreachable', host, why }
      return {
        outcome: 'failed',
        why: `${host} ${why}`,
        next: [from, 'NODE_EXTRA_CA_CERTS=<file.pem> adds the authority of a proxy or mirror that inspects TLS.'],
      }
    }
    if (unreachableCodes.has(code) || !mirror) {
      return { outcome: 'unreachable', host, why: `cannot be reached (${code || news.message})` }
    }
    return { outcome: 'failed', why: `The download from ${host} failed: ${news.message} ${code}`, next: [from, where] }
  }
  if (news.at === 'answered' && (news.status ?? 0) >= 400) {
    if (!mirror && barredStatus.has(news.status ?? 0)) {
      return { outcome: 'unreachable', host, why: `is barred from here (HTTP ${news.status})` }
    }
    return {
      outcome: 'failed',
      why: `${host} answered HTTP ${news.status} for the Electron download`,
      next: [from, where],
    }
  }
  if (news.at === 'answered' || news.at === 'receiving') {
    const came = `${((news.done ?? 0) / 1e6).toFixed(0)} MB`
    return {
      outcome: 'failed',
      why: silent ? `${host} stopped sending after ${came}` : `The download from ${host} broke off after ${came}`,
      next: [
        from,
        'Run the command again; if it breaks off each time, a proxy (HTTPS_PROXY) or a mirror may help.',
        where,
      ],
    }
  }
  if (/did not match expected checksum|No checksum found/.test(output)) {
    return {
      outcome: 'failed',
      why: `What ${host} sent is not the file Electron published: its SHA-256 differs`,
      next: [from, 'A proxy may have replaced it, or the mirror holds another build.', where],
    }
  }
  if (/ENOSPC/.test(output)) {
    return {
      outcome: 'failed',
      why: 'The disk is full: Electron needs about 600 MB while it is unpacked',
      next: [from],
    }
  }
  const refused = /(EACCES|EPERM|EROFS)[^\n]*/.exec(output)
  return {
    outcome: 'failed',
    why: refused ? `Electron could not be written: ${refused[0]}` : "Electron's own installer failed",
    next: [
      from,
      ...(silent ? ['It was given up because it did nothing for three minutes.'] : []),
      ...tail(output, 6),
      refused
        ? 'electron_config_cache=<folder> moves the download cache; node_modules must be writable.'
        : 'ELECTRON_OVERRIDE_DIST_PATH=<folder> uses an Electron you have unpacked yourself.',
    ],
  }
}

/**
 * Runs Electron's installer and says how it ended.
 * @param {{ electronDir: string, env: NodeJS.ProcessEnv, patience?: typeof patience }} options
 * @returns {Promise<Official>}
 */
export function installOfficial({ electronDir, env, patience: limits = patience }) {
  const mirror = mirrorIn(env)
  const watcher = pathToFileURL(join(import.meta.dirname, 'watch-fetch.mjs')).href
  return new Promise((resolve) => {
    const child = fork(join(electronDir, 'install.js'), [], {
      cwd: electronDir,
      env: { ...withProxy(env), ELECTRON_GET_NO_PROGRESS: '1' },
      execArgv: ['--import', watcher],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
    })
    const leave = () => stopGroup(child, 'SIGKILL')
    process.once('exit', leave)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    /** @type {News} */
    let news = { at: 'starting' }
    let url = ''
    let silent = false
    /** @type {((done: number) => void) | undefined} */
    let draw
    /** @type {NodeJS.Timeout | undefined} */
    let timer
    const expect = () => {
      clearTimeout(timer)
      const wait =
        news.at === 'asking'
          ? limits.answerMs
          : news.at === 'answered' || news.at === 'receiving'
            ? limits.stallMs
            : limits.unpackMs
      timer = setTimeout(() => {
        silent = true
        leave()
      }, wait)
    }
    expect()
    child.on('message', (message) => {
      news = /** @type {News} */ (message)
      url = news.url ?? url
      if (news.at === 'answered' && (news.total ?? 0) > 1e6) draw = progress('Electron', news.total ?? 0)
      if (news.done !== undefined) draw?.(news.done)
      expect()
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      process.off('exit', leave)
      resolve(code === 0 ? { outcome: 'installed' } : judge({ news, url, mirror, silent, output }))
    })
  })
}
