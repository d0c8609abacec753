// @ts-check
// electron-builder, given the unpacked app, for the forms that it alone makes. Its tools for these are downloads.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../run.mjs'
import { feedArguments } from './update-feed.mjs'

/** @typedef {{ project: string, unpacked: string, output: string, version: string, official: boolean }} What */
/** @typedef {{ target: string, file: string, but?: string } | { target: string, why: string }} Made `but`: what it is not for */

/**
 * Where its tools cannot be had, it says so within its own time.
 * @param {What} what @param {'--linux' | '--win' | '--mac'} system @param {string[]} targets @param {RegExp} results
 * @param {{ args?: string[], env?: Record<string, string> }} [more]
 * @returns {Promise<Made[]>}
 */
export async function byElectronBuilder(what, system, targets, results, { args = [], env = {} } = {}) {
  const { project, unpacked, output, version, official } = what
  const before = new Set(readdirSync(output))
  const cli = join(project, 'node_modules', 'electron-builder', 'cli.js')
  // A universal app for macOS is put together from two, so it is packed anew there.
  const from = system === '--mac' ? [] : [`--prepackaged=${unpacked}`]
  const ended = await run(
    process.execPath,
    [
      cli,
      system,
      ...targets,
      ...from,
      '--publish=never',
      '--config=electron-builder.yml',
      `-c.directories.output=${output}`,
      `-c.extraMetadata.version=${version}`,
      ...feedArguments(),
      ...args,
    ],
    { cwd: project, env: { ...process.env, ...env }, limitMs: official ? 30 * 60_000 : 2 * 60_000 },
  )
  const made = readdirSync(output).filter((name) => !before.has(name) && results.test(name))
  if (ended.code === 0 && made.length > 0)
    return made.map((name) => ({ target: targets.join(', '), file: join(output, name) }))
  const said = `${ended.stdout}\n${ended.stderr}`.split('\n').find((text) => text.includes('⨯'))
  const why = said?.replace(/^.*⨯\s*/, '').slice(0, 300) ?? `ended with ${ended.code}`
  return [{ target: targets.join(', '), why: `electron-builder could not: ${why}` }]
}
