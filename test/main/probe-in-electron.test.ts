import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

/**
 * Electron’s TLS is BoringSSL: other error codes, other acceptances, other timing. The same tests run there as here.
 * Inside that run this file has nothing to do.
 */
describe.skipIf(process.versions.electron !== undefined)('the probe inside Electron', () => {
  it('passes the same tests, with the same verdicts', { timeout: 180_000 }, async () => {
    const electron = createRequire(import.meta.url)('electron') as unknown as string
    const vitest = new URL('../../node_modules/vitest/vitest.mjs', import.meta.url).pathname
    const files = ['probe.test.ts', 'probe-faults.test.ts', 'probe-matrix.test.ts', 'probe-wire.test.ts'].map(
      (name) => `test/main/${name}`,
    )
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
    expect(output).toMatch(/Test Files\s+4 passed \(4\)/)
    process.stdout.write(`${output.match(/verdicts[\s\S]*?\n\n|verdicts(?:.*\n){1,8}/)?.[0] ?? ''}\n`)
  })
})
