// @ts-check
// The fuses as they are in the packed binary: electron-builder.yml asks for them, the binary has the last word.

import { line, note, Refusal } from '../say.mjs'

/** The characters that the fuse wire in the binary is written in. */
const states = new Map([
  [0x30, 'off'],
  [0x31, 'on'],
  [0x72, 'removed'],
  [0x90, 'inherited'],
])

/** @type {Record<string, string>} What the packaged app must have. */
export const wanted = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
}

/** @param {string} executable @returns {Promise<[string, string][]>} */
export async function fusesOf(executable) {
  const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses')
  const wire = /** @type {Record<string, unknown>} */ (await getCurrentFuseWire(executable))
  return Object.entries(wire)
    .filter(([key]) => /^\d+$/.test(key))
    .map(([key, state]) => [
      FuseV1Options[Number(key)] ?? `fuse ${key}`,
      states.get(Number(state)) ?? `unknown (${state})`,
    ])
}

/** @param {[string, string][]} fuses @returns {string[]} one line for each in the wrong position */
export function wrongFuses(fuses) {
  const found = new Map(fuses)
  return Object.entries(wanted)
    .filter(([name, state]) => found.get(name) !== state)
    .map(([name, state]) => `${name} is ${found.get(name) ?? 'not there'}, and should be ${state}`)
}

/** Prints them, and refuses what is wrong. @param {string} executable */
export async function readBackFuses(executable) {
  const fuses = await fusesOf(executable)
  line('Fuses, read back from the packed app:')
  for (const [name, state] of fuses) note(`${state.padEnd(3)} ${name}`)
  const wrong = wrongFuses(fuses)
  if (wrong.length > 0) throw new Refusal('The packed app has fuses in the wrong position', wrong)
}
