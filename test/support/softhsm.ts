import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const library = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((path) => existsSync(path))

/**
 * Tokens of SoftHSM 2 in a folder of their own, found by every program that this one starts (`SOFTHSM2_CONF`). Missing
 * programs fail: what is about tokens is not to pass where there are none.
 */
export function softHsm(labels: readonly string[] = ['Ops token']) {
  if (library === undefined) throw new Error('SoftHSM 2 is not installed (Debian: softhsm2)')
  const folder = mkdtempSync(join(tmpdir(), 'softhsm-'))
  const tokens = join(folder, 'tokens')
  mkdirSync(tokens)
  const configuration = join(folder, 'softhsm2.conf')
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = configuration
  const pin = '271828'
  for (const label of labels) {
    const made = spawnSync('softhsm2-util', [
      '--init-token',
      '--free',
      '--label',
      label,
      '--pin',
      pin,
      '--so-pin',
      '314159',
    ])
    if (made.status !== 0) throw new Error(`softhsm2-util: ${made.error?.message ?? made.stderr}`)
  }
  return { library, pin, folder, configuration, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** What OpenSC's own program says or does in a token. */
export function pkcs11Tool(args: readonly string[]): string {
  const ran = spawnSync('pkcs11-tool', ['--module', library ?? '', ...args], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`pkcs11-tool ${args.join(' ')}: ${ran.error?.message ?? ran.stderr}`)
  return ran.stdout
}
