import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

/**
 * Electron’s TLS is BoringSSL: other error codes, other acceptances, other timing. The same tests run there as here.
 * Inside that run this file has nothing to do. Where
 * the two libraries differ is written in `probe-engines.test.ts`.
 */
describe.skipIf(process.versions.electron !== undefined)('the probe inside Electron', () => {
  it('passes the same tests, with the same verdicts', { timeout: 300_000 }, async () => {
    const electron = createRequire(import.meta.url)('electron') as unknown as string
    const vitest = new URL('../../node_modules/vitest/vitest.mjs', import.meta.url).pathname
    const files = readdirSync(new URL('.', import.meta.url))
      .filter((name) => /^probe.*\.test\.ts$/.test(name) && name !== 'probe-in-electron.test.ts')
      .map((name) => `test/main/${name}`)
    const output = await new Promise<string>((resolve) => {
      const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' }
      execFile(
        electron,
        [vitest, 'run', '--project', 'main', ...files],
        { env, maxBuffer: 1 << 24 },
        (_, out, errors) => resolve(out + errors),
      )
    })
    expect(output).toMatch(/engine: Electron \d+.*BoringSSL/)
    expect(output).toMatch(new RegExp(`Test Files\\s+${files.length} passed \\(${files.length}\\)`))
    process.stdout.write(`${output.match(/verdicts[\s\S]*?\n\n|verdicts(?:.*\n){1,8}/)?.[0] ?? ''}\n`)
  })
})
